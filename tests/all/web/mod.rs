//! What every answer promises: its headers, its origin check, its error pages, its assets.

mod assets;
mod errors;
mod forgery;
mod headers;
mod host;
mod rates;
mod slow;
mod tls;
