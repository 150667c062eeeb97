//! A seed gives random legal parameters and a stream of random operations; every named invariant holds after each one, a
//! refusal changes nothing, and nothing panics. Operations are decoded from bytes, so a new one takes part by itself.

use std::collections::BTreeMap;

use serde_json::Value;
use split_mix::Random;
use stakesim_protocol::*;

use crate::host::*;

/// Seeds of an ordinary run; the slow one takes more.
const SEEDS: u64 = 60;
const SEEDS_SLOW: u64 = 5_000;
/// Operations of a seed.
const OPERATIONS: u32 = 1_500;
const PEOPLE: u32 = 6;

/// How often each operation was done and refused, by name.
type Counts = BTreeMap<String, (u32, u32)>;

/// Multiplies, divides or replaces some of the numbers of a document.
fn mutate(value: &mut Value, random: &mut Random) {
    match value {
        Value::Object(fields) => fields.values_mut().for_each(|of| mutate(of, random)),
        Value::Array(items) => items.iter_mut().for_each(|of| mutate(of, random)),
        Value::Bool(flag) => *flag ^= random.below(4) == 0,
        Value::Number(number) if random.below(4) == 0 => {
            let now = number.as_u64().expect("whole numbers only");
            let next = match random.below(6) {
                0 => now / 2,
                1 => now.saturating_mul(2),
                2 => now / 10,
                3 => now.saturating_mul(10),
                4 => random.below(4),
                _ => random.below(now.saturating_add(2)),
            };
            *value = next.into();
        }
        _ => {}
    }
}

/// Legal parameters: each table of the defaults with some of its numbers changed, where the whole stays legal.
fn params(random: &mut Random) -> Params {
    let mut begin = Params::default();
    begin.fees.provider = units::Ratio::from_percent(70);
    begin.fees.verification = units::Ratio::from_percent(10);
    begin.fees.sharing = [FeeSharing::Owner, FeeSharing::AsRewards][random.below(2) as usize];
    let rules = [StorageScore::Mean, StorageScore::Proofs];
    begin.score.storage = rules[random.below(2) as usize];
    begin.ladder.slash_order = [
        SlashOrder::Proportional,
        SlashOrder::StakeAlone,
        SlashOrder::OwnFirst,
        SlashOrder::UnbondingFirst,
    ][random.below(4) as usize];
    begin.correlation.rule =
        [CorrelationRule::Multiply, CorrelationRule::Add][random.below(2) as usize];
    let mut legal = serde_json::to_value(begin).expect("parameters are plain data");
    let tables: Vec<String> = legal
        .as_object()
        .expect("a table")
        .keys()
        .cloned()
        .collect();
    for table in tables {
        for _ in 0..6 {
            let mut tried = legal.clone();
            mutate(&mut tried[&table], random);
            let read = serde_json::from_value::<Params>(tried.clone());
            if read.is_ok_and(|params| params.check().is_ok()) {
                legal = tried;
                break;
            }
        }
    }
    let mut params: Params = serde_json::from_value(legal).expect("checked above");
    // Terms of a few epochs, so that a stream of this length sees their ends.
    params.bond.unbonding_epochs = 1 + params.bond.unbonding_epochs % 4;
    params.slash_release.hold_epochs %= 4;
    params.ladder.malicious_jail_epochs = 1 + params.ladder.malicious_jail_epochs % 3;
    if random.below(3) == 0 {
        params.bond.asset = Asset::Stable;
    }
    params
}

