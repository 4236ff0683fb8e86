//! Return and disposal (返還・消去・廃棄), and the closing of an entrustment.
//!
//! A disposal says of one or several holdings how they ended: given back, erased, destroyed, or kept
//! because a law demands it until a day. The contractor's people write it, their representative
//! attests it (bound by a hash over its fields, holdings and files: [`binding`]), an officer accepts
//! it or returns it. Only acceptance ends the holdings, and only when none is open may the
//! entrustment be closed. The certificate (証明書) is a PDF.

pub mod binding;
mod case;
mod certificate;
mod closing;
mod desk;
mod export;
mod jobs;
mod mail;
mod model;
mod panel;
mod policy;
pub mod record;
mod rules;
mod store;
#[cfg(test)]
mod tests;
mod views;
mod web;

pub use case::{Case, HoldingLine};
pub use jobs::jobs;
pub use model::{Disposal, DisposalId, DisposalKind, DisposalMethod, DisposalStatus};
pub use panel::panel;
pub use views::samples;
pub use web::{line, routes};
