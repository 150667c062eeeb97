//! What a node is owed for a month, what of that is held back, and what of the held is returned.
//!
//! The network computes with decimals that a division rounds to 16 places, half up; so do we, in units of 1e-16 USD. What is stated is cut
//! off to micro-dollars.

use alloc::vec::Vec;

use super::calendar::Moment;
use super::withholding::{percent_of, withheld_percent};
use crate::networks::RuleError;
use crate::networks::round::{Rounding, div, mul_div};

/// Units of a micro-dollar.
const MICRO: u128 = 10_000_000_000;
/// Units of a pico-dollar.
const PICO: u128 = 10_000;

/// What a node did, or what it is paid for that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Services {
    /// Data at rest: byte-hours; pico-dollars a GB-hour.
    pub at_rest: u128,
    /// Sent for downloads: bytes; pico-dollars a TB. So are the rest.
    pub get: u128,
    /// Received for uploads.
    pub put: u128,
    /// Sent for repairs.
    pub get_repair: u128,
    /// Received for repairs.
    pub put_repair: u128,
    /// Sent for audits.
    pub get_audit: u128,
}

/// How a satellite pays for a month.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// Any moment of the month.
    pub period: Moment,
    /// Pay by service.
    pub rates: Services,
    /// Percent held back in each month of a node's life.
    pub withheld_percents: &'a [u32],
    /// Percent of what was held that is returned once nothing is held back any more.
    pub dispose_percent: u32,
    /// Percent of the pay that is paid; zero is all.
    pub surge_percent: u32,
}

/// A node at the end of a month. Money is in micro-dollars.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// When it joined.
    pub created: Moment,
    /// When it was last reached.
    pub last_contact: Moment,
    /// When it was disqualified.
    pub disqualified: Option<Moment>,
    /// When it had left in order.
    pub graceful_exit: Option<Moment>,
    /// What it did.
    pub usage: Services,
    /// What was ever held back of it.
    pub total_held: u64,
    /// What of that was returned.
    pub total_disposed: u64,
}

/// What a statement says beside its amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// Left in order: all that was held is returned, and nothing is held back.
    GracefulExit,
    /// Not reached since the month began: nothing is paid.
    Offline,
    /// Still in the months of holding back.
    InWithholding,
    /// Disqualified: nothing is paid.
    Disqualified,
}

/// A node's statement. Money is in micro-dollars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// In the order in which they are found.
    pub codes: Vec<Code>,
    /// To be paid, with what is returned.
    pub owed: u64,
    /// Held back.
    pub held: u64,
    /// Returned of what was held.
    pub disposed: u64,
}

/// States a node's month.
///
/// # Errors
/// [`RuleError::Refused`] where more than 100 % are held back, [`RuleError::Overflow`].
pub fn statement(terms: &Terms<'_>, node: &Node) -> Result<Statement, RuleError> {
    let start = terms.period.month_start();
    let end = start.months_later(1);
    let mut codes = Vec::new();
    let has_exited = node.graceful_exit.is_some_and(|exit| exit < end);
    if has_exited {
        codes.push(Code::GracefulExit);
    }
    let is_offline = node.last_contact < start;
    if is_offline {
        codes.push(Code::Offline);
    }
    let withheld = withheld_percent(terms.withheld_percents, node.created, end);
    if withheld.is_some() {
        codes.push(Code::InWithholding);
    }
    let is_disqualified = !has_exited && node.disqualified.is_some_and(|at| at < end);
    if is_disqualified {
        codes.push(Code::Disqualified);
    }
    if is_offline || is_disqualified {
        return Ok(Statement {
            codes,
            owed: 0,
            held: 0,
            disposed: 0,
        });
    }
    let total = pay(terms, &node.usage)?;
    let held = percent_of(total, withheld.filter(|_| !has_exited).unwrap_or(0))?;
    let paid = total
        .checked_sub(held)
        .ok_or(RuleError::Refused("more than 100 % held back"))?;
    let disposed = if withheld.is_none() || has_exited {
        returned(terms, node, has_exited)?
    } else {
        0
    };
    let owed = paid.checked_add(disposed).ok_or(RuleError::Overflow)?;
    Ok(Statement {
        codes,
        owed: micro(owed)?,
        held: micro(held)?,
        disposed: micro(disposed)?,
    })
}

/// What of the held amount is returned now: up to the part that is due, all of it after leaving in order.
fn returned(terms: &Terms<'_>, node: &Node, has_exited: bool) -> Result<u128, RuleError> {
    let percent = if has_exited {
        100
    } else {
        terms.dispose_percent
    };
    let due = percent_of(u128::from(node.total_held) * MICRO, percent)?;
    Ok(due.saturating_sub(u128::from(node.total_disposed) * MICRO))
}

