//! Return and disposal, the certificate, and the closing of an entrustment.

mod certificate;
mod closing;
mod mails;
mod permission;
pub mod steps;
