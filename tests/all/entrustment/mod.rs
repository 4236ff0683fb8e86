//! Entrustments: registered, found, seen by those who may.

mod list;
mod registration;
mod visibility;
