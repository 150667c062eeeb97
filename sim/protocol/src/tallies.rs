//! What has moved for each reason, and its encoding: one sequence, since an array of more than 32 has none of its own.

use alloc::vec::Vec;

use serde::{Deserialize, Deserializer, Serializer, de};
use units::Amount;

use crate::account::Asset;
use crate::reason::Reason;

/// By asset and reason.
pub(crate) type Tallies = [[Amount; Reason::COUNT]; Asset::COUNT];

pub(crate) fn serialize<S: Serializer>(tallies: &Tallies, to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(tallies.iter().flatten())
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Tallies, D::Error> {
    let flat = Vec::<Amount>::deserialize(from)?;
    let mut tallies = [[Amount::ZERO; Reason::COUNT]; Asset::COUNT];
    if flat.len() != Reason::COUNT * Asset::COUNT {
        let expected = "a tally for each asset and reason";
        return Err(de::Error::invalid_length(flat.len(), &expected));
    }
    for (tally, amount) in tallies.iter_mut().flatten().zip(flat) {
        *tally = amount;
    }
    Ok(tallies)
}
