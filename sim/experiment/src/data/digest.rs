//! Digests of bytes: enough to tell two data files apart, not cryptographic.

use engine::Digest;

/// The digest of some bytes.
#[must_use]
pub fn digest_of(bytes: &[u8]) -> u64 {
    let mut digest = Digest::new();
    digest.mix(bytes.len() as u64);
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        digest.mix(u64::from_le_bytes(*word));
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    digest.mix(u64::from_le_bytes(last));
    digest.value()
}

/// Sixteen hexadecimal digits.
#[must_use]
pub fn hexadecimal(digest: u64) -> String {
    format!("{digest:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_more_is_another_digest_even_when_it_is_zero() {
        assert_ne!(digest_of(b"abc"), digest_of(b"abc\0"));
        assert_ne!(digest_of(b"12345678"), digest_of(b"12345679"));
        assert_eq!(digest_of(b"abc"), digest_of(b"abc"));
    }
}
