//! What facts break.

use super::facts::{HandlerFact, HoldingFact, SubFact, Terms, TransmissionFact};
use super::rule::Broken;

/// What a holding breaks.
#[must_use]
pub fn holding(_terms: &Terms, _fact: &HoldingFact) -> Vec<Broken> {
    Vec::new()
}

/// What a transmission breaks.
#[must_use]
pub fn transmission(_terms: &Terms, _fact: &TransmissionFact) -> Vec<Broken> {
    Vec::new()
}

/// What a handler's entry breaks.
#[must_use]
pub fn handler(_terms: &Terms, _fact: &HandlerFact) -> Vec<Broken> {
    Vec::new()
}

/// What a sub-entrustment breaks.
#[must_use]
pub fn sub_entrustment(_terms: &Terms, _fact: &SubFact) -> Vec<Broken> {
    Vec::new()
}
