//! Cases of conduct worked by hand (`tests/cases`): each is a small story and what must come of it, in whole base units.
//!
//! In every case a token has no decimals and costs a dollar, a GPU rents for a dollar an hour (so a bond is at least 720 and full cover
//! 2880), an epoch is 100 ticks, an appeal costs 10, and nothing is minted unless the case says how much. Everybody begins with 100 000; provider
//! `i` belongs to `o<i>` and has one GPU, its bond and its delegations at tick 0. `gained` counts from there.

use std::collections::BTreeMap;

use serde_json::Value;
use stakesim_protocol::*;
use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};

const EPOCH: u64 = 100;
const WHY: Cause = Cause(7);

fn whole(value: &Value) -> u64 {
    value.as_u64().expect("a whole number")
}

fn amount(value: &Value) -> Amount {
    Amount::new(whole(value).into())
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn kind(name: &str) -> ViolationKind {
    let found = ViolationKind::ALL.into_iter().find(|it| it.name() == name);
    found.unwrap_or_else(|| panic!("no violation {name}"))
}

fn provider(value: &Value) -> ProviderId {
    ProviderId(whole(value) as u32)
}

fn params(given: &Value) -> Params {
    let mut params = Params::default();
    params.supply.decimals = 0;
    params.epoch_ticks = EPOCH;
    params.hour_ticks = EPOCH;
    params.appeal.deposit = Amount::new(10);
    params.emission.rule = EmissionRule::Fixed;
    params.emission.per_epoch = given.get("emission").map_or(Amount::ZERO, amount);
    params.split = SplitParams {
        performance: Ratio::ONE,
        commitment: Ratio::ZERO,
        treasury: Ratio::ZERO,
        growth: Ratio::ZERO,
        model: Ratio::ZERO,
        storage: Ratio::ZERO,
        data: Ratio::ZERO,
        innovation: Ratio::ZERO,
        engagement: Ratio::ZERO,
    };
    for controller in [&mut params.scaling.market, &mut params.scaling.staked] {
        controller.gain = Ratio::ZERO;
    }
    for (name, value) in given["params"].as_object().into_iter().flatten() {
        if let Some(rule) = value.as_str() {
            set_rule(&mut params, name, rule);
            continue;
        }
        let (count, share) = (whole(value) as u32, Ratio::from_percent(whole(value)));
        match name.as_str() {
            "downtime_allowance_percent" => params.ladder.downtime_allowance = [share; 3],
            "memory_half_life_epochs" => params.ladder.memory_half_life_epochs = count,
            "severe_at" => params.ladder.severe_at = count,
            "severe_suspension_epochs" => params.ladder.severe_suspension_epochs = count,
            "malicious_slash_percent" => params.ladder.malicious_slash = share,
            "malicious_jail_epochs" => params.ladder.malicious_jail_epochs = count,
            "correlation_gain_percent" => params.correlation.gain = share,
            "correlation_window_epochs" => params.correlation.window_epochs = count,
            "appeal_max_epochs" => params.appeal.max_epochs = count,
            "hold_epochs" => params.slash_release.hold_epochs = count,
            "recovery_epochs" => params.recovery.epochs = count,
            "unbonding_epochs" => params.bond.unbonding_epochs = count,
            _ => panic!("no parameter {name}"),
        }
    }
    for (name, change) in given["rows"].as_object().into_iter().flatten() {
        let row = MatrixRow {
            tombstone_at: whole(&change["tombstone_at"]) as u32,
            ..params.matrix_row(kind(name))
        };
        params.matrix.rows[kind(name) as usize] = Some(row);
    }
    params
}

fn set_rule(params: &mut Params, name: &str, rule: &str) {
    match (name, rule) {
        ("slash_order", "stake_alone") => params.ladder.slash_order = SlashOrder::StakeAlone,
        ("slash_order", "own_first") => params.ladder.slash_order = SlashOrder::OwnFirst,
        ("slash_order", "unbonding_first") => {
            params.ladder.slash_order = SlashOrder::UnbondingFirst;
        }
        ("correlation_rule", "add") => params.correlation.rule = CorrelationRule::Add,
        _ => panic!("no rule {name} {rule}"),
    }
}

/// A story as it goes on.
struct Stage {
    protocol: Protocol,
    now: Tick,
    people: BTreeMap<String, ParticipantId>,
    providers: u32,
    free_at_first: BTreeMap<String, Amount>,
    slashed: [Amount; ViolationKind::COUNT],
    violations: [u32; ViolationKind::COUNT],
    forfeited: Amount,
    warned: u64,
    reinstated: u64,
}

impl Stage {
    fn new(given: &Value) -> Stage {
        let list_price_usd = MoneyRate::per_hour(Money::from_usd(1));
        let group = GroupId(0);
        let kind = Kind {
            role: Role::Compute,
            is_new: false,
            group,
            list_price_usd,
        };
        let mut stage = Stage {
            protocol: Protocol::new(params(given), &[kind], 1).unwrap(),
            now: Tick(0),
            people: BTreeMap::new(),
            providers: 0,
            free_at_first: BTreeMap::new(),
            slashed: [Amount::ZERO; ViolationKind::COUNT],
            violations: [0; ViolationKind::COUNT],
            forfeited: Amount::ZERO,
            warned: 0,
            reinstated: 0,
        };
        let price = TokenPrice::from_nano_per_token(1_000_000_000);
        stage.run(Operation::ObservePrice { price }).unwrap();
        for name in ["a", "b", "c"] {
            stage.person(name);
        }
        for it in given["providers"].as_array().unwrap() {
            stage.open_provider(it);
        }
        for name in stage.people.keys() {
            stage.free_at_first.insert(name.clone(), stage.free(name));
        }
        stage
    }

    fn person(&mut self, name: &str) {
        let id = self.protocol.open_participant();
        self.people.insert(name.into(), id);
        let (to, amount) = (Account::Liquid(id), Amount::new(100_000));
        self.run(Operation::Genesis { to, amount }).unwrap();
    }

    fn open_provider(&mut self, given: &Value) {
        let provider = ProviderId(self.providers);
        let name = format!("o{}", provider.0);
        self.person(&name);
        self.providers += 1;
        let register = Operation::Register {
            owner: self.people[&name],
            kind: KindId(0),
            gpus: 1,
            tier: 0,
            commission: Ratio::ZERO,
        };
        self.run(register).unwrap();
        let amount = amount(&given["bond"]);
        self.run(Operation::Bond { provider, amount }).unwrap();
        for (name, value) in given["delegated"].as_object().into_iter().flatten() {
            let delegator = self.people[name];
            let amount = self::amount(value);
            let delegate = Operation::Delegate {
                delegator,
                provider,
                amount,
            };
            self.run(delegate).unwrap();
        }
    }

    fn run(&mut self, operation: Operation) -> Result<Outcome, Error> {
        self.protocol.apply(self.now, WHY, operation)
    }

    fn free(&self, name: &str) -> Amount {
        self.native(Account::Liquid(self.people[name]))
    }

    fn native(&self, account: Account) -> Amount {
        self.protocol.balance(Asset::Native, account)
    }

    fn close(&mut self) {
        self.now = Tick((u64::from(self.protocol.epoch()) + 1) * EPOCH);
        let summary = self.protocol.end_epoch(self.now, WHY).unwrap();
        assert_eq!(summary.audit_fault, None);
        for kind in ViolationKind::ALL {
            self.slashed[kind as usize] += summary.slashed[kind as usize];
            self.violations[kind as usize] += summary.violations[kind as usize];
        }
        self.forfeited += summary.forfeited;
    }

    /// Does one step of the story.
    fn take(&mut self, step: &Value) {
        if let Some(now) = step.get("now") {
            self.now = Tick(whole(now));
        } else if let Some(times) = step.get("close") {
            (0..whole(times)).for_each(|_| self.close());
        } else if let Some(expected) = step.get("check") {
            self.expect(expected);
        } else {
            let operation = self.operation(step);
            let result = self.run(operation);
            match step.get("error") {
                Some(error) => {
                    let refusal = format!("{:?}", result.expect_err("it is refused"));
                    assert!(refusal.starts_with(text(error)), "{refusal}");
                }
                None => drop(result.unwrap()),
            }
            assert_eq!(self.protocol.audit(), Ok(()));
        }
        for event in self.protocol.drain_events() {
            self.warned += u64::from(matches!(event, ProtocolEvent::Warned { .. }));
            self.reinstated += u64::from(matches!(event, ProtocolEvent::Reinstated { .. }));
        }
    }

    fn operation(&self, step: &Value) -> Operation {
        let (name, it) = step
            .as_object()
            .unwrap()
            .iter()
            .find(|(name, _)| {
                ![
                    "at",
                    "severity_parts",
                    "reporter",
                    "victim",
                    "loss",
                    "error",
                ]
                .contains(&name.as_str())
            })
            .unwrap();
        let person = |value: &Value| self.people[text(value)];
        let case = |value: &Value| CaseId(whole(value) as u32);
        match name.as_str() {
            "report" => Operation::ReportViolation {
                provider: provider(&it[0]),
                kind: kind(text(&it[1])),
                at: step.get("at").map_or(self.now, |at| Tick(whole(at))),
                reporter: step.get("reporter").map(person),
                victim: step.get("victim").map(person),
                loss: step.get("loss").map_or(Amount::ZERO, amount),
                severity: step
                    .get("severity_parts")
                    .map_or(Ratio::ONE, |parts| Ratio::from_parts(whole(parts))),
            },
            "measure" => Operation::RecordMeasurement {
                provider: provider(&it[0]),
                up: Ratio::from_percent(whole(&it[1])),
                jobs: whole(&it[2]) as u32,
                failed: whole(&it[3]) as u32,
                response: Ratio::ONE,
                rating: Ratio::ONE,
            },
            "bond" => Operation::Bond {
                provider: provider(&it[0]),
                amount: amount(&it[1]),
            },
            "unbond" => Operation::Unbond {
                provider: provider(&it[0]),
                amount: amount(&it[1]),
            },
            "delegate" => Operation::Delegate {
                delegator: person(&it[0]),
                provider: provider(&it[1]),
                amount: amount(&it[2]),
            },
            "undelegate" => Operation::Undelegate {
                delegator: person(&it[0]),
                provider: provider(&it[1]),
                amount: amount(&it[2]),
            },
            "redelegate" => Operation::Redelegate {
                delegator: person(&it[0]),
                from: provider(&it[1]),
                to: provider(&it[2]),
                amount: amount(&it[3]),
            },
            "transfer" => Operation::Transfer {
                from: person(&it[0]),
                to: person(&it[1]),
                amount: amount(&it[2]),
            },
            "exit" => Operation::Exit {
                provider: provider(it),
            },
            "unjail" => Operation::Unjail {
                provider: provider(it),
            },
            "appeal" => Operation::Appeal { case: case(it) },
            "resolve" => Operation::ResolveAppeal {
                case: case(&it[0]),
                is_upheld: it[1].as_bool().unwrap(),
            },
            _ => panic!("no operation {name}"),
        }
    }

    /// Holds everything that is expected against what is there.
    fn expect(&mut self, expected: &Value) {
        for (name, value) in expected.as_object().unwrap() {
            let found = self.found(name, value);
            assert_eq!(&found, value, "{name}");
        }
    }

    /// What the protocol says to an expectation, in the same form.
    fn found(&self, name: &str, value: &Value) -> Value {
        let number = |amount: Amount| -> Value { (amount.base_units() as u64).into() };
        let each = |of: &dyn Fn(ProviderId) -> Value| -> Value {
            (0..self.providers).map(|id| of(ProviderId(id))).collect()
        };
        let by_kind = |of: &dyn Fn(ViolationKind) -> Value| -> Value {
            let kinds = ViolationKind::ALL.into_iter();
            let some = kinds.filter(|kind| of(*kind) != 0);
            some.map(|kind| (kind.name().to_owned(), of(kind)))
                .collect()
        };
        let named = |of: &dyn Fn(&str) -> Value| -> Value {
            let names = value.as_object().unwrap().keys();
            names.map(|name| (name.clone(), of(name))).collect()
        };
        let system = |account| number(self.native(account));
        match name {
            "slashed" => by_kind(&|kind| number(self.slashed[kind as usize])),
            "violations" => by_kind(&|kind| self.violations[kind as usize].into()),
            "forfeited" => number(self.forfeited),
            "warned" => self.warned.into(),
            "reinstated" => self.reinstated.into(),
            "standing" => each(&|id| format!("{:?}", self.protocol.standing(id)).into()),
            "bonded" => each(&|id| number(self.protocol.bonded(id))),
            "delegated" => each(&|id| number(self.protocol.delegated(id))),
            "unbonding" => each(&|id| number(self.protocol.unbonding(id))),
            "may_take_jobs" => each(&|id| self.protocol.may_take_jobs(id).into()),
            "weight_percent" => each(&|id| self.weight_percent(id).into()),
            "stage" => each(&|id| match self.protocol.recovery_stage(id) {
                Some(stage) => format!("{stage:?}").into(),
                None => "none".into(),
            }),
            "gained" => named(&|name| {
                let units = |amount: Amount| amount.base_units() as i64;
                (units(self.free(name)) - units(self.free_at_first[name])).into()
            }),
            "unbonded" => named(&|name| system(Account::Unbonded(self.people[name]))),
            "insurance" => system(Account::Insurance),
            "treasury" => system(Account::Treasury),
            "escrow" => system(Account::SlashEscrow),
            "deposits" => system(Account::AppealDeposit),
            "burned" => number(self.protocol.tally(
                Asset::Native,
                Reason::SlashBurn,
                Scope::Lifetime,
            )),
            "open_cases" => self.protocol.open_cases().map(|(id, _)| id.0).collect(),
            _ => panic!("no expectation {name}"),
        }
    }

    /// Of the weight that its bond would have without a ramp.
    fn weight_percent(&self, id: ProviderId) -> u64 {
        let (list, full) = (24_000_000_000u128, 2_880);
        let collateral = self.protocol.bonded(id) + self.protocol.delegated(id);
        let covered = Ratio::of(collateral.base_units().min(full), full);
        let fifth = Ratio::from_percent(20);
        let factor = fifth.saturating_add(fifth.complement().times(covered));
        let whole = factor.mul_floor(Amount::new(list)).base_units();
        (self.protocol.weight(id) * 100 / whole) as u64
    }
}

fn run_all(cases: &str) {
    let cases: Vec<Value> = serde_json::from_str(cases).unwrap();
    assert!(cases.len() >= 10);
    for case in &cases {
        eprintln!("{}: {}", text(&case["name"]), text(&case["why"]));
        let mut stage = Stage::new(&case["given"]);
        for step in case["do"].as_array().unwrap() {
            stage.take(step);
        }
        stage.expect(&case["expect"]);
    }
}

macro_rules! worked {
    ($($test:ident = $file:literal,)*) => {
        $(
            #[test]
            fn $test() {
                run_all(include_str!(concat!("../cases/", $file, ".json")));
            }
        )*
    };
}

worked! {
    the_ladder_agrees_with_the_cases_worked_by_hand = "ladder",
    immediate_kinds_agree_with_the_cases_worked_by_hand = "immediate",
    scaled_kinds_agree_with_the_cases_worked_by_hand = "scaled",
    correlation_agrees_with_the_cases_worked_by_hand = "correlation",
    appeals_agree_with_the_cases_worked_by_hand = "appeal",
    recovery_agrees_with_the_cases_worked_by_hand = "recovery",
    exposure_agrees_with_the_cases_worked_by_hand = "slash_exposure",
    the_order_of_a_slash_agrees_with_the_cases_worked_by_hand = "slash_order",
    added_correlation_agrees_with_the_cases_worked_by_hand = "correlation_added",
    release_agrees_with_the_cases_worked_by_hand = "release",
}
