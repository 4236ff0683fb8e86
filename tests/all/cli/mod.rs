//! What the operator does at the command line beside a running portal.

mod doctor;
mod secret;
