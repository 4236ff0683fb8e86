//! The portal in Chromium: every page is held against axe-core and the console stays quiet;
//! without scripts the same steps lead to the same end.

mod auditor;
mod axe;
mod driver;
mod handover;
mod import;
mod incident;
mod main_job;
mod passkeys;
mod questions;
mod registers;
mod response;
mod second_factor;
mod sessions;

pub use driver::{Browser, Look};
