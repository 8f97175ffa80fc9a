//! A number by which contents are known again; nobody is kept from making two of the same.

/// The same for the same bytes (FNV-1a).
pub fn of(bytes: &[u8]) -> i64 {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    hash.cast_signed()
}
