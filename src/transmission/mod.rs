//! Transmissions (送受): how the data of an entrustment moved, entered by one side and confirmed by
//! the other, each compared with the handling rules before it is saved.

mod command;
mod jobs;
mod mail;
mod model;
mod policy;
pub mod record;
mod reminder;
mod store;
mod views;
mod web;

pub use command::NewTransmission;
pub use jobs::jobs;
pub use model::{Confirmation, Transmission, TransmissionId};
pub use store::{facts, of_entrustment};
pub use views::{line, samples};
pub use web::routes;