/// A number as postcard writes it: often a small one, such as an id, sometimes any.
fn field(into: &mut Vec<u8>, random: &mut Random) {
    let value = match random.below(20) {
        0..6 => random.below(2),
        6..12 => random.below(u64::from(PEOPLE) + 1),
        12..14 => random.below(1 << 14),
        14..19 => random.next() >> (14 + random.below(31)),
        _ => random.next(),
    };
    let mut rest = value;
    while rest >= 0x80 {
        into.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    into.push(rest as u8);
}

/// A random operation, of a random kind with random fields.
fn operation(random: &mut Random, kinds: u64) -> Option<Operation> {
    let mut bytes = Vec::new();
    bytes.push(random.below(kinds) as u8);
    for _ in 0..12 {
        field(&mut bytes, random);
    }
    postcard::from_bytes(&bytes).ok()
}

/// A report of something that has just happened, half of the time: a random moment is nearly always too long ago. Likewise the
/// verdict on an appeal that is open, and the return of somebody who is set aside.
fn timely(operation: Operation, host: &Host, random: &mut Random) -> Operation {
    match operation {
        Operation::ReportViolation {
            provider,
            kind,
            reporter,
            victim,
            loss,
            severity,
            ..
        } if random.below(2) == 0 => Operation::ReportViolation {
            provider,
            kind,
            at: host.now,
            reporter,
            victim,
            loss,
            severity,
        },
        Operation::ResolveAppeal { is_upheld, .. } if random.below(2) == 0 => {
            let appealed = |(_, case): &(CaseId, &Case)| matches!(case.appeal, Appeal::Open { .. });
            match host.protocol.open_cases().find(appealed) {
                Some((case, _)) => Operation::ResolveAppeal { case, is_upheld },
                None => operation,
            }
        }
        Operation::Unjail { .. } if random.below(2) == 0 => {
            let may_return = |id: &ProviderId| {
                let standing = host.protocol.standing(*id);
                let is_out = matches!(standing, Standing::Suspended | Standing::Jailed);
                let unjail = Operation::Unjail { provider: *id };
                is_out && host.protocol.clone().apply(host.now, WHY, unjail).is_ok()
            };
            match (0..PEOPLE).map(ProviderId).find(may_return) {
                Some(provider) => Operation::Unjail { provider },
                None => operation,
            }
        }
        // Nobody comes back from an exit, and a stream that asks as often for it as for all else soon has nobody left.
        Operation::Exit { provider } if random.below(8) > 0 => Operation::ReportViolation {
            provider,
            kind: ViolationKind::ALL[random.below(ViolationKind::COUNT as u64) as usize],
            at: host.now,
            reporter: None,
            victim: None,
            loss: units::Amount::ZERO,
            severity: units::Ratio::ONE,
        },
        Operation::HaltTrading if random.below(4) > 0 => Operation::ResumeTrading,
        other => other,
    }
}

/// What only a close makes possible, asked for soon after one: somebody's way back, and what a vote has decided.
fn after_a_close(random: &mut Random) -> Vec<Operation> {
    let provider = ProviderId(random.below(u64::from(PEOPLE)) as u32);
    let proposal = ProposalId(random.below(4) as u32);
    vec![
        Operation::Unjail { provider },
        Operation::Execute { proposal },
    ]
}

/// How many kinds of operation there are: the first number that names none.
fn kinds() -> u64 {
    let names_one = |kind: &u64| {
        let mut bytes = [0; 64];
        bytes[0] = *kind as u8;
        postcard::from_bytes::<Operation>(&bytes).is_ok()
    };
    (0..=127).take_while(names_one).count() as u64
}

fn network(random: &mut Random) -> Host {
    let kind = |role| Kind {
        role,
        is_new: random.below(2) == 0,
        ..dollar_an_hour()
    };
    let roles = [Role::Compute, Role::Storage, Role::Verifier, Role::Operator];
    let kinds = roles.map(kind);
    let mut host = Host::with_kinds(params(random), &kinds);
    for _ in 0..PEOPLE {
        host.participant(0);
    }
    let supply = host.protocol.params().supply.max.base_units();
    for person in 0..PEOPLE {
        let amount = units::Amount::new(supply / 16);
        let to = Account::Liquid(ParticipantId(person));
        // A supply of nothing is legal, and then nobody has anything.
        let _ = host.attempt(Operation::Genesis { to, amount });
        let participant = ParticipantId(person);
        host.run(Operation::DepositStable {
            participant,
            amount: units::Amount::new(1 << 60),
        });
    }
    for person in 0..PEOPLE {
        let register = Operation::Register {
            owner: ParticipantId(person),
            kind: KindId(person as u16 % 4),
            gpus: 1 + person,
            tier: person as u8 % 3,
            commission: units::Ratio::from_percent(10),
        };
        let Outcome::Registered(provider) = host.run(register) else {
            unreachable!("registering answers with the provider")
        };
        if let Some(amount) = host.protocol.bond_min(provider) {
            let _ = host.attempt(Operation::Bond { provider, amount });
        }
    }
    host
}

fn swarm(seed: u64, counts: &mut Counts) {
    let mut random = Random::new(seed);
    let mut host = network(&mut random);
    let kinds = kinds();
    let mut due = Vec::new();
    for step in 0..OPERATIONS {
        let told = || format!("seed {seed}, step {step}");
        if random.below(40) == 0 {
            let closed = host.protocol.end_epoch(host.now, WHY).unwrap();
            assert_eq!(closed.audit_fault, None, "{}, a close", told());
            host.now.0 += random.below(DAY);
            // Most random jobs fit no kind, group and region; one that does gives the others something to act on.
            let customer = ParticipantId(random.below(u64::from(PEOPLE)) as u32);
            let _ = host.attempt(Operation::OpenJob {
                customer,
                group: GroupId(0),
                kind: KindId(0),
                escrow: units::Amount::new(u128::from(random.below(1 << 40))),
                region: 0,
                priority: 0,
            });
            due = after_a_close(&mut random);
            continue;
        }
        let Some(operation) = due.pop().or_else(|| operation(&mut random, kinds)) else {
            continue;
        };
        let operation = timely(operation, &host, &mut random);
        let before = bytes(&host.protocol);
        let result = host.attempt(operation);
        let audited = host.protocol.audit();
        assert_eq!(audited, Ok(()), "{}: {operation:?}", told());
        let name = format!("{operation:?}");
        let name = name.split([' ', '{', '(']).next().unwrap_or_default();
        let count = counts.entry(name.to_owned()).or_default();
        match result {
            Ok(_) => count.0 += 1,
            Err(_) => {
                count.1 += 1;
                let after = bytes(&host.protocol);
                assert!(before == after, "{}: {operation:?} was refused", told());
            }
        }
    }
}

#[test]
fn every_invariant_holds_after_every_operation_whatever_the_parameters() {
    let mut counts = Counts::new();
    (0..SEEDS).for_each(|seed| swarm(seed, &mut counts));
    let one_sided: Vec<_> = counts
        .iter()
        .filter(|(_, (done, refused))| *done == 0 || *refused == 0)
        .collect();
    assert!(one_sided.is_empty(), "{one_sided:?}");
    assert_eq!(counts.len() as u64, kinds(), "{counts:?}");
}

#[test]
#[ignore = "slow: thousands of seeds"]
fn every_invariant_holds_over_thousands_of_seeds() {
    let mut counts = Counts::new();
    (0..SEEDS_SLOW).for_each(|seed| swarm(seed, &mut counts));
    println!("{counts:#?}");
}

mod split_mix {
    /// SplitMix64 (Steele, Lea, Flood 2014): the tests of this crate depend on no other room.
    pub struct Random(u64);

    impl Random {
        pub fn new(seed: u64) -> Random {
            Random(seed)
        }

        pub fn next(&mut self) -> u64 {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = self.0;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            mixed ^ (mixed >> 31)
        }

        /// Below a bound above zero.
        pub fn below(&mut self, bound: u64) -> u64 {
            self.next() % bound
        }
    }
}
