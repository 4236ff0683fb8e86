//! Azukari (預かり): one truth about every entrustment of personal data.
//!
//! ARCHITECTURE.md is the map; each folder is a slice of the domain or a part of the base, and
//! says at its top what it is.

pub mod account;
pub mod actor;
pub mod api_token;
pub mod attachment;
pub mod attestation;
pub mod auditor_access;
pub mod clamav;
pub mod cli;
pub mod clock;
pub mod config;
pub mod conformity;
pub mod contents;
pub mod correspondence;
pub mod dashboard;
pub mod database;
pub mod demo;
pub mod disposal;
pub mod doctor;
pub mod entrustment;
pub mod error;
pub mod event;
pub mod event_log;
pub mod finding;
pub mod flow;
pub mod four_eyes;
pub mod handler;
pub mod handover;
pub mod holding;
pub mod home;
pub mod import;
pub mod incident;
pub mod inspection;
pub mod japanese;
pub mod job;
pub mod ledger;
pub mod near_miss;
pub mod notice;
pub mod organisation;
pub mod paper;
pub mod questionnaire;
pub mod recipient;
pub mod record;
pub mod registers;
pub mod rulebook;
pub mod secret;
pub mod server;
pub mod sheet;
pub mod storage;
pub mod sub_entrustment;
#[cfg(test)]
mod testing;
pub mod transmission;
pub mod typeset;
pub mod web;
