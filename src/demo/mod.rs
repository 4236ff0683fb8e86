//! The demonstration: a fictional prefecture with its contractors, people to sign in as by one
//! click, and a mailbox. Its routes exist only where the portal was started by `azukari demo`.
//!
//! Everything is made through the same functions as the pages use; the story takes place at fixed
//! moments, so that `azukari demo --record` gives the same bytes whenever it runs.

mod handovers;
mod incidents;
mod mie;
mod near_misses;
mod people;
mod registers;
mod story;
#[cfg(test)]
mod tests;
mod web;

pub use mie::record;
pub use registers::Registers;
pub use story::{Story, tell};
pub use web::{routes, samples};
