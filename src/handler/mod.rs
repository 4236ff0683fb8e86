//! Handlers (従事者): the roster of an entrustment, their pledges and training.

mod store;

pub use store::facts;

pub use crate::rulebook::HandlerId;
