//! All tokens ever minted: where they came from, and where they are at the end of the run.

use plotters::style::RGBColor;

use super::paid::amount;
use crate::kit::{Flow, palette};
use crate::review::Review;

/// Where tokens are at the end, from the top, and the kinds of account that this puts together.
const PLACES: [(&str, RGBColor, &[&str]); 9] = [
    ("Free, anybody's", palette::BLUE, &["liquid"]),
    ("Staked", palette::GREEN, &["staked"]),
    ("Leaving stake", palette::SKY, &["unbonding", "unbonded"]),
    (
        "Other stake",
        palette::SKY,
        &[
            "vouched",
            "user_stake",
            "appeal_deposit",
            "proposal_deposit",
        ],
    ),
    ("Locked", palette::MUTED, &["locked", "vesting"]),
    ("Treasury", palette::ORANGE, &["treasury"]),
    ("Insurance", palette::PURPLE, &["insurance"]),
    ("Platform", palette::PURPLE, &["platform"]),
    (
        "In pools",
        palette::MUTED,
        &[
            "reward_pool",
            "job_escrow",
            "slash_escrow",
            "verification_pool",
        ],
    ),
];

const BURNS: [&str; 3] = ["fee_burn", "slash_burn", "deposit_burn"];
const MINTS: [&str; 3] = ["emission", "emission_treasury", "emission_contribution"];

/// The stock as a flow of three columns.
pub fn flow(review: &Review) -> Flow {
    let mut flow = Flow::default();
    let run = review.run;
    let sources = [
        ("Genesis, free", palette::BLUE, "liquid"),
        ("Genesis, locked", palette::MUTED, "locked"),
        ("Genesis, treasury", palette::ORANGE, "treasury"),
    ];
    let all = flow.node(1, "Minted", palette::INK);
    for (name, color, to) in sources {
        let node = flow.node(0, name, color);
        let rows = run.flows.iter();
        let rows = rows.filter(|row| (row.asset, row.reason, row.to) == ("native", "genesis", to));
        flow.add(
            node,
            all,
            rows.map(|row| u128::from(row.amount_base_units)).sum(),
        );
    }
    let emission = flow.node(0, "Emission", palette::GREEN);
    flow.add(
        emission,
        all,
        MINTS.map(|reason| amount(review, reason)).iter().sum(),
    );
    for (name, color, kinds) in PLACES {
        let node = flow.node(2, name, color);
        let rows = run.balances.iter();
        let rows = rows.filter(|row| row.asset == "native" && kinds.contains(&row.account));
        flow.add(
            all,
            node,
            rows.map(|row| u128::from(row.closing_base_units)).sum(),
        );
    }
    let burned = flow.node(2, "Burned", palette::VERMILION);
    flow.add(
        all,
        burned,
        BURNS.map(|reason| amount(review, reason)).iter().sum(),
    );
    flow.coloured_by_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_account_but_the_unissued_has_one_place() {
        for kind in protocol::AccountKind::ALL {
            let places = PLACES
                .iter()
                .filter(|(_, _, kinds)| kinds.contains(&kind.name()));
            let is_issued = kind != protocol::AccountKind::Issuance;
            assert_eq!(places.count(), usize::from(is_issued), "{}", kind.name());
        }
    }

    #[test]
    fn what_is_minted_and_burned_is_what_leaves_and_enters_the_unissued() {
        use protocol::{AccountKind, Reason};
        // Dollars come from outside and go there: no coin is minted or burned.
        let dollars = [Reason::StableDeposit, Reason::StableRedeem];
        for reason in Reason::ALL
            .into_iter()
            .filter(|reason| !dollars.contains(reason))
        {
            let mints = reason.from() == AccountKind::Issuance && reason != Reason::Genesis;
            assert_eq!(MINTS.contains(&reason.name()), mints, "{}", reason.name());
            let burns = reason.to() == Some(AccountKind::Issuance);
            assert_eq!(BURNS.contains(&reason.name()), burns, "{}", reason.name());
        }
    }
}
