//! Nodes fail and come back. The simulator knows at once; the network learns it at the next health check, or when the node
//! itself reports back, and only then moves the work.

use units::Span;

use crate::event::EventClass;
use crate::gang::{Member, round_length};
use crate::job::Phase;
use crate::node::{NONE, Node};
use crate::purpose;
use crate::roles::place_of;
use crate::world::World;

impl World<'_> {
    /// Schedules the end of the spell that a node is in.
    pub(crate) fn schedule_spell(&mut self, node: u32) {
        let key = self.state.fleet.node_key(node);
        let of_node = &self.state.fleet.nodes[node as usize];
        let owner = self.state.fleet.owner_of(node);
        let [up, down] = match place_of(&self.inputs.config, owner.kind) {
            Some(place) => &self.setup.role_spells[place],
            None => &self.setup.spells[owner.class as usize],
        };
        let (lengths, purpose, event) = if of_node.is_up {
            (up, purpose::SPELL_UP, EventClass::NodeDown)
        } else {
            (down, purpose::SPELL_DOWN, EventClass::NodeUp)
        };
        let u = self
            .setup
            .draws
            .unit(purpose, key, u64::from(of_node.spell));
        let at = self.state.engine.now() + lengths.at(u);
        if at < self.end() {
            self.state.engine.schedule(event.class(), node, at);
        }
    }

    /// A node fails.
    pub(crate) fn node_down(&mut self, node: u32) {
        let now = self.state.engine.now();
        for slot in self.state.fleet.nodes[node as usize].distinct_jobs() {
            self.stop_on(slot, node);
        }
        self.state.fleet.fail(node, now);
        self.schedule_spell(node);
    }

    /// A node comes back; if nobody had noticed that it was gone, it says so itself.
    pub(crate) fn node_up(&mut self, node: u32) {
        let now = self.state.engine.now();
        if self.state.fleet.nodes[node as usize].is_unseen {
            self.detect(node);
        }
        self.state.fleet.nodes[node as usize].spell += 1;
        self.state.fleet.recover(node, now);
        self.schedule_spell(node);
        let Node { kind, provider, .. } = self.state.fleet.nodes[node as usize];
        if self.is_compute(provider) {
            self.dispatch_kind(kind);
        }
    }

    /// What a job loses when one of its nodes stops.
    fn stop_on(&mut self, slot: u32, node: u32) {
        let provider = self.state.fleet.nodes[node as usize].provider;
        self.state.fleet.providers[provider as usize].interrupted += 1;
        if self.state.jobs[slot].gang == NONE {
            let now = self.integrate_job(slot);
            let is_kept = self.is_checkpoint_kept(self.state.jobs[slot].id);
            let job = &mut self.state.jobs[slot];
            job.holds = 0;
            let gpus = u128::from(job.gpus);
            let lost = job.roll_back(now, is_kept);
            self.lose(slot, u128::from(lost.ns()) * gpus);
            self.schedule_end(slot);
        } else {
            self.stop_member(slot, node);
        }
    }

    /// A gang loses a member: by local SGD the others go on, a synchronous gang stands still.
    fn stop_member(&mut self, slot: u32, node: u32) {
        let now = self.integrate_job(slot);
        let job = &self.state.jobs[slot];
        let index = job.gang;
        let survives = job.template().is_some() && self.state.gangs[index].spans_providers();
        let place = self.state.gangs[index]
            .members
            .iter()
            .position(|member| member.node == node)
            .expect("the node is a member");
        let gpus = self.state.gangs[index].members[place].gpus;
        if job.phase == Phase::Running && survives {
            self.state.gangs[index].members[place].integrate(now);
            self.go_on_without(slot, place);
        } else if job.phase == Phase::Running {
            self.stand_still(slot);
        }
        self.state.gangs[index].members[place].works = false;
        let job = &mut self.state.jobs[slot];
        job.holds -= u32::from(gpus);
        if survives && job.phase == Phase::Running {
            self.set_speed(slot);
            self.schedule_end(slot);
        }
    }

    /// Local SGD: what was exchanged stays, and only the lost member's part of the running round is gone.
    fn go_on_without(&mut self, slot: u32, place: usize) {
        let now = self.state.engine.now();
        let job = &mut self.state.jobs[slot];
        let progress = job.progress(now);
        job.done += progress;
        let elapsed = now.saturating_sub(job.from);
        job.from = job.from.max(now);
        let gang = &mut self.state.gangs[job.gang];
        let template = job.template().expect("only templates train by local SGD");
        let fit = self
            .setup
            .fits
            .on(template, job.kind)
            .expect("it was placed on this kind");
        let round = round_length(&self.inputs.config, fit, job.speed, gang.working())
            .ns()
            .max(1);
        let member = &mut gang.members[place];
        let lost = (elapsed.ns() % round * u64::from(member.gpus)).min(member.unpaid_ns);
        member.unpaid_ns -= lost;
        self.lose(slot, u128::from(lost));
    }

    /// A synchronous gang rolls back to its last checkpoint and waits for detection; nobody is paid for lost work.
    fn stand_still(&mut self, slot: u32) {
        let now = self.state.engine.now();
        let is_kept = self.is_checkpoint_kept(self.state.jobs[slot].id);
        let job = &mut self.state.jobs[slot];
        let lost = job.roll_back(now, is_kept);
        let wall = u128::from(lost.ns()) * u128::from(crate::job::FULL_SPEED)
            / u128::from(job.speed.max(1));
        let gang = &mut self.state.gangs[job.gang];
        let mut lost_ns = 0;
        for member in &mut gang.members {
            member.integrate(now);
            member.works = false;
            let part = u64::try_from(wall * u128::from(member.gpus))
                .unwrap_or(u64::MAX)
                .min(member.unpaid_ns);
            member.unpaid_ns -= part;
            lost_ns += u128::from(part);
        }
        self.lose(slot, lost_ns);
        self.schedule_end(slot);
    }

    /// The network notices that a node is gone, and moves its work.
    pub(crate) fn detect(&mut self, node: u32) {
        self.state.fleet.nodes[node as usize].is_unseen = false;
        for slot in self.state.fleet.nodes[node as usize].distinct_jobs() {
            self.move_away(slot);
        }
    }

    /// Moves a job off nodes that no longer serve.
    fn move_away(&mut self, slot: u32) {
        let now = self.state.engine.now();
        if self.state.jobs[slot].gang != NONE {
            return self.heal(slot);
        }
        let job = &mut self.state.jobs[slot];
        let usage = std::mem::replace(&mut job.unsettled, Span::ZERO).ns() * u64::from(job.gpus);
        let rules = self.state.fleet.owner_of(self.state.jobs[slot].node).rules;
        self.pay(slot, rules, usage);
        self.close_escrow(slot);
        self.leave_node(slot, now);
        self.requeue(slot);
    }

    /// Replaces the members of a gang that no longer serve; a gang that becomes too small goes back to the queue.
    fn heal(&mut self, slot: u32) {
        let now = self.integrate_job(slot);
        let index = self.state.jobs[slot].gang;
        let was_stalled = self.state.jobs[slot].phase == Phase::Stalled;
        let fleet = &self.state.fleet;
        let leave: Vec<Member> = self.state.gangs[index]
            .members
            .extract_if(.., |member| !member.works && !fleet.serves(member.node))
            .collect();
        for mut member in leave {
            member.integrate(now);
            self.pay(slot, member.rules, member.unpaid_ns);
            self.state.fleet.release(member.node, slot, now);
        }
        let held = self.state.gangs[index].held();
        let need = self.state.jobs[slot].gpus.saturating_sub(held);
        let more = self.gather(slot, need, &self.state.gangs[index]);
        self.join(slot, &more);
        if self.is_viable(slot) {
            self.resume(slot, was_stalled)
        } else {
            self.give_up_gang(slot)
        }
    }

    /// A trace job needs all its GPUs; a large job goes on with half of them.
    fn is_viable(&self, slot: u32) -> bool {
        let job = &self.state.jobs[slot];
        let held = self.state.gangs[job.gang].held();
        if job.template().is_some() {
            2 * held >= job.gpus
        } else {
            held >= job.gpus
        }
    }

    fn resume(&mut self, slot: u32, was_stalled: bool) {
        let now = self.state.engine.now();
        let restart = self.inputs.config.jobs.restart;
        let index = self.state.jobs[slot].gang;
        for member in &mut self.state.gangs[index].members {
            member.integrate(now);
            member.works = true;
            if was_stalled {
                member.integrated = now + restart;
            }
        }
        let holds = self.state.gangs[index].held();
        let job = &mut self.state.jobs[slot];
        job.holds = holds;
        job.unsettled = Span::ZERO;
        if was_stalled {
            job.interruptions += 1;
            job.from = now + restart;
            self.state.tally.interrupted += 1;
        } else {
            let progress = job.progress(now);
            job.done += progress;
            job.from = job.from.max(now);
        }
        self.state.jobs[slot].phase = Phase::Running;
        self.set_speed(slot);
        self.schedule_end(slot);
    }

    fn give_up_gang(&mut self, slot: u32) {
        let now = self.state.engine.now();
        let job = &mut self.state.jobs[slot];
        let progress = job.progress(now);
        job.done += progress;
        job.unsettled = Span::ZERO;
        job.phase = Phase::Waiting;
        self.schedule_end(slot);
        self.pay_gang(slot);
        self.leave_gang(slot);
        self.requeue(slot);
    }

    /// A provider is jailed or leaves: running work moves elsewhere at once.
    pub(crate) fn shut(&mut self, provider: u32) {
        self.state.fleet.set_open(provider, false);
        self.state.fleet.providers[provider as usize].is_shut = true;
        let of = &self.state.fleet.providers[provider as usize];
        let nodes = of.first_node..of.first_node + of.nodes;
        // All of its work stops before any of it moves: a gang may have several of its nodes.
        for node in nodes.clone() {
            for slot in self.state.fleet.nodes[node as usize].distinct_jobs() {
                let is_up = self.state.fleet.nodes[node as usize].is_up;
                if is_up && self.state.jobs[slot].phase == Phase::Running {
                    self.stop_on(slot, node);
                }
            }
        }
        for node in nodes {
            for slot in self.state.fleet.nodes[node as usize].distinct_jobs() {
                self.move_away(slot);
            }
        }
    }
}
