//! The Graph. Restated from graphprotocol/contracts @687d928 (rules only).
//!
//! Issuance follows curation signal, then allocated stake ([`rewards`]); of query fees an indexer has back the more, the more stake it
//! allocated ([`rebates`]). A slash takes a provision first, then the delegation, and thawing tokens in proportion ([`slash`]).
//!
//! Rebates take an exponential of 127 binary places from a series on the chain; here it is one of 128 places and more, cut to 127. A
//! rebate can differ by a base unit where it lies within `fees × 2^-120` of a whole one.

pub mod rebates;
pub mod rewards;
pub mod slash;
