use sanben_access::{Level, Unit};
use sanben_host::{App, Call, Error, Page};
use sanben_proto::intake as pb;
use sanben_proto::kinds::UnitLevel;
use uuid::Uuid;

use crate::error;

const DEFAULT: usize = 100;

/// Lists the units of the bureau, in the order of the file.
pub async fn run(app: &App, call: &Call, input: pb::ListUnitsRequest) -> Result<pb::ListUnitsResponse, Error> {
    let parent = input.parent_unit_id.as_str();
    if !parent.is_empty() && app.org.unit(parent).is_none() {
        return Err(error::unit_unknown("parent_unit_id", parent).into());
    }
    let page = Page::open(app, call, input.page_size, DEFAULT, &input.page_token, parent)?;
    let after = page.after.map_or(-1, |(number, _)| number);
    let mut rows: Vec<(i64, &Unit)> = (0..)
        .zip(app.org.units())
        .filter(|(_, unit)| parent.is_empty() || unit.parent.as_deref() == Some(parent))
        .filter(|(number, _)| *number > after)
        .take(page.size + 1)
        .collect();
    let next_page_token = page.close(app, &mut rows, |(number, _)| (*number, Uuid::nil()));
    Ok(pb::ListUnitsResponse { units: rows.into_iter().map(|(_, unit)| convert(unit)).collect(), next_page_token })
}

fn convert(unit: &Unit) -> pb::Unit {
    let level = match unit.level {
        Level::City => UnitLevel::City,
        Level::SubBureau => UnitLevel::SubBureau,
        Level::Department => UnitLevel::Department,
        Level::Station => UnitLevel::Station,
    };
    pb::Unit {
        unit_id: unit.id.clone(),
        name: unit.name.clone(),
        name_en: unit.name_en.clone(),
        level: level as i32,
        parent_unit_id: unit.parent.clone().unwrap_or_default(),
    }
}
