//! The steps that a parcel may take: the table that `x-state-machine` of the contract shows.

use crate::{faults::Fault, pipeline::Server};

/// Who takes a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Actor {
    /// The owner, by calling the parcel back.
    OwnerCancel,
    /// Staff, by setting the status.
    StaffPatch,
}

const STEPS: [(&str, &str, &[Actor]); 6] = [
    ("REGISTERED", "ACCEPTED", &[Actor::StaffPatch]),
    (
        "REGISTERED",
        "CANCELLED",
        &[Actor::OwnerCancel, Actor::StaffPatch],
    ),
    ("ACCEPTED", "IN_TRANSIT", &[Actor::StaffPatch]),
    ("ACCEPTED", "CANCELLED", &[Actor::StaffPatch]),
    ("IN_TRANSIT", "DELIVERED", &[Actor::StaffPatch]),
    ("IN_TRANSIT", "RETURNED", &[Actor::StaffPatch]),
];

impl Server {
    /// Whether the actor may take this step.
    pub(crate) fn may_step(&self, from: &str, to: &str, actor: Actor) -> bool {
        if from == to && self.has(Fault::SameStatusAccepted) {
            return true;
        }
        if (from, to) == ("DELIVERED", "ACCEPTED") && self.has(Fault::UndeclaredStepTaken) {
            return true;
        }
        if (from, to) == ("IN_TRANSIT", "RETURNED") && self.has(Fault::DeclaredStepRefused) {
            return false;
        }
        STEPS.iter().any(|(step_from, step_to, by)| {
            let is_theirs = by.contains(&actor) || self.has(Fault::WrongActorAllowed);
            *step_from == from && *step_to == to && is_theirs
        })
    }

    /// Where the actor may go from here.
    pub(crate) fn steps(&self, from: &str, actor: Actor) -> Vec<&'static str> {
        let all = STEPS.iter().map(|(_, to, _)| *to);
        let mut allowed: Vec<&str> = all.filter(|to| self.may_step(from, to, actor)).collect();
        allowed.sort_unstable();
        allowed.dedup();
        allowed
    }
}
