//! Sheets: .xlsx and CSV read into rows of text, and rows of text written as either. Knows no slice.
//!
//! What is read comes from anybody: size, members of the archive, rows, columns and text are
//! limited before or while they are unpacked, and each refusal says at which cell. What is written
//! never becomes a formula, and nothing that an encoding can't carry is dropped.

mod archive;
mod csv_read;
mod csv_write;
pub(crate) mod decode;
mod list;
mod model;
mod read;
mod row_write;
#[cfg(test)]
mod tests;
mod workbook;
mod xlsx_write;

pub use csv_write::{Encoding, Unwritable, csv};
pub use list::{
    ColumnOf, Format, ListRows, Listed, day, downloads, file, hand_out, moment, samples,
};
pub use model::{At, Column, Fault, Kind, Row, Sheet, letters};
pub use read::{MAX_BYTES, MAX_COLUMNS, MAX_ROWS, read};
pub use row_write::{Head, RowWriter, Shape};
pub use xlsx_write::{Guide, TemplateColumn, marked, template, xlsx};
