//! What every answer promises: its headers, its origin check, its error pages, its assets.

mod assets;
mod corpus;
mod errors;
mod figures;
mod forged;
mod forgery;
mod headers;
mod host;
mod idle;
mod rates;
mod slow;
mod tls;
