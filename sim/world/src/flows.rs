//! Where the money of a run went: what moved for each reason, and what each kind of account held and holds. Reads the
//! ledger's tallies and balances, changes nothing.

use protocol::{AccountKind, Asset, Protocol, Reason, Scope};
use units::Amount;

use crate::closing::asset_name;
use crate::genesis::holders;
use crate::rows::{BalanceRow, FlowRow};
use crate::world::World;

/// What moved for one reason between two kinds of account.
struct Flow {
    reason: Reason,
    from: AccountKind,
    to: AccountKind,
    amount: Amount,
}

impl World<'_> {
    /// One row for each reason for which anything moved; genesis has one for each kind of holder.
    pub(crate) fn flow_rows(&self) -> Vec<FlowRow> {
        let decimals = self.inputs.config.protocol.supply.decimals;
        let row = |asset, flow: Flow| FlowRow {
            asset: asset_name(asset),
            reason: flow.reason.name(),
            from: flow.from.name(),
            to: flow.to.name(),
            amount_base_units: capped(flow.amount),
            amount_tokens: tokens(flow.amount, decimals),
        };
        let assets = Asset::ALL.into_iter();
        assets
            .flat_map(|asset| {
                self.flows(asset)
                    .into_iter()
                    .map(move |flow| row(asset, flow))
            })
            .collect()
    }

    /// One row for each kind of account through which anything went.
    pub(crate) fn balance_rows(&self) -> Vec<BalanceRow> {
        let decimals = self.inputs.config.protocol.supply.decimals;
        let mut rows = Vec::new();
        for asset in Asset::ALL {
            let flows = self.flows(asset);
            for kind in AccountKind::ALL {
                let of = |is_his: fn(&Flow, AccountKind) -> bool| -> Amount {
                    let his = flows.iter().filter(|flow| is_his(flow, kind));
                    his.map(|flow| flow.amount).sum()
                };
                let (paid_in, paid_out) = (
                    of(|flow, kind| flow.to == kind),
                    of(|flow, kind| flow.from == kind),
                );
                let closing = self.state.rules.held(asset, kind);
                // The issuer of dollars stands outside.
                let is_outside = (asset, kind) == (Asset::Stable, AccountKind::Issuance);
                if is_outside || paid_in.is_zero() && paid_out.is_zero() {
                    continue;
                }
                rows.push(BalanceRow {
                    asset: asset_name(asset),
                    account: kind.name(),
                    opening_base_units: capped(opening(&self.state.rules, asset, kind)),
                    in_base_units: capped(paid_in),
                    out_base_units: capped(paid_out),
                    closing_base_units: capped(closing),
                    closing_tokens: tokens(closing, decimals),
                });
            }
        }
        rows
    }

    fn flows(&self, asset: Asset) -> Vec<Flow> {
        let tally = |reason| self.state.rules.tally(asset, reason, Scope::Lifetime);
        let mut flows = Vec::new();
        for reason in Reason::ALL {
            let from = reason.from();
            let mut push = |to, amount: Amount| {
                if !amount.is_zero() {
                    flows.push(Flow {
                        reason,
                        from,
                        to,
                        amount,
                    });
                }
            };
            match reason.to() {
                Some(to) => push(to, tally(reason)),
                // Only genesis, and only of the coin: the tally does not know its holders, the scenario does.
                None if asset == Asset::Native => {
                    for (account, amount) in holders(&self.inputs.config, &self.state.accounts) {
                        push(account.kind(), amount);
                    }
                }
                None => {}
            }
        }
        flows
    }
}

/// What a kind of account held before genesis.
fn opening(rules: &Protocol, asset: Asset, kind: AccountKind) -> Amount {
    match (asset, kind) {
        (Asset::Native, AccountKind::Issuance) => rules.params().supply.max,
        _ => Amount::ZERO,
    }
}

fn capped(amount: Amount) -> u64 {
    u64::try_from(amount.base_units()).unwrap_or(u64::MAX)
}

fn tokens(amount: Amount, decimals: u8) -> f64 {
    let token = (0..decimals).fold(1.0, |token, _| token * 10.0);
    amount.base_units() as f64 / token
}
