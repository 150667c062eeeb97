//! Arbitrary bytes, in CI: a plain test where a fuzzer would look longer (`fuzz/`).

use proptest::prelude::*;

use crate::play::play;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn arbitrary_bytes_break_nothing(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        play(&bytes);
    }

    #[test]
    fn bytes_that_look_like_operations_break_nothing(
        bytes in prop::collection::vec(prop_oneof![6 => 0u8..4, 6 => 0u8..40, 1 => Just(0xffu8), 2 => any::<u8>()], 0..3_000),
    ) {
        // Small numbers are ids and kinds of operation, so most of it decodes.
        prop_assume!(bytes.len() < 200 || play(&bytes) > 0);
    }
}
