//! What runs by itself: a table of jobs with leases that several instances share.
//!
//! A slice enqueues a job in the transaction of its change ([`enqueue`]) and hands the server a
//! [`Handler`] for the kind. A job is run at least once; a handler does its work in transactions of
//! its own and may be called again for the same job. What must happen once only is claimed by a key
//! in the transaction that does it ([`claim`]).

mod model;
mod retry;
mod round;
mod store;
#[cfg(test)]
mod tests;
mod worker;

pub use model::{Handler, Job, NewJob, Registry, Seed};
pub use retry::{next_try, reason};
pub use round::Round;
pub use store::{claim, claimed, enqueue};
pub use worker::{pause, run_due, work};
