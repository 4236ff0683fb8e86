//! What is in a file, before anybody approves that it goes: tables with their columns and hidden
//! parts, kinds of personal data, numbers of persons, what a document brings along unseen.
//!
//! Knows no slice. What is found is counts, headings and kinds; values of cells are never kept. What
//! is looked at comes from anybody: whatever a file is, [`look`] ends, within [`Bounds`].

mod archive;
mod document;
mod fold;
mod image;
mod kind;
mod look;
mod looking;
#[cfg(test)]
mod made;
mod model;
mod package;
mod persons;
mod sniff;
mod source;
mod spool;
pub mod tables;
mod text;
mod words;
mod xml;

pub use kind::{kind_of_heading, kinds_of_item, loose};
pub use tables::{Next, RowRead, Rows, TableHead, rows};

pub use document::pdf::WITHOUT_TEXT;
pub use look::look;
pub use model::{
    Bounds, ColumnFound, Contents, DataKind, Format, Hidden, HiddenAt, Member, Naming, Table,
    Unreadable, Watch,
};
