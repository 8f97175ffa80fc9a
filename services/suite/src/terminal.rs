//! What the program says to whoever started it.

use std::io::Write as _;

/// Says something to the one who started the program. A reader that has gone away is no reason to stop.
pub fn say(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Says what went wrong.
pub fn say_error(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
