//! What is true of every route, template, migration, source file and list query.

mod documents;
mod foreign;
mod isolation;
mod matrix;
mod migrations;
mod permissions;
mod plans;
mod routes;
mod sources;

pub use sources::sources;
mod templates;
mod world;
