//! Handlers from a sheet.

use std::collections::HashSet;

use super::field::{Field, Takes, Words};
use super::model::ImportKind;
use super::register::{Entering, Of, Register};
use super::table::{RowFaults, Table};
use crate::database::{Connection, Tx};
use crate::entrustment::{self, Entrustment, EntrustmentId};
use crate::error::Result;
use crate::handler::{self, Duty, HandlerId};
use crate::rulebook::{Broken, Judge};
use crate::sheet::{Kind, Row};
use crate::web::{Form, Invalid};

/// The rosters.
pub(super) struct Handlers;

impl Register for Handlers {
    type New = handler::Entry;
    type Key = handler::Same;
    const KIND: ImportKind = ImportKind::Handlers;

    fn fields() -> Vec<Field> {
        use Kind::{Date, Text};
        let duties = Words::new("handler-duty-", Duty::ALL.iter().map(|d| d.as_str()).collect());
        let yes_no = Words::new("import-answer-", vec!["yes", "no"]);
        vec![
            Field::new("name", "handler-name", Text),
            Field::new("name_kana", "handler-name-kana", Text).optional(),
            Field::new("email", "handler-email", Text).optional().hint("handler-email-hint"),
            Field::new("duty", "handler-duty", Text).optional().taking(Takes::Word(duties)),
            Field::new("temporary", "handler-temporary", Text)
                .optional()
                .taking(Takes::Word(yes_no))
                .hint("handler-temporary-hint"),
            Field::new("starts_on", "handler-starts-on", Date).hint("common-date-hint"),
            Field::new("pledged_on", "handler-pledged-on", Date)
                .optional()
                .hint("common-date-hint"),
            Field::new("trained_on", "handler-trained-on", Date)
                .optional()
                .hint("common-date-hint"),
            Field::new("training_content", "handler-training-content", Text)
                .optional()
                .hint("handler-content-hint"),
            Field::new("note", "handler-note", Text).optional(),
        ]
    }

    fn start() -> Form {
        Form::from_pairs([("duty", Duty::Handler.as_str())])
    }

    fn own(_: &Of, _: &Table<'_>, _: &Row, form: &mut Form, _: &mut RowFaults) {
        // The form has a box to tick.
        if form.value("temporary") == "no" {
            form.remove("temporary");
        }
    }

    fn parse(of: &Of, form: &Form) -> Result<handler::Entry, Invalid> {
        handler::Entry::parse(form, of.today())
    }

    fn key(of: EntrustmentId, new: &handler::Entry) -> (&'static str, handler::Same) {
        ("name", handler::same(of, new))
    }

    fn registered(
        connection: &mut Connection,
        of: &[&Entrustment],
        _: &[handler::Same],
    ) -> Result<HashSet<handler::Same>> {
        Ok(handler::on_rosters(connection, of)?.into_iter().collect())
    }

    fn broken(judge: &Judge<'_>, of: &Of, new: &handler::Entry) -> Vec<Broken> {
        let trained_on = new.training.iter().map(|training| training.held_on).collect();
        judge.handler(&new.handler.fact(HandlerId::new(of.now), trained_on))
    }

    fn enter(
        tx: &mut Tx<'_>,
        of: Entrustment,
        rows: &[Entering<'_, handler::Entry>],
    ) -> Result<()> {
        let of = entrustment::hold(tx.connection, tx.actor, of)?;
        handler::enter_all(tx, &of, rows)
    }
}
