//! The tokens by which a stream goes on where it stopped: a sealed position, good for the same method and recipients only.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sanben_host::{Refusal, Sealer};

use crate::error;
use crate::notice::Reader;

/// Gives out and reads the tokens of one stream.
#[derive(Clone, Debug)]
pub struct Tokens {
    sealer: Sealer,
    purpose: String,
}

impl Tokens {
    /// Of what `reader` watches by `method`.
    pub fn new(sealer: Sealer, method: &str, reader: &Reader) -> Tokens {
        Tokens { sealer, purpose: format!("resume {method} {} {}", reader.person, reader.recipients.join(" ")) }
    }

    /// The token that goes on after `position`.
    pub fn give(&self, position: i64) -> String {
        URL_SAFE_NO_PAD.encode(self.sealer.seal(&self.purpose, &position.to_be_bytes()))
    }

    /// The position after which to go on; the empty token begins at the beginning.
    ///
    /// # Errors
    /// `FOREIGN_RESUME_TOKEN`.
    pub fn read(&self, token: &str) -> Result<i64, Refusal> {
        if token.is_empty() {
            return Ok(0);
        }
        let sealed = URL_SAFE_NO_PAD.decode(token).map_err(|_| error::foreign_resume_token())?;
        let plain = self.sealer.open(&self.purpose, &sealed).ok_or_else(error::foreign_resume_token)?;
        Ok(i64::from_be_bytes(plain.try_into().map_err(|_| error::foreign_resume_token())?))
    }
}

#[cfg(test)]
mod tests {
    use sanben_access::{Caller, Role};
    use sanben_clock::Clock;
    use uuid::Uuid;

    use super::*;

    const METHOD: &str = "/sanben.notification.v1.NotificationService/WatchNotices";

    fn tokens(method: &str, reader: &Reader) -> Tokens {
        Tokens::new(Sealer::derive(&[7; 32], "notification", Clock::system()), method, reader)
    }

    fn staff(roles: &[Role]) -> Reader {
        Reader::staff(&Caller { person: "p-li".into(), unit: "lianhu".into(), roles: roles.to_vec() }, Vec::new())
    }

    #[test]
    fn a_token_goes_on_where_it_was_given_out() {
        let tokens = tokens(METHOD, &staff(&[Role::Chief]));
        for position in [0, 1, i64::MAX] {
            assert_eq!(tokens.read(&tokens.give(position)), Ok(position));
        }
        assert_eq!(tokens.read(""), Ok(0));
    }

    #[test]
    fn a_token_of_somebody_or_something_else_is_foreign() {
        let token = tokens(METHOD, &staff(&[Role::Chief])).give(7);
        let check = |tokens: Tokens, token: &str| assert_eq!(tokens.read(token), Err(error::foreign_resume_token()), "{token}");
        check(tokens(METHOD, &staff(&[Role::Office])), &token);
        check(tokens(METHOD, &Reader::citizen(Uuid::nil())), &token);
        check(tokens("/another/Method", &staff(&[Role::Chief])), &token);
        check(tokens(METHOD, &staff(&[Role::Chief])), "not base64!");
        check(tokens(METHOD, &staff(&[Role::Chief])), "AAAA");
        check(tokens(METHOD, &staff(&[Role::Chief])), &token[..token.len() - 2]);
    }
}
