//! Security events: who signed in, was refused, took something out, changed who may.
//!
//! A slice that changes something tells the ledger, and [`of_acts`] makes an event of it where the
//! table of acts says so; what leaves no entry (a refusal, signing out) is told by [`tell`]. Either
//! way there is a row for the administrators' page, and after the transaction one line of JSON for
//! the log, which holds ids and words of closed lists alone ([`Line`]).

mod acts;
mod device;
mod line;
mod model;
mod origin;
mod store;

pub use acts::{ABOUT_ACCESS, is_decided, kind_of};
pub use device::device;
pub use line::Line;
pub use model::{Category, EventKind, NewEvent, Outcome, Subject};
pub use origin::{Origin, request_number, session_key};
pub use store::{Entered, of_acts, tell, tell_all};
