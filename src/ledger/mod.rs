//! The ledger (証跡): every change, appended in the same transaction, never updated or deleted.
//!
//! Each organisation has its own sequence. An entry's canonical form is the JSON of
//! `model::Canonical`; its RFC 6962 leaf hash is stored with it, and the organisation's tree head
//! is a C2SP checkpoint signed with Ed25519. What a slice uses: [`append`], [`history`],
//! [`checkpoint`], [`refuse`], and of what leaves the portal [`downloaded`], [`exported`].

mod checkpoint;
mod handing;
mod model;
mod past_store;
pub mod record;
mod store;
#[cfg(test)]
mod tests;
mod tree;

pub use checkpoint::{Checkpoint, Signer};
pub use handing::{Taken, downloaded, exported};
pub use model::{Entry, Fact, HistoryLine, NewEntry, gathered};
pub use past_store::{Standing, checkpoint_at, entries_until, persons_of, standing};
pub use store::{
    append, append_all, by_sequences, checkpoint, history, history_of_entrustment, open, refuse,
    sequences_of_entrustment, verify,
};
pub use tree::{Frontier, Hash, leaf_hash, root_of};
