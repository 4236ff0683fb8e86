//! Each kind of import by its name.

use super::acknowledging::{Asked, RowBroken, Said};
use super::check::{Seen, check};
use super::contractors::Contractors;
use super::entrustments::Entrustments;
use super::field::Field;
use super::handlers::Handlers;
use super::holdings::Holdings;
use super::kind::{Done, Imported};
use super::model::ImportKind;
use super::people::People;
use super::register::{ENTRUSTMENT, OfRegister};
use super::transmissions::Transmissions;
use crate::database::{Connection, Tx};
use crate::entrustment::EntrustmentId;
use crate::error::Result;
use crate::sheet::Sheet;
use crate::web::{Ctx, Form, Invalid};

/// The same of whichever kind it is.
macro_rules! of_kind {
    ($kind:expr, $K:ident => $body:expr) => {
        match $kind {
            ImportKind::Contractors => {
                type $K = Contractors;
                $body
            }
            ImportKind::Entrustments => {
                type $K = Entrustments;
                $body
            }
            ImportKind::Handlers => {
                type $K = OfRegister<Handlers>;
                $body
            }
            ImportKind::Holdings => {
                type $K = OfRegister<Holdings>;
                $body
            }
            ImportKind::Members => {
                type $K = People<true>;
                $body
            }
            ImportKind::Staff => {
                type $K = People<false>;
                $body
            }
            ImportKind::Transmissions => {
                type $K = OfRegister<Transmissions>;
                $body
            }
        }
    };
}

/// The columns of a kind; without the entrustment's where the file is chosen on its page.
pub(super) fn fields(kind: ImportKind, scope: Option<EntrustmentId>) -> Vec<Field> {
    let mut fields = of_kind!(kind, K => K::fields());
    if scope.is_some() {
        fields.retain(|field| field.name != ENTRUSTMENT);
    }
    fields
}

/// The words of a kind's columns that name what is stored, by column.
pub(super) fn choices(
    connection: &mut Connection,
    ctx: &Ctx,
    kind: ImportKind,
) -> Result<Vec<(&'static str, Vec<String>)>> {
    of_kind!(kind, K => K::choices(connection, ctx))
}

/// What a sheet would become: how many rows, what is wrong, and what breaks the handling rules.
pub(super) fn seen(
    connection: &mut Connection,
    ctx: &Ctx,
    (kind, scope): (ImportKind, Option<EntrustmentId>),
    sheet: &Sheet,
) -> Result<Seen> {
    of_kind!(kind, K => check::<K>(connection, ctx, sheet, scope).map(Seen::from))
}

/// What came of a confirmation.
pub(super) enum Entered {
    /// All rows are entered.
    Done(Vec<Done>),
    /// Nothing is: a row is wrong, or something about the broken rules wasn't said.
    Not(Seen, Invalid),
}

/// Enters all rows of a sheet that has no fault.
pub(super) fn enter(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    (kind, scope): (ImportKind, Option<EntrustmentId>),
    sheet: &Sheet,
    form: &Form,
) -> Result<Entered> {
    of_kind!(kind, K => {
        let mut checked = check::<K>(tx.connection, ctx, sheet, scope)?;
        let rows: Vec<RowBroken> = checked.row_broken().collect();
        let said = Said::parse(form, Asked::of(&rows));
        match (checked.names.take(), said) {
            (Some(names), Ok(said)) if checked.faults.is_empty() => {
                K::create(tx, names, &checked.commands, &checked.broken, &said).map(Entered::Done)
            }
            (_, Err(invalid)) if checked.faults.is_empty() => {
                Ok(Entered::Not(checked.into(), invalid))
            }
            _ => Ok(Entered::Not(checked.into(), Invalid::default())),
        }
    })
}
