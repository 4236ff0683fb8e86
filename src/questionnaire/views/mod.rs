//! What the pages of questionnaires show.

pub(super) mod response;
pub(super) mod review;
pub(super) mod words;

use serde_json::Value;

/// A sample of each page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, Value)> {
    let mut samples = response::samples();
    samples.extend(review::samples());
    samples
}
