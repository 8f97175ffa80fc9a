//! How much a test of random draws does: one variable for all of them.

use std::env;

const VARIABLE: &str = "SANBEN_TEST_SIZE";

/// `full` if `SANBEN_TEST_SIZE=full`, else `modest`: the same properties over more or over fewer draws.
///
/// # Panics
/// When the variable says anything else, so that nobody believes to have run what was not.
pub fn scaled<T>(modest: T, full: T) -> T {
    if is_full(env::var(VARIABLE).ok().as_deref()) { full } else { modest }
}

fn is_full(said: Option<&str>) -> bool {
    match said {
        None | Some("") => false,
        Some("full") => true,
        Some(other) => panic!("{VARIABLE}={other}: it is `full`, or not set"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_asked_for_is_full() {
        assert!(is_full(Some("full")));
        assert!(!is_full(None) && !is_full(Some("")));
    }

    #[test]
    #[should_panic = "SANBEN_TEST_SIZE=fulll"]
    fn a_size_that_does_not_exist_is_refused() {
        is_full(Some("fulll"));
    }
}
