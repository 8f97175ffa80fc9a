use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sanben_proto::kinds::ErrorReason;

use crate::{Problem, Refusal, Sealer};

/// The tokens by which a stream goes on where it stopped: a sealed position, good for the same stream only. Positions are the same at every
/// replica, and so are the tokens.
#[derive(Clone, Debug)]
pub struct ResumeTokens {
    sealer: Sealer,
    purpose: String,
}

impl ResumeTokens {
    /// Of one stream: `stream` names the method, and whatever else the position must not be used for.
    pub fn new(sealer: Sealer, stream: &str) -> ResumeTokens {
        ResumeTokens { sealer, purpose: format!("resume {stream}") }
    }

    /// The token that goes on after `position`.
    pub fn give(&self, position: i64) -> String {
        URL_SAFE_NO_PAD.encode(self.sealer.seal(&self.purpose, &position.to_be_bytes()))
    }

    /// The position after which to go on; none of the empty token.
    ///
    /// # Errors
    /// `FOREIGN_RESUME_TOKEN`.
    pub fn read(&self, token: &str) -> Result<Option<i64>, Refusal> {
        if token.is_empty() {
            return Ok(None);
        }
        let sealed = URL_SAFE_NO_PAD.decode(token).map_err(|_| foreign())?;
        let plain = self.sealer.open(&self.purpose, &sealed).ok_or_else(foreign)?;
        Ok(Some(i64::from_be_bytes(plain.try_into().map_err(|_| foreign())?)))
    }
}

fn foreign() -> Refusal {
    Refusal::field(ErrorReason::ForeignResumeToken, "resume_token", Problem::new("problem-foreign-resume"))
}

#[cfg(test)]
mod tests {
    use sanben_clock::Clock;

    use super::*;

    fn tokens(stream: &str) -> ResumeTokens {
        ResumeTokens::new(Sealer::derive(&[7; 32], "notification", Clock::system()), stream)
    }

    #[test]
    fn a_token_goes_on_where_it_was_given_out() {
        for position in [0, 1, i64::MAX] {
            assert_eq!(tokens("one").read(&tokens("one").give(position)), Ok(Some(position)));
        }
        assert_eq!(tokens("one").read(""), Ok(None));
    }

    #[test]
    fn a_token_of_another_stream_is_foreign() {
        let token = tokens("one").give(7);
        for (stream, token) in
            [("other", token.as_str()), ("one", "not base64!"), ("one", "AAAA"), ("one", &token[..token.len() - 2])]
        {
            assert_eq!(tokens(stream).read(token), Err(foreign()), "{stream} {token}");
        }
    }
}
