//! Open jobs: a slab of slots that are used again, so that opening and closing allocates nothing. It holds the split of
//! the job escrow among jobs; the money itself is one ledger account.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use units::Amount;

use crate::error::Error;
use crate::ids::{JobId, KindId, ParticipantId};

/// An open job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Job {
    pub(crate) customer: ParticipantId,
    pub(crate) kind: KindId,
    /// What is left in escrow.
    pub(crate) escrow: Amount,
    /// Base units per GPU-hour.
    pub(crate) rate: Amount,
    pub(crate) region: u8,
    pub(crate) priority: u8,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Slot {
    generation: u32,
    job: Option<Job>,
}

/// The slab.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Jobs {
    slots: Vec<Slot>,
    free: Vec<u32>,
}

impl Jobs {
    #[inline]
    pub(crate) fn insert(&mut self, job: Job) -> JobId {
        if let Some(index) = self.free.pop() {
            let slot = &mut self.slots[index as usize];
            slot.job = Some(job);
            return JobId::new(index, slot.generation);
        }
        let index = u32::try_from(self.slots.len()).expect("fewer than 2^32 open jobs");
        self.slots.push(Slot {
            generation: 0,
            job: Some(job),
        });
        JobId::new(index, 0)
    }

    #[inline]
    pub(crate) fn job(&self, id: JobId) -> Result<&Job, Error> {
        match self.slots.get(id.slot()) {
            Some(Slot {
                generation,
                job: Some(job),
            }) if *generation == id.generation() => Ok(job),
            _ => Err(Error::UnknownJob),
        }
    }

    #[inline]
    pub(crate) fn job_mut(&mut self, id: JobId) -> Result<&mut Job, Error> {
        match self.slots.get_mut(id.slot()) {
            Some(Slot {
                generation,
                job: Some(job),
            }) if *generation == id.generation() => Ok(job),
            _ => Err(Error::UnknownJob),
        }
    }

    #[inline]
    pub(crate) fn remove(&mut self, id: JobId) -> Result<Job, Error> {
        let slot = self.slots.get_mut(id.slot()).ok_or(Error::UnknownJob)?;
        if slot.generation != id.generation() {
            return Err(Error::UnknownJob);
        }
        let job = slot.job.take().ok_or(Error::UnknownJob)?;
        // A slot whose generations are used up is left out for good, so that no id ever names two jobs.
        if let Some(next) = slot.generation.checked_add(1) {
            slot.generation = next;
            self.free.push(id.slot() as u32);
        }
        Ok(job)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Job> {
        self.slots.iter().filter_map(|slot| slot.job.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(escrow: u128) -> Job {
        Job {
            customer: ParticipantId(0),
            kind: KindId(0),
            escrow: Amount::new(escrow),
            rate: Amount::new(1),
            region: 0,
            priority: 0,
        }
    }

    #[test]
    fn an_old_id_does_not_open_the_slot_s_next_job() {
        let mut jobs = Jobs::default();
        let first = jobs.insert(job(1));
        jobs.remove(first).unwrap();
        let second = jobs.insert(job(2));
        assert_eq!(first.slot(), second.slot());
        assert_eq!(jobs.job(first), Err(Error::UnknownJob));
        assert_eq!(jobs.remove(first), Err(Error::UnknownJob));
        assert_eq!(jobs.job(second).unwrap().escrow, Amount::new(2));
    }
}
