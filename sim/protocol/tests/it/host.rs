//! A small host: one kind of GPU that rents for a token an hour, so that arithmetic can be done by hand.

use stakesim_protocol::*;
use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};

pub const DAY: u64 = 86_400;
pub const HOUR_NS: u64 = 3_600_000_000_000;
pub const WHY: Cause = Cause(7);
/// One dollar a token, and a dollar an hour a GPU: the minimum bond is 30 · 24 = 720 tokens a GPU.
pub const DOLLAR: TokenPrice = TokenPrice::from_nano_per_token(1_000_000_000);

pub fn token(count: u64) -> Amount {
    Amount::from_tokens(count, 9)
}

pub fn dollar_an_hour() -> Kind {
    Kind {
        group: GroupId(0),
        list_price_usd: MoneyRate::per_hour(Money::from_usd(1)),
        role: Role::Compute,
        is_new: false,
    }
}

/// A protocol with its time.
pub struct Host {
    pub protocol: Protocol,
    pub now: Tick,
}

impl Host {
    pub fn new(params: Params) -> Host {
        Host::with_kinds(params, &[dollar_an_hour()])
    }

    pub fn with_kinds(params: Params, kinds: &[Kind]) -> Host {
        let protocol = Protocol::new(params, kinds, 1).unwrap();
        let mut host = Host {
            protocol,
            now: Tick(0),
        };
        host.run(Operation::ObservePrice { price: DOLLAR });
        host
    }

    pub fn attempt(&mut self, operation: Operation) -> Result<Outcome, Error> {
        self.protocol.apply(self.now, WHY, operation)
    }

    #[track_caller]
    pub fn run(&mut self, operation: Operation) -> Outcome {
        self.attempt(operation).unwrap()
    }

    /// Somebody with free tokens.
    pub fn participant(&mut self, tokens: u64) -> ParticipantId {
        let id = self.protocol.open_participant();
        if tokens > 0 {
            self.run(Operation::Genesis {
                to: Account::Liquid(id),
                amount: token(tokens),
            });
        }
        id
    }

    /// A registered provider without a bond.
    pub fn register(&mut self, owner: ParticipantId, gpus: u32, commission: u64) -> ProviderId {
        let commission = Ratio::from_percent(commission);
        let register = Operation::Register {
            owner,
            kind: KindId(0),
            gpus,
            tier: 0,
            commission,
        };
        let Outcome::Registered(id) = self.run(register) else {
            panic!("no provider")
        };
        id
    }

    /// A provider of one GPU with a self-bond.
    pub fn provider(&mut self, bond: u64) -> (ParticipantId, ProviderId) {
        let owner = self.participant(bond + 10_000);
        let id = self.register(owner, 1, 20);
        self.run(Operation::Bond {
            provider: id,
            amount: token(bond),
        });
        (owner, id)
    }

    #[track_caller]
    pub fn close(&mut self) -> EpochSummary {
        self.now = Tick((u64::from(self.protocol.epoch()) + 1) * DAY);
        let summary = self.protocol.end_epoch(self.now, WHY).unwrap();
        assert_eq!(summary.audit_fault, None);
        summary
    }

    pub fn close_times(&mut self, epochs: u32) {
        for _ in 0..epochs {
            self.close();
        }
    }

    pub fn measure(&mut self, provider: ProviderId, up: u64) {
        self.run(Operation::RecordMeasurement {
            provider,
            up: Ratio::from_percent(up),
            jobs: 0,
            failed: 0,
            response: Ratio::ONE,
            rating: Ratio::ONE,
        });
    }

    pub fn report(&mut self, provider: ProviderId, kind: ViolationKind, at: Tick) {
        let loss = Amount::ZERO;
        self.run(Operation::ReportViolation {
            provider,
            kind,
            at,
            reporter: None,
            victim: None,
            loss,
            severity: Ratio::ONE,
        });
    }

    pub fn liquid(&self, id: ParticipantId) -> Amount {
        self.protocol.balance(Asset::Native, Account::Liquid(id))
    }

    pub fn events(&mut self) -> Vec<ProtocolEvent> {
        self.protocol.drain_events().collect()
    }
}

/// The state's bytes.
pub fn bytes(protocol: &Protocol) -> Vec<u8> {
    postcard::to_allocvec(protocol).unwrap()
}
