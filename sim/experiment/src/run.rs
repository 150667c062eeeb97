//! The main path of a run. It fits one screen and names every room once; nothing here knows a file or a format.

use protocol::AuditFault;
use world::config::Inputs;
use world::event::EventClass;
use world::observe::Observer;
use world::{Ending, World};

/// When the protocol is audited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Audit {
    /// At the close of every epoch.
    #[default]
    Epoch,
    /// At the end of the run only.
    End,
}

/// Why a run did not reach its horizon.
#[derive(Clone, Debug, PartialEq)]
pub enum Stopped {
    /// The observer asked to stop at an epoch boundary.
    Interrupted,
    /// Somebody wanted to buy more coins than the market holds.
    MarketDry {
        /// Epoch that had just closed.
        epoch: u32,
    },
    /// An invariant of the protocol did not hold: a bug.
    Broken {
        /// Epoch that had just closed.
        epoch: u32,
        /// The invariant.
        fault: AuditFault,
    },
}

/// Runs a checked scenario with a seed and tells an observer what happens.
///
/// Same inputs and seed give the same [`Ending`] on any machine, in any build profile, whatever is observed.
///
/// # Errors
/// When the observer asks to stop, or an audit fails.
pub fn run(
    inputs: &Inputs,
    seed: u64,
    audit: Audit,
    observer: &mut impl Observer,
) -> Result<Ending, Stopped> {
    let mut world = World::new(inputs, seed, observer);
    while let Some(event) = world.pop() {
        world.handle(event);
        if EventClass::of(event.class) == EventClass::EpochClose {
            let is_last = world.now() == world.end();
            if audit == Audit::Epoch || is_last {
                let epoch = world.epoch() - 1;
                world
                    .audit()
                    .map_err(|fault| Stopped::Broken { epoch, fault })?;
            }
            if world.is_market_dry() {
                return Err(Stopped::MarketDry {
                    epoch: world.epoch() - 1,
                });
            }
            world.tell(observer);
            if observer.progress(world.now(), world.events()).is_break() && !is_last {
                return Err(Stopped::Interrupted);
            }
        }
    }
    Ok(world.finish(observer))
}
