//! A job, and who runs which kind.

use std::collections::BTreeMap;

use diesel::prelude::*;
use serde_json::Value;

use super::round::Round;
use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::Tx;
use crate::database::types::Json;
use crate::error::Result;
use crate::japanese::jst_date;
use crate::web::Portal;

/// A job as a slice asks for it.
#[derive(Clone, Debug)]
pub struct NewJob<'a> {
    /// The organisation for which it is done, if it is for one.
    pub tenant_id: Option<OrganisationId>,
    /// The kind, such as `reminder.sweep`.
    pub kind: &'a str,
    /// What makes it the same job: a second one of the same key isn't kept.
    pub unique_key: &'a str,
    /// What its handler needs to know. No personal data.
    pub payload: Value,
    /// The earliest moment at which it is run.
    pub run_at: Timestamp,
}

/// A job that is being run.
#[derive(Clone, Debug, Queryable)]
pub struct Job {
    /// The id.
    pub id: String,
    /// The organisation for which it is done.
    pub tenant_id: Option<OrganisationId>,
    /// The kind.
    pub kind: String,
    /// What makes it the same job.
    pub unique_key: String,
    /// What its handler needs to know.
    pub payload: Json<Value>,
    /// Which try this is, from 1.
    pub attempts: i32,
    /// Until when nobody else takes it; also the proof that it is still ours.
    pub(super) leased_until: Option<Timestamp>,
}

/// Runs a job of one kind, off the async workers.
pub type Handler = fn(&Portal, &Job) -> Result<()>;

/// Enqueues the first job of something that then goes on by itself; called again and again.
pub type Seed = fn(&mut Tx<'_>) -> Result<()>;

/// Who runs which kind of job. Kinds that nobody here knows are left to another instance.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    handlers: BTreeMap<&'static str, Handler>,
    seeds: Vec<Seed>,
    rounds: Vec<Round>,
}

impl Registry {
    /// The same with a handler for `kind`.
    #[must_use]
    pub fn with(mut self, kind: &'static str, handler: Handler) -> Self {
        self.handlers.insert(kind, handler);
        self
    }

    /// The same with something that goes on by itself.
    #[must_use]
    pub fn seeded(mut self, seed: Seed) -> Self {
        self.seeds.push(seed);
        self
    }

    /// The same with a daily round.
    #[must_use]
    pub fn daily(mut self, round: Round, handler: Handler) -> Self {
        self.rounds.push(round);
        self.with(round.kind, handler)
    }

    /// The kinds that are run here.
    pub(super) fn kinds(&self) -> Vec<&'static str> {
        self.handlers.keys().copied().collect()
    }

    pub(super) fn handler(&self, kind: &str) -> Option<Handler> {
        self.handlers.get(kind).copied()
    }

    /// Lets everything that goes on by itself begin, where it hasn't.
    pub(super) fn sow(&self, tx: &mut Tx<'_>) -> Result<()> {
        let today = jst_date(tx.now);
        self.seeds.iter().try_for_each(|seed| seed(tx))?;
        self.rounds.iter().try_for_each(|round| round.enqueue(tx, today))
    }
}
