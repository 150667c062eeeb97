//! The tables of a review, one file each: a run in, a table out.

mod assumptions;
mod changed;
mod checks;
mod concentration;
mod earnings;
mod flows;
mod gates;
mod indicators;
mod kinds;
mod provenance;
mod reliability;
mod roles;
mod scaling;
mod slashing;
mod sustainability;

pub use assumptions::table as assumptions;
pub use changed::table as changed;
pub use checks::table as checks;
pub use concentration::table as concentration;
pub use earnings::{by_behaviour, by_class, by_kind, by_region};
pub use flows::{balances, reasons, sums};
pub use gates::table as gates;
pub use indicators::table as indicators;
pub use kinds::table as kinds;
pub use provenance::table as provenance;
pub use reliability::table as reliability;
pub use roles::{RoleGroup, table as roles};
pub use scaling::{clamped, table as scaling};
pub use slashing::table as slashing;
pub use sustainability::table as sustainability;