/// The pay for what was done, before anything is held back.
fn pay(terms: &Terms<'_>, usage: &Services) -> Result<u128, RuleError> {
    let (done, rates) = (usage, &terms.rates);
    let giga = 1_000_000_000;
    let tera = 1_000 * giga;
    let mut total: u128 = 0;
    for (amount, rate, unit) in [
        (done.at_rest, rates.at_rest, giga),
        (done.get, rates.get, tera),
        (done.put, rates.put, tera),
        (done.get_repair, rates.get_repair, tera),
        (done.put_repair, rates.put_repair, tera),
        (done.get_audit, rates.get_audit, tera),
    ] {
        let rate = rate.checked_mul(PICO).ok_or(RuleError::Overflow)?;
        let part = mul_div(amount, rate, unit, Rounding::HalfUp)?;
        total = total.checked_add(part).ok_or(RuleError::Overflow)?;
    }
    if terms.surge_percent == 0 {
        Ok(total)
    } else {
        percent_of(total, terms.surge_percent)
    }
}

/// Whole micro-dollars.
fn micro(units: u128) -> Result<u64, RuleError> {
    let micro = div(units, MICRO, Rounding::TowardZero)?;
    u64::try_from(micro).map_err(|_| RuleError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::super::withholding::WITHHELD_PERCENTS;
    use super::*;

    fn day(year: u32, month: u32, day: u32) -> Moment {
        Moment::new(year, month, day, 0).unwrap()
    }

    const TERMS: fn() -> Terms<'static> = || Terms {
        period: day(2020, 6, 1),
        // 0.00000205 USD a GB-hour, 20 and 10 USD a TB.
        rates: Services {
            at_rest: 2_050_000,
            get: 20_000_000_000_000,
            get_repair: 10_000_000_000_000,
            ..Services::default()
        },
        withheld_percents: &WITHHELD_PERCENTS,
        dispose_percent: 50,
        surge_percent: 0,
    };

    /// A TB at rest for the 720 hours of June, and a tenth of a TB sent: 1.476 + 2 USD.
    fn node(created: Moment) -> Node {
        Node {
            created,
            last_contact: day(2020, 6, 30),
            disqualified: None,
            graceful_exit: None,
            usage: Services {
                at_rest: 720 * 1_000_000_000_000,
                get: 100_000_000_000,
                ..Services::default()
            },
            total_held: 10_000_001,
            total_disposed: 1_000_000,
        }
    }

    fn stated(node: &Node) -> (Vec<Code>, [u64; 3]) {
        let found = statement(&TERMS(), node).unwrap();
        (found.codes, [found.owed, found.held, found.disposed])
    }

    #[test]
    fn a_part_is_held_back_first_and_half_of_it_returned_after_month_fifteen() {
        let young = stated(&node(day(2020, 5, 1)));
        assert_eq!(
            young,
            (alloc::vec![Code::InWithholding], [869_000, 2_607_000, 0])
        );
        let waiting = stated(&node(day(2019, 5, 1)));
        assert_eq!(
            waiting,
            (alloc::vec![Code::InWithholding], [3_476_000, 0, 0])
        );
        // Half of 10.000001 is 5.0000005, of which 1 was returned; 3.476 + 4.0000005 is cut off.
        let old = stated(&node(day(2019, 3, 1)));
        assert_eq!(old, (Vec::new(), [7_476_000, 0, 4_000_000]));
    }

    #[test]
    fn leaving_in_order_returns_all_that_is_held_and_holds_nothing_back() {
        let left = Node {
            graceful_exit: Some(day(2020, 6, 20)),
            ..node(day(2020, 5, 1))
        };
        let codes = alloc::vec![Code::GracefulExit, Code::InWithholding];
        assert_eq!(stated(&left), (codes, [12_476_001, 0, 9_000_001]));
        let later = Node {
            graceful_exit: Some(day(2020, 7, 1)),
            ..left
        };
        assert_eq!(stated(&later).0, [Code::InWithholding]);
    }

    #[test]
    fn who_is_offline_or_disqualified_is_paid_nothing() {
        let offline = Node {
            last_contact: day(2020, 5, 31),
            ..node(day(2019, 1, 1))
        };
        assert_eq!(stated(&offline), (alloc::vec![Code::Offline], [0; 3]));
        let disqualified = Node {
            disqualified: Some(day(2020, 6, 2)),
            ..node(day(2019, 1, 1))
        };
        assert_eq!(
            stated(&disqualified),
            (alloc::vec![Code::Disqualified], [0; 3])
        );
        let left_first = Node {
            graceful_exit: Some(day(2020, 6, 2)),
            ..disqualified
        };
        assert_eq!(stated(&left_first).0, [Code::GracefulExit]);
    }

    #[test]
    fn a_surge_pays_more_and_never_more_than_was_held_is_returned() {
        let terms = Terms {
            surge_percent: 150,
            ..TERMS()
        };
        let rich = Node {
            total_disposed: 6_000_000,
            ..node(day(2019, 1, 1))
        };
        let found = statement(&terms, &rich).unwrap();
        assert_eq!([found.owed, found.disposed], [5_214_000, 0]);
    }
}
