use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sanben_clock::Clock;
use sha2::Sha256;

const NONCE_BYTES: usize = 24;

/// Authenticated encryption (XChaCha20-Poly1305) under one key. What is sealed for one purpose opens for no other.
#[derive(Clone)]
pub struct Sealer {
    cipher: XChaCha20Poly1305,
    clock: Clock,
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealer")
    }
}

impl Sealer {
    /// The sealer of `service`, its key derived from the master key (HKDF-SHA-256, RFC 5869).
    pub fn derive(master: &[u8; 32], service: &str, clock: Clock) -> Sealer {
        Sealer::with_key(&Sealer::key_of(master, service), clock)
    }

    /// The key of one use, derived from the master key.
    pub(crate) fn key_of(master: &[u8; 32], usage: &str) -> [u8; 32] {
        let mut key = [0_u8; 32];
        Hkdf::<Sha256>::new(None, master)
            .expand(format!("sanben sealer v1 {usage}").as_bytes(), &mut key)
            .expect("32 bytes is a length that HKDF-SHA-256 gives");
        key
    }

    /// A sealer under exactly this key, for example a person's own.
    pub fn with_key(key: &[u8; 32], clock: Clock) -> Sealer {
        Sealer { cipher: XChaCha20Poly1305::new(&Key::from(*key)), clock }
    }

    /// Seals `plain` for `purpose`, under a random nonce that stands before it.
    pub fn seal(&self, purpose: &str, plain: &[u8]) -> Vec<u8> {
        let nonce = self.clock.random::<NONCE_BYTES>();
        let sealed = self
            .cipher
            .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: purpose.as_bytes() })
            .expect("only messages of 256 GiB are too long for the cipher");
        [nonce.as_slice(), &sealed].concat()
    }

    /// Opens what was sealed for `purpose` under this key; nothing if it was not.
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>()?;
        self.cipher.decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: purpose.as_bytes() }).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_only_under_its_key_and_purpose_and_unchanged() {
        let clock = Clock::system();
        let sealer = Sealer::derive(&[7; 32], "intake", clock.clone());
        let sealed = sealer.seal("page", "原话".as_bytes());
        assert_eq!(sealer.open("page", &sealed).as_deref(), Some("原话".as_bytes()));
        assert_eq!(sealer.open("stream", &sealed), None);
        assert_eq!(Sealer::derive(&[7; 32], "ledger", clock).open("page", &sealed), None);
        let mut changed = sealed.clone();
        *changed.last_mut().expect("not empty") ^= 1;
        assert_eq!(sealer.open("page", &changed), None);
        assert_eq!(sealer.open("page", &sealed[..10]), None);
        assert_ne!(sealed, sealer.seal("page", "原话".as_bytes()), "nonces must differ");
    }
}
