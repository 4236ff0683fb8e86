//! The integration tests: the whole portal behind HTTP, on SQLite and on PostgreSQL.
//!
//! `app/` starts a portal for one test and drives it as people do; a folder a slice holds what the
//! pages promise; `tables/` holds what is true of every route, template, migration and source
//! file; `browser/` does the main job in Chromium. `tests/run` starts what they need.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that can't go on has failed; helpers are not inside #[test] functions"
)]
#![expect(clippy::indexing_slicing, reason = "a test that reads past the end fails, as it should")]
#![expect(clippy::similar_names, reason = "a server and who is served are what they are")]

mod account;
mod api_token;
mod app;
mod attestation;
mod auditor_access;
mod browser;
mod cli;
mod dashboard;
mod disposal;
mod entrustment;
mod event;
mod finding;
mod handler;
mod handover;
mod holding;
mod import;
mod incident;
mod inspection;
mod ledger;
mod near_miss;
mod organisation;
mod questionnaire;
mod record;
mod sub_entrustment;
mod tables;
mod transmission;
mod web;
