//! What each kind of import says of itself.

use std::collections::HashSet;

use super::field::Field;
use super::table::{RowFaults, Table};
use crate::database::{Connection, Tx};
use crate::error::Result;
use crate::sheet::Row;
use crate::web::{Ctx, Form, Invalid};

/// A kind: which columns there are, which form they fill in, and who enters it.
pub(super) trait Imported {
    /// What a row becomes.
    type Command;
    /// What rows name, looked up once for the whole sheet.
    type Names;

    /// The columns in the order of the template.
    fn fields() -> Vec<Field>;

    /// The form before a row fills it in.
    fn start() -> Form {
        Form::default()
    }

    /// Looks up what the rows name.
    ///
    /// # Errors
    /// Those of the database.
    fn names(connection: &mut Connection, ctx: &Ctx, table: &Table<'_>) -> Result<Self::Names>;

    /// Fills in what the kind reads itself.
    fn own(
        _names: &Self::Names,
        _table: &Table<'_>,
        _row: &Row,
        _form: &mut Form,
        _faults: &mut RowFaults,
    ) {
    }

    /// Reads the form: the slice's own reading.
    ///
    /// # Errors
    /// What is wrong, by field.
    fn parse(form: &Form) -> Result<Self::Command, Invalid>;

    /// The column of a field of the form, where their names differ.
    fn column_of(field: &str) -> &str {
        field
    }

    /// What may be there only once: its field, and the value.
    fn key(command: &Self::Command) -> (&'static str, String);

    /// Which of these are registered already.
    ///
    /// # Errors
    /// Those of the database.
    fn taken(connection: &mut Connection, ctx: &Ctx, keys: &[String]) -> Result<HashSet<String>>;

    /// Enters all of them.
    ///
    /// # Errors
    /// [`crate::error::Error::Forbidden`]; those of the database.
    fn create(tx: &mut Tx<'_>, commands: &[Self::Command]) -> Result<()>;
}
