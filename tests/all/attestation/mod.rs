//! The pledge over the exact answers.

mod attesting;
