//! Runs cases kept as data: what is given, what is done, what must come of it. It drives the public door alone, and knows no
//! rule; the figures in the cases were worked by hand from the rules pages.
//!
//! A book has one GPU kind for a dollar an hour and a token for a dollar (so that full cover is 2880 tokens a GPU), a fixed
//! emission, controllers without gain and everything for performance, but for what a case gives.

use serde_json::{Map, Value, json};
use stakesim_protocol::*;
use units::{Amount, Money, MoneyRate, Quantity, Ratio, TokenPrice};

use crate::host::{DAY, DOLLAR, Host, WHY};

/// One book's state.
struct Book {
    host: Host,
    last: Option<EpochSummary>,
    providers: u32,
}

/// Runs every case of a book; all that fail are named.
pub fn run(text: &str) {
    let cases: Vec<Value> = serde_json::from_str(text).unwrap();
    assert_eq!(cases.len(), 10);
    let mut faults = Vec::new();
    for case in &cases {
        let mut book = Book::open(&case["given"]);
        for (place, step) in case["do"].as_array().unwrap().iter().enumerate() {
            book.take(step, &mut |fault| {
                faults.push(format!("{}: step {place}: {fault}", case["name"]));
            });
        }
        book.expect(&case["expect"], &mut |fault| {
            faults.push(format!("{}: {fault}", case["name"]));
        });
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Base units, or "N token".
fn amount(value: &Value) -> Amount {
    match value.as_str() {
        Some(text) => {
            let count = text.strip_suffix(" token").expect("tokens");
            Amount::from_tokens(count.parse().unwrap(), 9)
        }
        None => Amount::new(u128::from(value.as_u64().expect("base units"))),
    }
}

fn ratio(value: &Value) -> Ratio {
    Ratio::parse(value.as_str().expect("a ratio")).unwrap()
}

fn int(value: &Value) -> u64 {
    value.as_u64().expect("a whole number")
}

fn provider(value: &Value) -> ProviderId {
    ProviderId(int(value) as u32)
}

fn person(value: &Value) -> ParticipantId {
    ParticipantId(int(value) as u32)
}

/// Ratios as parts, wherever they stand.
fn encoded(value: &Value) -> Value {
    match value {
        Value::String(text) if text.ends_with('%') => json!(ratio(value).parts()),
        Value::Array(items) => items.iter().map(encoded).collect(),
        Value::Object(fields) => {
            let fields = fields.iter();
            fields
                .map(|(key, value)| (key.clone(), encoded(value)))
                .collect()
        }
        other => other.clone(),
    }
}

fn set(params: &mut Value, path: &str, value: &Value) {
    let mut place = params;
    for key in path.split('.') {
        place = place
            .get_mut(key)
            .unwrap_or_else(|| panic!("no parameter {path}"));
    }
    *place = encoded(value);
}

fn params(given: &Value) -> Params {
    let mut params = serde_json::to_value(Params::default()).unwrap();
    set(&mut params, "emission.rule", &json!("Fixed"));
    let emission = given.get("emission").cloned().unwrap_or(json!(1_000));
    set(&mut params, "emission.per_epoch", &emission);
    // What rules of live networks take, which would not fit small supplies.
    for name in ["per_gpu", "allocation.total", "allocation.net_cap"] {
        set(&mut params, &format!("emission.{name}"), &json!(0));
    }
    for name in ["demand", "scarcity", "market", "staked"] {
        set(&mut params, &format!("scaling.{name}.gain"), &json!(0));
    }
    let split = params["split"].as_object().unwrap().keys().cloned();
    for category in split.collect::<Vec<_>>() {
        set(&mut params, &format!("split.{category}"), &json!(0));
    }
    let whole = json!({"performance": "100 %"});
    let split = given.get("split").unwrap_or(&whole).as_object().unwrap();
    for (category, share) in split {
        set(&mut params, &format!("split.{category}"), share);
    }
    for (path, value) in given
        .get("params")
        .and_then(Value::as_object)
        .unwrap_or(&Map::new())
    {
        set(&mut params, path, value);
    }
    serde_json::from_value(params).unwrap()
}

fn kind(given: &Value) -> Kind {
    let nano = given.get("nano_usd_per_hour").map_or(1_000_000_000, int);
    let role = given.get("role").map_or(Role::Compute, |role| {
        serde_json::from_value(role.clone()).unwrap()
    });
    Kind {
        group: GroupId(0),
        list_price_usd: MoneyRate::per_hour(Money::from_nano(i128::from(nano))),
        role,
        is_new: given.get("is_new").is_some_and(|it| *it == true),
    }
}

impl Book {
    fn open(given: &Value) -> Book {
        let kinds: Vec<Kind> = match given.get("kinds").and_then(Value::as_array) {
            Some(kinds) => kinds.iter().map(kind).collect(),
            None => vec![kind(&Value::Null)],
        };
        let protocol = Protocol::new(params(given), &kinds, 1).unwrap();
        let mut host = Host {
            protocol,
            now: Tick(0),
        };
        host.run(Operation::ObservePrice { price: DOLLAR });
        Book {
            host,
            last: None,
            providers: 0,
        }
    }

    fn take(&mut self, step: &Value, fault: &mut dyn FnMut(String)) {
        let (name, args) = step
            .as_object()
            .unwrap()
            .iter()
            .find(|(key, _)| *key != "refused")
            .unwrap();
        match name.as_str() {
            "close" => {
                for _ in 0..int(args) {
                    self.host.now = Tick((u64::from(self.host.protocol.epoch()) + 1) * DAY);
                    let summary = self.host.protocol.end_epoch(self.host.now, WHY).unwrap();
                    if let Some(broken) = summary.audit_fault {
                        fault(format!("{broken:?}"));
                    }
                    self.last = Some(summary);
                }
                return;
            }
            "wait" => {
                self.host.now = Tick(self.host.now.0 + int(args));
                return;
            }
            "check" => return self.expect(args, fault),
            "participant" => {
                self.participant(amount(args));
                return;
            }
            "provider" => {
                let owner = self.participant(amount(&args[2]));
                let register = json!([owner.0, args[0], args[1], 0, "0 %"]);
                self.take(&json!({"register": register}), fault);
                let id = self.providers - 1;
                return self.take(&json!({"bond": [id, args[2]]}), fault);
            }
            _ => {}
        }
        let operation = self.operation(name, args);
        let result = self.host.attempt(operation);
        if let Ok(Outcome::Registered(id)) = result {
            self.providers = id.0 + 1;
        }
        let refused = result.err().map(|error| format!("{error:?}"));
        let expected = step
            .get("refused")
            .map(|it| it.as_str().unwrap().to_string());
        if refused != expected {
            fault(format!(
                "{name}: refused {refused:?}, expected {expected:?}"
            ));
        }
    }

    fn participant(&mut self, amount: Amount) -> ParticipantId {
        let id = self.host.protocol.open_participant();
        if !amount.is_zero() {
            let to = Account::Liquid(id);
            self.host.run(Operation::Genesis { to, amount });
        }
        id
    }

    #[rustfmt::skip] // a line for each operation
    fn operation(&self, name: &str, a: &Value) -> Operation {
        match name {
            "register" => Operation::Register {
                owner: person(&a[0]), kind: KindId(int(&a[1]) as u16), gpus: int(&a[2]) as u32, tier: int(&a[3]) as u8, commission: ratio(&a[4]),
            },
            "bond" => Operation::Bond { provider: provider(&a[0]), amount: amount(&a[1]) },
            "unbond" => Operation::Unbond { provider: provider(&a[0]), amount: amount(&a[1]) },
            "exit" => Operation::Exit { provider: provider(&a[0]) },
            "delegate" => Operation::Delegate { delegator: person(&a[0]), provider: provider(&a[1]), amount: amount(&a[2]) },
            "undelegate" => Operation::Undelegate { delegator: person(&a[0]), provider: provider(&a[1]), amount: amount(&a[2]) },
            "commit" => Operation::Commit { provider: provider(&a[0]), tier: serde_json::from_value(a[1].clone()).unwrap() },
            "measure" => Operation::RecordMeasurement {
                provider: provider(&a[0]), up: ratio(&a[1]), jobs: int(&a[2]) as u32, failed: int(&a[3]) as u32, response: ratio(&a[4]), rating: ratio(&a[5]),
            },
            "load" => Operation::ObserveLoad { group: GroupId(int(&a[0]) as u8), busy: int(&a[1]), capacity: int(&a[2]) },
            "kind_load" => Operation::ObserveKindLoad { kind: KindId(int(&a[0]) as u16), busy: int(&a[1]), capacity: int(&a[2]) },
            "price" => Operation::ObservePrice { price: TokenPrice::from_nano_per_token(int(a)) },
            "report" => {
                let named = |kind: &ViolationKind| a[1] == kind.name();
                let kind = ViolationKind::ALL.into_iter().find(named).unwrap();
                let at = a.get(2).map_or(self.host.now, |at| Tick(int(at)));
                Operation::ReportViolation { provider: provider(&a[0]), kind, at, reporter: None, victim: None, loss: Amount::ZERO, severity: Ratio::ONE }
            }
            other => panic!("no step {other}"),
        }
    }

    fn expect(&self, expected: &Value, fault: &mut dyn FnMut(String)) {
        for (name, expected) in expected.as_object().unwrap() {
            if let Some(table) = expected.as_object() {
                for (key, expected) in table {
                    let found = self.found_at(name, key);
                    self.compare(&format!("{name} {key}"), expected, found, fault);
                }
            } else if name == "claimable_delegation" {
                for row in expected.as_array().unwrap() {
                    let found = self
                        .host
                        .protocol
                        .claimable_delegation(person(&row[0]), provider(&row[1]));
                    self.compare(name, &row[2], number(found.base_units()), fault);
                }
            } else {
                self.compare(name, expected, self.found(name), fault);
            }
        }
    }

    fn compare(&self, what: &str, expected: &Value, found: Value, fault: &mut dyn FnMut(String)) {
        let is_tokens = |value: &Value| value.as_str().is_some_and(|text| text.ends_with(" token"));
        let expected = if is_tokens(expected) {
            number(amount(expected).base_units())
        } else {
            expected.clone()
        };
        if expected != found {
            fault(format!("{what}: expected {expected}, found {found}"));
        }
    }

    /// What belongs to a provider, a participant, a category or a factor.
    #[rustfmt::skip] // a line for each
    fn found_at(&self, name: &str, key: &str) -> Value {
        let rules = &self.host.protocol;
        let id = || ProviderId(key.parse().unwrap());
        let last = || self.last.as_ref().expect("an epoch has closed");
        match name {
            "weight" => number(rules.weight(id())),
            "claimable" => number(rules.claimable(id()).base_units()),
            "standing" => json!(format!("{:?}", rules.standing(id()))),
            "bonded" => number(rules.bonded(id()).base_units()),
            "delegated" => number(rules.delegated(id()).base_units()),
            "committed" => json!(rules.commitment(id()).map(|(_, until)| until)),
            "tenure" => json!(rules.tenure_steps(id())),
            "pool_weight" => BonusPool::ALL.into_iter().map(|pool| number(rules.pool_weight(id(), pool))).collect(),
            "unbonded" => number(rules.balance(Asset::Native, Account::Unbonded(ParticipantId(key.parse().unwrap()))).base_units()),
            "by_category" => {
                let category = Category::ALL.into_iter().find(|it| it.name() == key).unwrap();
                number(last().by_category[category as usize].base_units())
            }
            "factors" => {
                let factors = &last().factors;
                let named = [("demand", factors.demand), ("market", factors.market), ("staked", factors.staked), ("growth", factors.growth), ("product", factors.product)];
                plain(named.into_iter().find(|(name, _)| *name == key).unwrap().1)
            }
            other => panic!("nothing called {other}"),
        }
    }

    #[rustfmt::skip] // a line for each
    fn found(&self, name: &str) -> Value {
        let rules = &self.host.protocol;
        let last = || self.last.as_ref().expect("an epoch has closed");
        match name {
            "active_gpus" => json!(rules.active_gpus()),
            "treasury" => number(rules.balance(Asset::Native, Account::Treasury).base_units()),
            "reward_pool" => number(rules.balance(Asset::Native, Account::RewardPool).base_units()),
            "minted" => number(last().minted.base_units()),
            "budget" => number(last().budget.base_units()),
            "ceiling" => number(last().ceiling.base_units()),
            "scheduled" => number(last().scheduled.base_units()),
            "forfeited" => number(last().forfeited.base_units()),
            "staked_ratio" => plain(last().staked_ratio),
            "scarcity" => last().factors.scarcity.iter().map(|factor| plain(*factor)).collect(),
            other => panic!("nothing called {other}"),
        }
    }
}

fn number(value: u128) -> Value {
    json!(u64::try_from(value).expect("a case stays below 2^64"))
}

/// A ratio as the cases write it: "1.025".
fn plain(ratio: Ratio) -> Value {
    let (whole, rest) = (
        ratio.parts() / 1_000_000_000_000,
        ratio.parts() % 1_000_000_000_000,
    );
    let text = format!("{whole}.{rest:012}");
    json!(text.trim_end_matches('0').trim_end_matches('.'))
}
