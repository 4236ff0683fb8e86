//! Auditors' access: asked for, decided by another, open on its days alone, ended early.

mod scope;
pub mod steps;
mod walk;
