//! What is true of every route, template, migration, source file and list query.

mod foreign;
mod migrations;
mod plans;
mod routes;
mod sources;
mod templates;
