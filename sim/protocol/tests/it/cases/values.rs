//! What a case expects: a question in words (`liquid ann`, `stake_at ann 3`) and the answer it must have.

use serde_json::{Value, json};
use stakesim_protocol::*;
use units::Amount;

use super::Play;

fn number(amount: Amount) -> Value {
    json!(amount.base_units() as u64)
}

impl Play {
    /// Compares everything that is listed, but for the word `op` of a step.
    pub fn expect(&self, wanted: &Value) -> Result<(), String> {
        let mut faults = Vec::new();
        for (question, value) in wanted.as_object().into_iter().flatten() {
            let found = if question == "op" {
                value.clone()
            } else {
                self.answer(question)
            };
            if found != *value {
                faults.push(format!("{question} is {found}, not {value}"));
            }
        }
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults.join("; "))
        }
    }

    fn answer(&self, question: &str) -> Value {
        let words: Vec<&str> = question.split(' ').collect();
        match words[..] {
            [name] => self.answer_of_all(name),
            [name, "j" | "i" | "k"] => self.answer_of_job(name, words[1]),
            [name, whose] if self.people.contains_key(whose) => self.answer_of_person(name, whose),
            [name, whose] if self.providers.contains_key(whose) => {
                self.answer_of_provider(name, whose)
            }
            ["stake_total_at", epoch] => {
                number(self.protocol.user_stake_total_at(epoch.parse().unwrap()))
            }
            ["stake_at", who, epoch] => number(
                self.protocol
                    .user_stake_at(self.people[who], epoch.parse().unwrap()),
            ),
            ["delegation", who, provider] => number(
                self.protocol
                    .delegation(self.people[who], self.providers[provider]),
            ),
            _ => panic!("no question {question}"),
        }
    }

    fn answer_of_all(&self, name: &str) -> Value {
        let held = |account| number(self.protocol.balance(Asset::Native, account));
        let dollars = |account| number(self.protocol.balance(Asset::Stable, account));
        let bonds = self.protocol.params().bond.asset;
        let closed = || self.summary.as_ref().expect("an epoch was closed");
        match name {
            "treasury" => held(Account::Treasury),
            "insurance" => held(Account::Insurance),
            "platform" => held(Account::Platform),
            "slash_escrow" => number(self.protocol.balance(bonds, Account::SlashEscrow)),
            "dollar_treasury" => dollars(Account::Treasury),
            "dollar_insurance" => dollars(Account::Insurance),
            "dollars_inside" => number(self.dollars_inside()),
            "staked_ratio" => json!(closed().staked_ratio.to_string()),
            "job_escrow" => held(Account::JobEscrow),
            "issuance" => held(Account::Issuance),
            "verification_pool" => held(Account::VerificationPool),
            "rate" => self
                .protocol
                .job_rate(KindId(0))
                .map_or(Value::Null, number),
            "multiplier" => json!(self.protocol.price_multiplier(GroupId(0)).to_string()),
            "staked_total" => number(self.protocol.staked_total()),
            "scheduled" => number(closed().scheduled),
            "ceiling" => number(closed().ceiling),
            "minted" => number(closed().minted),
            "matured" => number(closed().matured),
            "verification_fees" => number(closed().verification_fees),
            "forfeited" => number(closed().forfeited),
            "reward_pool" => held(Account::RewardPool),
            "slashed" => number(closed().slashed.iter().copied().sum()),
            _ => panic!("no question {name}"),
        }
    }

    /// Dollars brought in and neither taken out nor burned.
    fn dollars_inside(&self) -> Amount {
        let kinds = AccountKind::ALL.into_iter();
        let inside = kinds.filter(|kind| *kind != AccountKind::Issuance);
        inside
            .map(|kind| self.protocol.held(Asset::Stable, kind))
            .sum()
    }

    fn answer_of_job(&self, name: &str, job: &str) -> Value {
        let job = self.jobs[job];
        let found = match name {
            "escrow" => self.protocol.job_escrow(job),
            "rate" => self.protocol.job_price(job),
            _ => panic!("no question {name} of a job"),
        };
        found.map_or(Value::Null, number)
    }

    fn answer_of_person(&self, name: &str, who: &str) -> Value {
        let id = self.people[who];
        match name {
            "liquid" => number(self.protocol.balance(Asset::Native, Account::Liquid(id))),
            "dollars" => number(self.protocol.balance(Asset::Stable, Account::Liquid(id))),
            "unbonded" => {
                let bonds = self.protocol.params().bond.asset;
                number(self.protocol.balance(bonds, Account::Unbonded(id)))
            }
            "user_stake" => number(self.protocol.user_stake(id)),
            "tier" => json!(self.protocol.user_tier(id)),
            "discount" => json!(self.protocol.user_discount(id).to_string()),
            _ => panic!("no question {name} of a person"),
        }
    }

    fn answer_of_provider(&self, name: &str, which: &str) -> Value {
        let id = self.providers[which];
        let size = |size: Option<Amount>| size.map_or(Value::Null, number);
        match name {
            "bond" => number(self.protocol.bonded(id)),
            "delegated" => number(self.protocol.delegated(id)),
            "vested" => number(self.protocol.vested(id)),
            "unvested" => number(self.protocol.unvested(id)),
            "claimable" => number(self.protocol.claimable(id)),
            "unbonding" => number(self.protocol.unbonding(id)),
            "standing" => json!(format!("{:?}", self.protocol.standing(id))),
            "commission" => json!(self.protocol.commission(id).to_string()),
            "bond_min" => size(self.protocol.bond_min(id)),
            "bond_full" => size(self.protocol.bond_full(id)),
            "weight" => json!(self.protocol.weight(id) as u64),
            "may_take_jobs" => json!(self.protocol.may_take_jobs(id)),
            _ => panic!("no question {name} of a provider"),
        }
    }
}
