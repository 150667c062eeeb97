//! The hash of a value in its canonical encoding, without ever holding the encoding as a whole.

use postcard::ser_flavors::Flavor;
use serde::Serialize;
use xxhash_rust::xxh3::Xxh3Default;

const BUFFER: usize = 4096;

/// Takes an encoding byte by byte and hashes it in pieces.
struct Hasher {
    hash: Xxh3Default,
    buffer: [u8; BUFFER],
    filled: usize,
}

impl Flavor for Hasher {
    type Output = u64;

    #[inline]
    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        if self.filled == BUFFER {
            self.hash.update(&self.buffer);
            self.filled = 0;
        }
        self.buffer[self.filled] = byte;
        self.filled += 1;
        Ok(())
    }

    fn finalize(mut self) -> postcard::Result<u64> {
        self.hash.update(&self.buffer[..self.filled]);
        Ok(self.hash.digest())
    }
}

/// XXH3 of a value's canonical encoding: 64 bits.
///
/// # Panics
/// When part of the value has no encoding: a bug.
#[must_use]
pub fn fingerprint(value: &impl Serialize) -> u64 {
    let hasher = Hasher {
        hash: Xxh3Default::new(),
        buffer: [0; BUFFER],
        filled: 0,
    };
    postcard::serialize_with_flavor(value, hasher).expect("every part of the state has an encoding")
}

#[cfg(test)]
mod tests {
    use super::*;
    use xxhash_rust::xxh3::xxh3_64;

    #[test]
    fn it_is_the_hash_of_the_whole_encoding() {
        for length in [0, 1, 1000, 4095, 4096, 4097, 100_000] {
            let value: Vec<u32> = (0..length)
                .map(|i: u32| i.wrapping_mul(2_654_435_761) >> 3)
                .collect();
            let encoded = postcard::to_allocvec(&value).unwrap();
            assert_eq!(fingerprint(&value), xxh3_64(&encoded), "{length}");
        }
    }
}
