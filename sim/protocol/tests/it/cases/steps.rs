//! What a case does: operations by name, waiting, closing epochs, and looking in between.

use serde_json::Value;
use stakesim_protocol::*;
use units::{Amount, Quantity, Ratio, TokenPrice};

use super::{Play, WHY};

const HOUR_NS: u64 = 3_600_000_000_000;

/// Somebody and something that there is not.
const NOBODY: ParticipantId = ParticipantId(u32::MAX);
const NOWHERE: ProviderId = ProviderId(u32::MAX);
const NO_JOB: JobId = JobId(u64::MAX);

impl Play {
    /// Does one step and compares what it answers.
    pub fn take(&mut self, step: &Value) -> Result<(), String> {
        match step["op"].as_str().unwrap() {
            "wait" => {
                self.now += step["ticks"].as_u64().unwrap();
                Ok(())
            }
            "close" => {
                for _ in 0..step["times"].as_u64().unwrap() {
                    self.close()?;
                }
                Ok(())
            }
            "check" => self.expect(step),
            _ => self.operate(step),
        }
    }

    fn close(&mut self) -> Result<(), String> {
        let length = self.protocol.params().epoch_ticks;
        let end = (u64::from(self.protocol.epoch()) + 1) * length;
        self.now = self.now.max(end);
        let summary = self.protocol.end_epoch(Tick(self.now), WHY).unwrap();
        let fault = summary.audit_fault;
        self.summary = Some(summary);
        fault.map_or(Ok(()), |fault| Err(fault.to_string()))
    }

    fn operate(&mut self, step: &Value) -> Result<(), String> {
        let operation = self.operation(step);
        let result = self.protocol.apply(Tick(self.now), WHY, operation);
        match (step["fails"].as_str(), result) {
            (None, Ok(outcome)) => {
                match (step["as"].as_str(), &outcome) {
                    (Some(name), Outcome::JobOpened(job)) => {
                        self.jobs.insert(name.to_owned(), *job);
                    }
                    (Some(name), Outcome::Registered(provider)) => {
                        self.providers.insert(name.to_owned(), *provider);
                    }
                    _ => {}
                }
                compare(&step["gives"], &outcome)
            }
            (Some(error), Err(found)) => {
                let found = format!("{found:?}");
                let name = found.split([' ', '(']).next().unwrap();
                let same = error == found || error == name;
                same.then_some(()).ok_or(format!("failed with {found}"))
            }
            (_, found) => Err(format!("{found:?}")),
        }
    }

    fn operation(&self, step: &Value) -> Operation {
        let stake = self.stake_operation(step);
        stake
            .or_else(|| self.job_operation(step))
            .unwrap_or_else(|| panic!("no operation {step}"))
    }

    fn provider(&self, step: &Value, key: &str) -> ProviderId {
        let name = step[key].as_str().unwrap();
        self.providers.get(name).copied().unwrap_or(NOWHERE)
    }

    fn person(&self, step: &Value, key: &str) -> ParticipantId {
        let name = step[key].as_str().unwrap();
        self.people.get(name).copied().unwrap_or(NOBODY)
    }

    fn stake_operation(&self, step: &Value) -> Option<Operation> {
        let amount = || amount(step, "amount");
        let provider = || self.provider(step, "provider");
        let delegator = || self.person(step, "delegator");
        let participant = || self.person(step, "participant");
        Some(match step["op"].as_str().unwrap() {
            "bond" => Operation::Bond {
                provider: provider(),
                amount: amount(),
            },
            "top_up" => Operation::TopUp {
                provider: provider(),
                amount: amount(),
            },
            "unbond" => Operation::Unbond {
                provider: provider(),
                amount: amount(),
            },
            "exit" => Operation::Exit {
                provider: provider(),
            },
            "withdraw" => Operation::Withdraw {
                participant: participant(),
            },
            "set_commission" => {
                let commission = Ratio::parse(step["commission"].as_str().unwrap()).unwrap();
                Operation::SetCommission {
                    provider: provider(),
                    commission,
                }
            }
            "delegate" => Operation::Delegate {
                delegator: delegator(),
                provider: provider(),
                amount: amount(),
            },
            "undelegate" => Operation::Undelegate {
                delegator: delegator(),
                provider: provider(),
                amount: amount(),
            },
            "redelegate" => {
                let (from, to) = (self.provider(step, "from"), self.provider(step, "to"));
                Operation::Redelegate {
                    delegator: delegator(),
                    from,
                    to,
                    amount: amount(),
                }
            }
            "user_stake" => Operation::UserStake {
                participant: participant(),
                amount: amount(),
            },
            "user_unstake" => Operation::UserUnstake {
                participant: participant(),
                amount: amount(),
            },
            "report" => self.report(step, provider()),
            "deposit" => Operation::DepositStable {
                participant: participant(),
                amount: amount(),
            },
            "redeem" => Operation::RedeemStable {
                participant: participant(),
                amount: amount(),
            },
            "appeal" => Operation::Appeal { case: CaseId(0) },
            "uphold" => Operation::ResolveAppeal {
                case: CaseId(0),
                is_upheld: true,
            },
            "measure" => measure(step, provider()),
            "claim_delegation" => Operation::ClaimDelegation {
                delegator: delegator(),
                provider: provider(),
            },
            "claim" => Operation::Claim {
                provider: provider(),
            },
            "register" => {
                let commission = Ratio::ZERO;
                let (kind, gpus, tier) = (KindId(0), 1, 0);
                Operation::Register {
                    owner: participant(),
                    kind,
                    gpus,
                    tier,
                    commission,
                }
            }
            _ => return None,
        })
    }

