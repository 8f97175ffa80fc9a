use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use prost::Message;
use sanben_proto::kinds::ErrorReason;
use uuid::Uuid;

use crate::{App, Call, Error, Problem, Refusal};

const PURPOSE: &str = "page";
/// Below the 4 MiB of a message that clients of gRPC take if they are not told otherwise.
const BYTES_MAX: usize = 3 * 1024 * 1024;

/// Where a page ends: a time or count, and the id that breaks ties.
pub type Key = (i64, Uuid);

/// One page of a list, as asked for.
#[derive(Debug)]
pub struct Page {
    /// At most so many items.
    pub size: usize,
    /// Where the previous page ended.
    pub after: Option<Key>,
    /// What the list wrote beside that; nothing on the first page.
    pub beside: Vec<u8>,
    purpose: String,
}

impl Page {
    /// From the fields of a list request. `filters` is whatever else the request asks for: a token holds only for the same list, filters
    /// and caller.
    ///
    /// # Errors
    /// `FOREIGN_PAGE_TOKEN`.
    pub fn open(app: &App, call: &Call, size: i32, default: usize, token: &str, filters: &str) -> Result<Page, Error> {
        let purpose = format!("{PURPOSE} {} {:?} {filters}", call.method, call.caller.person);
        let size = usize::try_from(size).ok().filter(|size| *size > 0).unwrap_or(default);
        if token.is_empty() {
            return Ok(Page { size, after: None, beside: Vec::new(), purpose });
        }
        let foreign = || Refusal::field(ErrorReason::ForeignPageToken, "page_token", Problem::new("problem-foreign-page"));
        let sealed = URL_SAFE_NO_PAD.decode(token).map_err(|_| foreign())?;
        let plain = app.sealer.open(&purpose, &sealed).ok_or_else(foreign)?;
        let (number, id) = plain.split_first_chunk::<8>().ok_or_else(foreign)?;
        let (id, beside) = id.split_first_chunk::<16>().ok_or_else(foreign)?;
        let after = Some((i64::from_be_bytes(*number), Uuid::from_bytes(*id)));
        Ok(Page { size, after, beside: beside.to_vec(), purpose })
    }

    /// How many rows to ask the store for: one more than the page holds, to know whether there is a next one.
    pub fn limit(&self) -> i64 {
        i64::try_from(self.size).unwrap_or(i64::MAX).saturating_add(1)
    }

    /// As [`Page::close`], with what is shown of each row. A page ends before it is larger than every client takes, and holds one item at
    /// least.
    pub fn show<T, M: Message>(
        &self,
        app: &App,
        rows: Vec<T>,
        key: impl Fn(&T) -> Key,
        show: impl Fn(&T) -> M,
    ) -> (Vec<M>, String) {
        self.show_with(app, rows, |row| (key(row), Vec::new()), show)
    }

    /// As [`Page::show`], for lists that need more than a key to go on: it is written beside the key, at most some hundred bytes.
    pub fn show_with<T, M: Message>(
        &self,
        app: &App,
        mut rows: Vec<T>,
        key: impl Fn(&T) -> (Key, Vec<u8>),
        show: impl Fn(&T) -> M,
    ) -> (Vec<M>, String) {
        let (mut shown, mut bytes) = (Vec::new(), 0);
        for row in rows.iter().take(self.size) {
            let item = show(row);
            bytes += item.encoded_len();
            if bytes > BYTES_MAX && !shown.is_empty() {
                break;
            }
            shown.push(item);
        }
        let page = Page { size: shown.len(), after: None, beside: Vec::new(), purpose: self.purpose.clone() };
        let next_page_token = page.close_with(app, &mut rows, key);
        (shown, next_page_token)
    }

    /// Cuts the extra row off and answers the token of the next page; empty on the last.
    pub fn close<T>(&self, app: &App, rows: &mut Vec<T>, key: impl Fn(&T) -> Key) -> String {
        self.close_with(app, rows, |row| (key(row), Vec::new()))
    }

    fn close_with<T>(&self, app: &App, rows: &mut Vec<T>, key: impl Fn(&T) -> (Key, Vec<u8>)) -> String {
        if rows.len() <= self.size {
            return String::new();
        }
        rows.truncate(self.size);
        let Some(((number, id), beside)) = rows.last().map(key) else { return String::new() };
        let plain = [number.to_be_bytes().as_slice(), id.as_bytes(), &beside].concat();
        URL_SAFE_NO_PAD.encode(app.sealer.seal(&self.purpose, &plain))
    }
}

#[cfg(test)]
mod tests;
