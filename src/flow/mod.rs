//! The flow map: who holds what where, and how it moved, of one entrustment with all tiers below or
//! of an organisation. It stands above the registers of holdings, transmissions, recipients,
//! sub-entrustments and findings, and keeps nothing itself.
//!
//! The way of a map: facts from the registers (`store`) → [`Map`] (`gather`, pure) → words in a
//! language (`wording`) → places on the sheet (`layout`, by `dagre`) → two drawings of the same
//! places: SVG on a page (`views`) and vectors in the audit record (`drawing`).

mod drawing;
mod gather;
mod layout;
mod model;
mod organisation;
mod page;
pub mod record;
mod store;
#[cfg(test)]
mod tests;
mod views;
mod web;
mod wording;

pub use drawing::drawings;
pub use gather::gather;
pub use layout::{Picture, picture, picture_for_paper};
pub use model::{Case, Edge, EdgeKind, Facts, Holding, Map, Node, NodeKind, Recipient, Sent, Spot};
pub use page::line;
pub use views::samples;
pub use web::routes;
pub use wording::{country, words};
