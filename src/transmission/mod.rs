//! Transmissions (送受): how the data of an entrustment moved, entered by one side and confirmed by
//! the other, each compared with the handling rules before it is saved.

mod model;
mod store;

pub use model::{Confirmation, Transmission, TransmissionId};
pub use store::{facts, of_entrustment};
