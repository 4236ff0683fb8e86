//! The portal in Chromium: every page is held against axe-core and the console stays quiet;
//! without scripts the same steps lead to the same end.

mod driver;
mod import;
mod main_job;
mod passkeys;
mod questions;
mod registers;

pub use driver::{Browser, Look};
