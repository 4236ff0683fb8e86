//! What each kind of import says of itself.

use std::collections::HashSet;
use std::hash::Hash;

use super::acknowledging::Said;
use super::field::Field;
use super::table::{RowFaults, Table};
use crate::actor::OrganisationId;
use crate::database::{Connection, Tx};
use crate::entrustment::EntrustmentId;
use crate::error::Result;
use crate::rulebook::Broken;
use crate::sheet::Row;
use crate::web::{Ctx, Form, Invalid};

/// A kind: which columns there are, which form they fill in, and who enters it.
pub(super) trait Imported {
    /// What a row becomes.
    type Command;
    /// What rows name, looked up once for the whole sheet.
    type Names;
    /// What tells one row from another.
    type Key: Clone + Eq + Hash;

    /// The columns in the order of the template.
    fn fields() -> Vec<Field>;

    /// The form before a row fills it in.
    fn start() -> Form {
        Form::default()
    }

    /// The words of columns that name what is stored, for the template's drop-downs.
    ///
    /// # Errors
    /// Those of the database.
    fn choices(_: &mut Connection, _: &Ctx) -> Result<Vec<(&'static str, Vec<String>)>> {
        Ok(Vec::new())
    }

    /// Looks up what the rows name. `scope` is the entrustment from whose page they come.
    ///
    /// # Errors
    /// Those of the database.
    fn names(
        connection: &mut Connection,
        ctx: &Ctx,
        table: &Table<'_>,
        scope: Option<EntrustmentId>,
    ) -> Result<Self::Names>;

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
    fn parse(names: &Self::Names, form: &Form) -> Result<Self::Command, Invalid>;

    /// The column of a field of the form, where their names differ.
    fn column_of(field: &str) -> &str {
        field
    }

    /// What may be there only once: its field, and the value.
    fn key(command: &Self::Command) -> (&'static str, Self::Key);

    /// Which of these are registered already.
    ///
    /// # Errors
    /// Those of the database.
    fn taken(
        connection: &mut Connection,
        ctx: &Ctx,
        names: &Self::Names,
        keys: &[Self::Key],
    ) -> Result<HashSet<Self::Key>>;

    /// Which handling rules each row breaks; nothing for what is held against none.
    fn broken(_names: &Self::Names, _commands: &[Self::Command]) -> Vec<Vec<Broken>> {
        Vec::new()
    }

    /// The reason that a row gives for its exceptions.
    #[expect(clippy::unnecessary_literal_bound, reason = "kinds with reasons borrow them")]
    fn reason(_command: &Self::Command) -> &str {
        ""
    }

    /// Enters all of them.
    ///
    /// # Errors
    /// [`crate::error::Error::Forbidden`]; those of the database.
    fn create(
        tx: &mut Tx<'_>,
        names: Self::Names,
        commands: &[Self::Command],
        broken: &[Vec<Broken>],
        said: &Said,
    ) -> Result<Vec<Done>>;
}

/// How many rows were entered for a principal, or into one of its entrustments.
#[derive(Clone, Copy, Debug)]
pub(super) struct Done {
    pub tenant_id: OrganisationId,
    pub entrustment: Option<EntrustmentId>,
    pub rows: usize,
}
