//! What a case begins with: parameters, the first price, people with free tokens, providers with bonds.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use stakesim_protocol::*;
use units::{Amount, Money, MoneyRate, Quantity, Ratio, TokenPrice};

use super::{Play, WHY};

/// Whole tokens, days of 24 ticks, nothing emitted, tiers at round numbers.
fn base() -> Params {
    let mut params = Params::default();
    params.supply.decimals = 0;
    params.supply.max = Amount::new(1_000_000_000);
    params.emission.per_epoch = Amount::ZERO;
    params.emission.value_usd = Money::ZERO;
    params.emission.per_gpu = Amount::ZERO;
    params.emission.allocation.total = Amount::ZERO;
    params.emission.allocation.net_cap = Amount::ZERO;
    params.bond.churn_floor = Amount::new(1);
    params.users.thresholds = [500, 5_000, 50_000].map(Amount::new);
    params.epoch_ticks = 24;
    params.hour_ticks = 1;
    // Votes count stake of their snapshot, which some cases forget soon.
    params.governance.voting_epochs = 1;
    params
}

/// A parameter's value as a file writes it: a number, a rule's name, or a quantity with its unit.
fn encode(value: &Value) -> Value {
    match value {
        Value::Array(values) => values.iter().map(encode).collect(),
        Value::String(text) if text.ends_with('%') => json!(Ratio::parse(text).unwrap().parts()),
        Value::String(text) if text.ends_with(" USD") => {
            json!(Money::parse(text).unwrap().nano() as i64)
        }
        other => other.clone(),
    }
}

fn params(changes: &Value) -> Params {
    let mut tree = serde_json::to_value(base()).unwrap();
    for (path, value) in changes.as_object().into_iter().flatten() {
        let pointer = format!("/{}", path.replace('.', "/"));
        let place = tree
            .pointer_mut(&pointer)
            .unwrap_or_else(|| panic!("no {path}"));
        *place = encode(value);
    }
    serde_json::from_value(tree).unwrap()
}

/// The kind of a role: compute where nothing is said.
fn role_kind(role: &Value) -> KindId {
    let name = role.as_str().unwrap_or("compute");
    let place = Role::ALL.iter().position(|role| role.name() == name);
    KindId(place.expect("a role") as u16)
}

impl Play {
    pub fn given(given: &Value) -> Play {
        let hourly = given["usd_per_hour"].as_i64().unwrap_or(1);
        let kinds = Role::ALL.map(|role| Kind {
            role,
            is_new: false,
            group: GroupId(0),
            list_price_usd: MoneyRate::per_hour(Money::from_usd(hourly)),
        });
        let protocol = Protocol::new(params(&given["params"]), &kinds, 1).unwrap();
        let mut play = Play {
            protocol,
            now: 0,
            people: BTreeMap::new(),
            providers: BTreeMap::new(),
            jobs: BTreeMap::new(),
            summary: None,
        };
        let price = match given.get("price") {
            None => Some("1 USD/token"),
            Some(price) => price.as_str(),
        };
        if let Some(price) = price {
            let price = TokenPrice::parse(price).unwrap();
            play.run(Operation::ObservePrice { price });
        }
        play.open_people(&given["people"]);
        if let Some(insurance) = given["genesis"]["insurance"].as_u64() {
            play.mint(Account::Insurance, insurance);
        }
        play.open_providers(&given["providers"]);
        play
    }

    fn run(&mut self, operation: Operation) -> Outcome {
        self.protocol.apply(Tick(0), WHY, operation).unwrap()
    }

    fn mint(&mut self, to: Account, amount: u64) {
        let amount = Amount::new(u128::from(amount));
        self.run(Operation::Genesis { to, amount });
    }

    fn open_people(&mut self, people: &Value) {
        for (name, tokens) in people.as_object().into_iter().flatten() {
            let id = self.protocol.open_participant();
            self.people.insert(name.clone(), id);
            match tokens.as_u64().unwrap() {
                0 => {}
                tokens => self.mint(Account::Liquid(id), tokens),
            }
        }
    }

    fn open_providers(&mut self, providers: &Value) {
        for (name, of) in providers.as_object().into_iter().flatten() {
            let commission = of["commission"].as_str().unwrap_or("0 %");
            let register = Operation::Register {
                owner: self.people[of["owner"].as_str().unwrap()],
                kind: role_kind(&of["role"]),
                gpus: 1,
                tier: 0,
                commission: Ratio::parse(commission).unwrap(),
            };
            let Outcome::Registered(provider) = self.run(register) else {
                panic!("not registered")
            };
            self.providers.insert(name.clone(), provider);
            if let Some(bond) = of["bond"].as_u64() {
                let amount = Amount::new(u128::from(bond));
                self.run(Operation::Bond { provider, amount });
            }
        }
    }
}
