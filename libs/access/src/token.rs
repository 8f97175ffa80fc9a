use std::fmt;

use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};
use sanben_clock::Ts;
use serde::{Deserialize, Serialize};

use crate::{Caller, Role};

const AUDIENCE: &str = "sanben";
const LEEWAY_SECS: i64 = 30;
const MICROS: i64 = 1_000_000;
/// What stands before an Ed25519 seed in PKCS #8 (RFC 8410, section 7).
const PKCS8_ED25519: [u8; 16] = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/// Why a token is not accepted.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not a token at all, or signed by nobody known, or for another audience.
    #[error("the token is not signed by a known issuer for this suite")]
    Unknown,
    /// Past its time, or not yet valid.
    #[error("the token is expired or not valid yet")]
    Expired,
    /// The key set cannot be used.
    #[error("key set: {0}")]
    Keys(String),
}

#[derive(Serialize, Deserialize)]
struct Claims {
    #[serde(default)]
    iss: String,
    /// Checked by the library, which also takes a list.
    #[serde(skip_deserializing)]
    aud: String,
    sub: String,
    #[serde(default)]
    unit: String,
    roles: Vec<String>,
    #[serde(default)]
    iat: i64,
    #[serde(default)]
    nbf: i64,
    exp: i64,
}

/// Who holds a token, and for how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Who it is.
    pub caller: Caller,
    /// From then on the token is refused.
    pub until: Ts,
}

/// Mints tokens. For development, and for the services of one process among themselves.
#[derive(Clone)]
pub struct Issuer {
    name: &'static str,
    key: EncodingKey,
    jwk: Jwk,
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issuer").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Issuer {
    /// The issuer `name` with the Ed25519 key made of `seed`.
    ///
    /// # Errors
    /// [`TokenError::Keys`] when no key can be made of it.
    pub fn new(name: &'static str, seed: [u8; 32]) -> Result<Issuer, TokenError> {
        let der = [PKCS8_ED25519.as_slice(), seed.as_slice()].concat();
        let key = EncodingKey::from_ed_der(&der);
        let mut jwk = Jwk::from_encoding_key(&key, Algorithm::EdDSA).map_err(keys)?;
        jwk.common.key_id = Some(name.to_owned());
        Ok(Issuer { name, key, jwk })
    }

    /// The key that its tokens are checked with.
    pub fn public_key(&self) -> Jwk {
        self.jwk.clone()
    }

    /// A token for `caller`, valid from `now` for `valid_secs` seconds.
    ///
    /// # Errors
    /// [`TokenError::Keys`] when signing fails.
    pub fn mint(&self, caller: &Caller, now: Ts, valid_secs: u32) -> Result<String, TokenError> {
        let iat = now.micros() / MICROS;
        let claims = Claims {
            iss: self.name.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: caller.person.clone(),
            unit: caller.unit.clone(),
            roles: caller.roles.iter().map(|role| role.name().to_owned()).collect(),
            iat,
            nbf: iat,
            exp: iat + i64::from(valid_secs),
        };
        let header = Header { kid: Some(self.name.to_owned()), ..Header::new(Algorithm::EdDSA) };
        encode(&header, &claims, &self.key).map_err(keys)
    }
}

/// Checks tokens against a set of public keys.
#[derive(Clone, Debug, Default)]
pub struct Verifier {
    keys: Vec<Jwk>,
}

impl Verifier {
    /// Also trusts the keys of a JWKS (RFC 7517). Every key needs a `kid`.
    ///
    /// # Errors
    /// [`TokenError::Keys`] when the text is no key set or a key has no `kid`.
    pub fn and_parse(mut self, jwks: &str) -> Result<Verifier, TokenError> {
        let set: JwkSet = serde_json::from_str(jwks).map_err(keys)?;
        if set.keys.iter().any(|key| key.common.key_id.is_none()) {
            return Err(TokenError::Keys("every key needs a kid".to_owned()));
        }
        self.keys.extend(set.keys);
        Ok(self)
    }

    /// Also trusts this key.
    #[must_use]
    pub fn trusting(mut self, key: Jwk) -> Verifier {
        self.keys.push(key);
        self
    }