    fn job_operation(&self, step: &Value) -> Option<Operation> {
        let small = |key: &str| step[key].as_u64().unwrap_or(0) as u8;
        let (group, kind) = (GroupId(0), KindId(0));
        let provider = || self.provider(step, "provider");
        let job = || {
            let name = step["job"].as_str().unwrap();
            self.jobs.get(name).copied().unwrap_or(NO_JOB)
        };
        Some(match step["op"].as_str().unwrap() {
            "open_job" => {
                let (customer, escrow) = (self.person(step, "customer"), amount(step, "escrow"));
                let (region, priority) = (small("region"), small("priority"));
                Operation::OpenJob {
                    customer,
                    group,
                    kind,
                    escrow,
                    region,
                    priority,
                }
            }
            "fund_job" => Operation::FundJob {
                job: job(),
                amount: amount(step, "amount"),
            },
            "settle_job" => {
                let hours = || step["hours"].as_u64().unwrap() * HOUR_NS;
                let usage = step["ns"].as_u64().unwrap_or_else(hours);
                Operation::SettleJob {
                    job: job(),
                    provider: provider(),
                    usage,
                }
            }
            "close_job" => Operation::CloseJob { job: job() },
            "fail_job" => {
                let (loss, is_fault) = (amount(step, "loss"), step["is_fault"].as_bool().unwrap());
                Operation::FailJob {
                    job: job(),
                    provider: provider(),
                    loss,
                    is_fault,
                }
            }
            "load" => {
                let [busy, capacity] = ["busy", "capacity"].map(|key| step[key].as_u64().unwrap());
                Operation::ObserveLoad {
                    group,
                    busy,
                    capacity,
                }
            }
            "price" => {
                let price = TokenPrice::parse(step["price"].as_str().unwrap()).unwrap();
                Operation::ObservePrice { price }
            }
            _ => return None,
        })
    }

    fn report(&self, step: &Value, provider: ProviderId) -> Operation {
        let mut kinds = ViolationKind::ALL.into_iter();
        let kind = kinds
            .find(|kind| step["kind"] == format!("{kind:?}"))
            .unwrap();
        let at = Tick(step["at"].as_u64().unwrap());
        let loss = Amount::new(u128::from(step["loss"].as_u64().unwrap_or(0)));
        let named = |key: &str| step[key].as_str().map(|_| self.person(step, key));
        Operation::ReportViolation {
            severity: units::Ratio::ONE,
            provider,
            kind,
            at,
            reporter: named("reporter"),
            victim: named("victim"),
            loss,
        }
    }
}

/// Up all the time and at every benchmark, with so many `jobs` of which so many `failed`.
fn measure(step: &Value, provider: ProviderId) -> Operation {
    let [jobs, failed] = ["jobs", "failed"].map(|key| step[key].as_u64().unwrap_or(0) as u32);
    Operation::RecordMeasurement {
        provider,
        up: Ratio::ONE,
        jobs,
        failed,
        response: Ratio::ONE,
        rating: Ratio::ONE,
    }
}

fn amount(step: &Value, key: &str) -> Amount {
    Amount::new(u128::from(step[key].as_u64().unwrap()))
}

/// The named numbers of an outcome that a step lists.
fn compare(wanted: &Value, outcome: &Outcome) -> Result<(), String> {
    let all = |named: &[(&str, Amount)]| -> Vec<(String, Value)> {
        let number = |amount: &Amount| Value::from(amount.base_units() as u64);
        named
            .iter()
            .map(|(name, amount)| ((*name).to_owned(), number(amount)))
            .collect()
    };
    let mut found = match *outcome {
        Outcome::Unbonding { amount, .. } | Outcome::Redelegated { amount, .. } => {
            all(&[("amount", amount)])
        }
        Outcome::Withdrawn(amount) | Outcome::Claimed(amount) => all(&[("amount", amount)]),
        Outcome::Settled {
            gross,
            rebate,
            provider,
            platform,
            treasury,
            insurance,
            burned,
            verification,
            delegators,
            held,
        } => all(&[
            ("gross", gross),
            ("rebate", rebate),
            ("provider", provider),
            ("platform", platform),
            ("treasury", treasury),
            ("insurance", insurance),
            ("burned", burned),
            ("verification", verification),
            ("delegators", delegators),
            ("held", held),
        ]),
        Outcome::Closed { refund } => all(&[("refund", refund)]),
        Outcome::Failed { refund, payout } => all(&[("refund", refund), ("payout", payout)]),
        Outcome::Priced(multiplier) => {
            vec![("multiplier".to_owned(), multiplier.to_string().into())]
        }
        _ => Vec::new(),
    };
    if let Outcome::Unbonding { epoch, .. } | Outcome::Redelegated { epoch, .. } = *outcome {
        found.push(("epoch".to_owned(), epoch.into()));
    }
    for (name, value) in wanted.as_object().into_iter().flatten() {
        if !found.contains(&(name.clone(), value.clone())) {
            return Err(format!("wanted {name} {value}, found {found:?}"));
        }
    }
    Ok(())
}
