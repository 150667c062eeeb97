//! Storj: storage nodes are paid by the month for what they store and send; a part is held back in their first months, half of that
//! returned when those are over and the rest when they leave in order; audits move a reputation that can disqualify. Restated from
//! storj/storj @5dbec64 (AGPL-3.0; rules in our own words): `satellite/compensation`, `satellite/reputation`.

pub mod calendar;
pub mod reputation;
pub mod statement;
pub mod withholding;