    /// Who holds `token`, at `now`.
    ///
    /// # Errors
    /// [`TokenError::Unknown`] and [`TokenError::Expired`].
    pub fn check(&self, token: &str, now: Ts) -> Result<Holder, TokenError> {
        let header = decode_header(token).map_err(|_| TokenError::Unknown)?;
        let kid = header.kid.ok_or(TokenError::Unknown)?;
        let jwk = self.keys.iter().find(|key| key.common.key_id.as_ref() == Some(&kid)).ok_or(TokenError::Unknown)?;
        let key = DecodingKey::from_jwk(jwk).map_err(|_| TokenError::Unknown)?;
        let claims = decode::<Claims>(token, &key, &validation(jwk)?).map_err(|_| TokenError::Unknown)?.claims;
        let begins = claims.iat.max(claims.nbf).saturating_sub(LEEWAY_SECS);
        let until = Ts::from_micros(claims.exp.saturating_add(LEEWAY_SECS).saturating_mul(MICROS));
        if now.micros() / MICROS < begins || now >= until {
            return Err(TokenError::Expired);
        }
        // Roles of other systems in the same token mean nothing here; without one of ours, nobody is known.
        let roles: Vec<Role> = claims.roles.iter().filter_map(|name| Role::named(name)).collect();
        if roles.is_empty() || claims.sub.is_empty() {
            return Err(TokenError::Unknown);
        }
        Ok(Holder { caller: Caller { person: claims.sub, unit: claims.unit, roles }, until })
    }
}

/// The algorithm comes from the key, never from the token. The time is checked against the suite's clock.
fn validation(jwk: &Jwk) -> Result<Validation, TokenError> {
    use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve};
    let algorithm = match &jwk.algorithm {
        AlgorithmParameters::OctetKeyPair(_) => Algorithm::EdDSA,
        AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => Algorithm::ES256,
        AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P384 => Algorithm::ES384,
        AlgorithmParameters::RSA(_) => Algorithm::RS256,
        AlgorithmParameters::EllipticCurve(_) | AlgorithmParameters::OctetKey(_) => return Err(TokenError::Unknown),
        _ => return Err(TokenError::Unknown),
    };
    let mut validation = Validation::new(algorithm);
    validation.set_audience(&[AUDIENCE]);
    validation.validate_exp = false;
    validation.required_spec_claims.clear();
    Ok(validation)
}

fn keys(error: impl fmt::Display) -> TokenError {
    TokenError::Keys(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Ts = Ts::from_micros(1_795_000_000_000_000);

    fn chief() -> Caller {
        Caller { person: "p-lianhu-chief".into(), unit: "lianhu".into(), roles: vec![Role::Chief] }
    }

    fn check(made_by: u8, trusted: u8, at_secs: i64, expected: Result<Holder, TokenError>) {
        let issuer = Issuer::new("test", [made_by; 32]).expect("a key of any seed");
        let trusted = Issuer::new("test", [trusted; 32]).expect("a key of any seed");
        let token = issuer.mint(&chief(), NOW, 600).expect("a token");
        let verifier = Verifier::default().trusting(trusted.public_key());
        assert_eq!(verifier.check(&token, Ts::from_micros(NOW.micros() + at_secs * MICROS)), expected);
    }

    #[test]
    fn tokens_are_accepted_while_valid_and_only_from_a_known_key() {
        let held = || Ok(Holder { caller: chief(), until: Ts::from_micros(NOW.micros() + 630 * MICROS) });
        check(1, 1, 0, held());
        check(1, 1, 629, held());
        check(1, 1, 630, Err(TokenError::Expired));
        check(1, 1, -31, Err(TokenError::Expired));
        check(1, 2, 0, Err(TokenError::Unknown));
    }

    #[test]
    fn a_token_of_another_algorithm_is_unknown() {
        let issuer = Issuer::new("test", [1; 32]).expect("a key");
        let verifier = Verifier::default().trusting(issuer.public_key());
        for token in ["", "x.y.z", "eyJhbGciOiJub25lIiwia2lkIjoidGVzdCJ9.e30."] {
            assert_eq!(verifier.check(token, NOW), Err(TokenError::Unknown), "{token}");
        }
    }

    #[test]
    fn a_key_set_must_name_its_keys() {
        assert!(matches!(Verifier::default().and_parse("{}"), Err(TokenError::Keys(_))));
        let nameless = r#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#;
        assert_eq!(Verifier::default().and_parse(nameless).map(drop), Err(TokenError::Keys("every key needs a kid".into())));
    }
}
