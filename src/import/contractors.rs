//! Contractors from a sheet.

use std::collections::HashSet;

use super::acknowledging::Said;
use super::field::{Field, Takes, Words};
use super::kind::{Done, Imported};
use super::table::Table;
use crate::database::{Connection, Tx};
use crate::entrustment::EntrustmentId;
use crate::error::{Error, Result};
use crate::organisation::OrganisationKind;
use crate::organisation::contractor::{self, NewContractor};
use crate::rulebook::Broken;
use crate::sheet::Kind;
use crate::web::{Ctx, Form, Invalid};

/// The register of contractors.
pub(super) struct Contractors;

impl Imported for Contractors {
    type Command = NewContractor;
    type Names = ();
    type Key = String;

    fn fields() -> Vec<Field> {
        use Kind::{Code, Date, Text};
        let kinds = OrganisationKind::ALL.iter().map(|kind| kind.as_str()).collect();
        let kinds = Takes::Word(Words::new("kind-", kinds));
        vec![
            Field::new("kind", "contractor-kind", Text).taking(kinds),
            Field::new("name", "contractor-name", Text),
            Field::new("name_kana", "contractor-kana", Text)
                .optional()
                .hint("contractor-kana-hint"),
            Field::new("corporate_number", "contractor-corporate-number", Code)
                .optional()
                .hint("contractor-corporate-number-hint"),
            Field::new("postcode", "contractor-postcode", Code)
                .optional()
                .hint("contractor-postcode-hint"),
            Field::new("address", "contractor-address", Text),
            Field::new("representative", "contractor-representative", Text).optional(),
            Field::new("person_in_charge", "contractor-person-in-charge", Text)
                .hint("contractor-person-in-charge-hint"),
            Field::new("person_in_charge_title", "contractor-person-in-charge-title", Text)
                .optional(),
            Field::new("email", "contractor-email", Text).hint("contractor-email-hint"),
            Field::new("phone", "contractor-phone", Code),
            Field::new("after_hours_phone", "contractor-after-hours-phone", Code).optional(),
            Field::new("privacy_mark", "contractor-privacy-mark", Code).optional(),
            Field::new("privacy_mark_until", "contractor-privacy-mark-until", Date)
                .optional()
                .hint("common-date-hint"),
            Field::new("isms", "contractor-isms", Code).optional(),
            Field::new("isms_until", "contractor-isms-until", Date)
                .optional()
                .hint("common-date-hint"),
            Field::new("note", "contractor-note", Text).optional().hint("contractor-note-hint"),
        ]
    }

    fn names(_: &mut Connection, _: &Ctx, _: &Table<'_>, _: Option<EntrustmentId>) -> Result<()> {
        Ok(())
    }

    fn parse((): &(), form: &Form) -> Result<NewContractor, Invalid> {
        NewContractor::parse(form)
    }

    /// 法人番号; who has none is known by name and address.
    fn key(command: &NewContractor) -> (&'static str, String) {
        match &command.corporate_number {
            Some(number) => ("corporate_number", number.as_str().to_owned()),
            None => ("name", format!("{}\n{}", command.name, command.address)),
        }
    }

    fn taken(
        connection: &mut Connection,
        ctx: &Ctx,
        (): &(),
        keys: &[String],
    ) -> Result<HashSet<String>> {
        let tenant = ctx.organisation_id()?;
        let (by_name, by_number): (Vec<&str>, Vec<&str>) =
            keys.iter().map(String::as_str).partition(|key| key.contains('\n'));
        let mut taken: HashSet<String> = contractor::numbered(connection, tenant, &by_number)?
            .into_iter()
            .filter_map(|found| found.corporate_number)
            .collect();
        let names: Vec<&str> =
            by_name.iter().filter_map(|key| key.split_once('\n')).map(|(name, _)| name).collect();
        for found in contractor::named(connection, tenant, &names)? {
            if found.corporate_number.is_none() {
                taken.insert(format!("{}\n{}", found.name, found.address));
            }
        }
        Ok(taken)
    }

    fn create(
        tx: &mut Tx<'_>,
        (): (),
        commands: &[NewContractor],
        _: &[Vec<Broken>],
        _: &Said,
    ) -> Result<Vec<Done>> {
        contractor::register_all(tx, commands)?;
        let tenant_id = tx.actor.member().ok_or(Error::SignIn)?.organisation_id;
        Ok(vec![Done { tenant_id, entrustment: None, rows: commands.len() }])
    }
}
