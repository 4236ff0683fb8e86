//! The portal in Chromium: with scripts every page is held against axe-core and the console stays
//! quiet; without scripts the same steps lead to the same end.

mod driver;
mod main_job;

pub use driver::{Browser, Look};
