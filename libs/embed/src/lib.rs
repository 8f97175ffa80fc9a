//! A folder of migrations as a part of a schema, compiled in.
//!
//! sqlx has a macro for this, which compiles both drivers, SQLite itself and the runtime a second time, for the compiler to load. This one
//! needs nothing.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro::TokenStream;

/// `migrations!("./migrations")`: the [`Part`] of the files of that folder, which is named from the crate's own.
///
/// [`Part`]: ../sanben_db/struct.Part.html
#[proc_macro]
pub fn migrations(folder: TokenStream) -> TokenStream {
    let home = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let code = part(Path::new(&home), &folder.to_string()).unwrap_or_else(|wrong| format!("compile_error!({wrong:?})"));
    code.parse().unwrap_or_default()
}

/// The code of a part, files in order of their numbers.
fn part(home: &Path, folder: &str) -> Result<String, String> {
    let folder = home.join(folder.trim_matches('"'));
    let told = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut files: Vec<(i64, String, PathBuf)> = Vec::new();
    for entry in fs::read_dir(&folder).map_err(told)? {
        let path = entry.map_err(told)?.path().canonicalize().map_err(told)?;
        let (number, name) = named(&path).ok_or_else(|| format!("{} is no <number>_<name>.sql", path.display()))?;
        files.push((number, name, path));
    }
    files.sort();
    if let Some(twice) = files.windows(2).find(|two| two[0].0 == two[1].0) {
        return Err(format!("two files have the number {}", twice[0].0));
    }
    let files = files.iter().map(|(number, name, path)| format!("({number}, {name:?}, include_str!({path:?})), "));
    Ok(format!("::sanben_db::Part(&[{}])", files.collect::<String>()))
}

fn named(path: &Path) -> Option<(i64, String)> {
    let (number, name) = path.file_name()?.to_str()?.strip_suffix(".sql")?.split_once('_')?;
    Some((number.parse().ok()?, name.replace('_', " ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_stand_in_order_of_their_numbers() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../host/migrations");
        let code = part(&folder, "\".\"").expect("a part");
        assert!(code.starts_with("::sanben_db::Part(&[(50, \"idempotency\", include_str!(\"/"), "{code}");
        let refused = part(&folder, "\"..\"").expect_err("what is there is no migration");
        assert!(refused.contains("is no <number>_<name>.sql"), "{refused}");
    }

    #[test]
    fn a_name_says_number_and_what() {
        assert_eq!(named(Path::new("x/0100_two_words.sql")), Some((100, "two words".to_owned())));
        assert_eq!(named(Path::new("x/two_words.sql")), None);
    }
}
