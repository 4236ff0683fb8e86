//! Holdings from a sheet.

use std::collections::HashSet;

use super::field::{Field, Takes, Words};
use super::model::ImportKind;
use super::register::{Entering, Of, Register};
use super::table::{RowFaults, Table};
use crate::database::{Connection, Tx};
use crate::entrustment::rules::{Medium, Place};
use crate::entrustment::{self, Entrustment, EntrustmentId};
use crate::error::Result;
use crate::holding::{self, HoldingKind, NewHolding, Same};
use crate::japanese::fold_width;
use crate::rulebook::{Broken, Encrypted, Judge};
use crate::sheet::{Kind, Row};
use crate::web::{Form, Invalid, Message};

/// The registers of holdings.
pub(super) struct Holdings;

impl Register for Holdings {
    type New = NewHolding;
    type Key = Same;
    const KIND: ImportKind = ImportKind::Holdings;

    fn fields() -> Vec<Field> {
        use Kind::{Code, Date, Number, Text};
        macro_rules! words {
            ($prefix:literal, $list:ty) => {
                Takes::Word(Words::new($prefix, <$list>::ALL.iter().map(|w| w.as_str()).collect()))
            };
        }
        let hinted = |name, label, hint| Field::new(name, label, Text).optional().hint(hint);
        vec![
            Field::new("items", "holding-items", Text)
                .taking(Takes::Own)
                .hint("import-register-items-hint"),
            Field::new("persons", "holding-persons", Number),
            Field::new("kind", "holding-kind", Text).taking(words!("holding-kind-", HoldingKind)),
            Field::new("source", "holding-source", Code)
                .optional()
                .taking(Takes::Own)
                .hint("import-source-hint"),
            hinted("holder", "holding-holder", "holding-holder-hint"),
            Field::new("place", "holding-place", Text).taking(words!("place-", Place)),
            Field::new("place_detail", "holding-place-detail", Text)
                .hint("holding-place-detail-hint"),
            hinted("provider", "holding-provider", "holding-provider-hint"),
            hinted("plan", "holding-plan", "holding-plan-hint"),
            hinted("country", "holding-country", "import-country-hint").taking(Takes::Own),
            hinted("access_countries", "holding-access-countries", "holding-access-countries-hint"),
            Field::new("medium", "holding-medium", Text).taking(words!("medium-", Medium)),
            hinted("system", "holding-system", "holding-system-hint"),
            Field::new("encryption", "holding-encryption", Text)
                .taking(words!("holding-encryption-", Encrypted)),
            hinted("handlers", "holding-handlers", "import-handlers-hint").taking(Takes::Own),
            hinted("backups", "holding-backups", "holding-backups-hint"),
            Field::new("starts_on", "holding-starts-on", Date).hint("common-date-hint"),
            Field::new("until_on", "holding-until-on", Date).optional().hint("common-date-hint"),
        ]
    }

    fn own(of: &Of, table: &Table<'_>, row: &Row, form: &mut Form, faults: &mut RowFaults) {
        several(of, (table, row), "items", form, faults);
        several(of, (table, row), "handlers", form, faults);
        source(of, table, row, form, faults);
        country(table.cell(row, "country"), form);
    }

    fn parse(of: &Of, form: &Form) -> Result<NewHolding, Invalid> {
        NewHolding::parse(form, &of.holding)
    }

    fn column_of(field: &str) -> &str {
        if field == "country_other" { "country" } else { field }
    }

    fn key(of: EntrustmentId, new: &NewHolding) -> (&'static str, Same) {
        ("items", Same::of(of, new))
    }

    fn registered(
        connection: &mut Connection,
        of: &[&Entrustment],
        keys: &[Same],
    ) -> Result<HashSet<Same>> {
        let days = || keys.iter().map(|key| key.starts_on);
        match days().min().zip(days().max()) {
            Some(days) => Ok(holding::held_since(connection, of, days)?.into_iter().collect()),
            None => Ok(HashSet::new()),
        }
    }

    fn broken(judge: &Judge<'_>, _: &Of, new: &NewHolding) -> Vec<Broken> {
        judge.holding(&new.fact())
    }

    fn enter(tx: &mut Tx<'_>, of: Entrustment, rows: &[Entering<'_, NewHolding>]) -> Result<()> {
        let of = entrustment::hold(tx.connection, tx.actor, of)?;
        holding::enter_all(tx, &of, rows)?;
        Ok(())
    }

    fn names_sources(table: &Table<'_>) -> bool {
        table.rows().iter().any(|row| !table.cell(row, "source").is_empty())
    }
}

/// Ticks the items or the handlers that a cell names.
pub(super) fn several(
    of: &Of,
    (table, row): (&Table<'_>, &Row),
    field: &'static str,
    form: &mut Form,
    faults: &mut RowFaults,
) {
    let (names, unknown, alike) = match field {
        "items" => (&of.items, "import-fault-no-item", "import-fault-items-alike"),
        _ => (&of.handlers, "import-fault-no-handler", "import-fault-handlers-alike"),
    };
    match names.several(table.cell(row, field)) {
        Ok(ids) => ids.into_iter().for_each(|id| form.add(field, id)),
        Err(lost) => faults.add(table.column(field), lost.message(unknown, alike)),
    }
}

/// The holding from which one was made, by its number in the register.
fn source(of: &Of, table: &Table<'_>, row: &Row, form: &mut Form, faults: &mut RowFaults) {
    let cell = table.cell(row, "source");
    if cell.is_empty() {
        return;
    }
    let number = fold_width(cell).parse::<i32>().ok();
    let known = of.holding.holdings.iter().find(|holding| Some(holding.position) == number);
    if let Some(holding) = known {
        form.set("source", holding.id.as_str());
    } else {
        let message = Message::new("import-fault-no-source").with("number", cell.to_owned());
        faults.add(table.column("source"), message);
    }
}

/// A country by its name or its code.
fn country(cell: &str, form: &mut Form) {
    if cell.is_empty() {
        return;
    }
    match countries().one(cell) {
        Ok(code) => form.set("country", code),
        Err(_) => form.set("country_other", &fold_width(cell)),
    }
}

/// The countries that have names.
fn countries() -> &'static Words {
    static COUNTRIES: std::sync::LazyLock<Words> =
        std::sync::LazyLock::new(|| Words::new("country-", holding::COUNTRIES.to_vec()));
    &COUNTRIES
}
