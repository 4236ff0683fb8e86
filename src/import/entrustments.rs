//! Entrustments from a sheet: contractors and divisions by number or name, items by lists.

use std::collections::{HashMap, HashSet};

use super::acknowledging::Said;
use super::field::{Field, Takes, Words};
use super::kind::{Done, Imported};
use super::table::{RowFaults, Table};
use crate::database::{Connection, Tx};
use crate::entrustment::{self, EntrustmentId, ItemMark, NewEntrustment, rules};
use crate::error::{Error, Result};
use crate::japanese::fold_width;
use crate::organisation::{contractor, division};
use crate::rulebook::Broken;
use crate::sheet::{Kind, Row};
use crate::web::{Ctx, Form, Invalid, Message};

/// The register of entrustments.
pub(super) struct Entrustments;

/// Ids by what rows call them; nothing where two are called alike.
pub(super) struct Names {
    contractors: HashMap<String, Option<String>>,
    divisions: HashMap<String, String>,
}

/// The columns with items and the mark of each.
const ITEMS: [(&str, &str, ItemMark); 4] = [
    ("items", "import-items", ItemMark::None),
    ("items_sensitive", "import-items-sensitive", ItemMark::Sensitive),
    ("items_ordinance", "import-items-ordinance", ItemMark::OrdinanceSensitive),
    ("items_my_number", "import-items-my-number", ItemMark::MyNumber),
];

/// The fields of the rules that have words: name, label, prefix of the words' labels, words, and
/// whether there may be several.
fn rule_fields() -> Vec<Field> {
    macro_rules! words {
        ($prefix:literal, $list:ty) => {
            Words::new($prefix, <$list>::ALL.iter().map(|word| word.as_str()).collect())
        };
    }
    let several = |name, label, words| {
        Field::new(name, label, Kind::Text).optional().taking(Takes::Words(words))
    };
    let one = |name, label, words| {
        Field::new(name, label, Kind::Text).optional().taking(Takes::Word(words))
    };
    vec![
        several("places", "rules-places", words!("place-", rules::Place)),
        Field::new("countries", "rules-countries", Kind::Text)
            .optional()
            .hint("rules-countries-hint"),
        several("media", "rules-media", words!("medium-", rules::Medium)),
        several("ways", "rules-ways", words!("way-", rules::Way)),
        several("ways_sensitive", "rules-ways-sensitive", words!("way-", rules::Way))
            .hint("rules-ways-sensitive-hint"),
        one("recipients", "rules-recipients", words!("recipients-", rules::Recipients)),
        one("encryption", "rules-encryption", words!("encryption-", rules::Encryption)),
        one(
            "second_checker",
            "rules-second-checker",
            words!("second-checker-", rules::SecondChecker),
        ),
        one(
            "sub_entrustment",
            "rules-sub-entrustment",
            words!("sub-entrustment-", rules::SubEntrustment),
        ),
        Field::new("retention_days", "rules-retention-days", Kind::Number).optional(),
        Field::new("report_hours", "rules-report-hours", Kind::Number).optional(),
    ]
}

impl Imported for Entrustments {
    type Command = NewEntrustment;
    type Names = Names;
    type Key = String;

    fn fields() -> Vec<Field> {
        use Kind::{Code, Date, Number, Text};
        let mut fields = vec![
            Field::new("number", "entrustment-number", Code).hint("entrustment-number-hint"),
            Field::new("title", "entrustment-title", Text).hint("entrustment-title-hint"),
            Field::new("contractor", "entrustment-contractor", Code)
                .taking(Takes::Own)
                .hint("import-contractor-hint"),
            Field::new("division", "entrustment-division", Text).taking(Takes::Own),
            Field::new("purpose", "entrustment-purpose", Text).hint("entrustment-purpose-hint"),
            Field::new("starts_on", "entrustment-starts-on", Date).hint("common-date-hint"),
            Field::new("ends_on", "entrustment-ends-on", Date).hint("common-date-hint"),
            Field::new("erase_by", "entrustment-erase-by", Date).hint("entrustment-erase-by-hint"),
            Field::new("persons", "entrustment-persons", Number).hint("entrustment-persons-hint"),
        ];
        fields.extend(ITEMS.map(|(name, label, _)| {
            Field::new(name, label, Text).optional().taking(Takes::Own).hint("import-items-hint")
        }));
        fields.push(Field::new("handover_way", "entrustment-handover-way", Text).optional());
        fields.extend(rule_fields());
        fields.push(
            Field::new("note", "entrustment-note", Text).optional().hint("entrustment-note-hint"),
        );
        fields
    }

    fn start() -> Form {
        NewEntrustment::empty_form()
    }

    fn names(
        connection: &mut Connection,
        ctx: &Ctx,
        table: &Table<'_>,
        _: Option<EntrustmentId>,
    ) -> Result<Names> {
        let member = ctx.member()?;
        let tenant = member.organisation_id;
        let called: HashSet<String> =
            table.rows().iter().map(|row| call(table.cell(row, "contractor"))).collect();
        let called: Vec<&str> = called.iter().map(String::as_str).collect();
        let mut contractors: HashMap<String, Option<String>> = HashMap::new();
        let numbered = contractor::numbered(connection, tenant, &called)?;
        for found in numbered.into_iter().chain(contractor::named(connection, tenant, &called)?) {
            for name in found.corporate_number.iter().chain([&found.name]) {
                let id = found.id.to_string();
                let known = contractors.entry(name.clone()).or_insert_with(|| Some(id.clone()));
                if known.as_ref() != Some(&id) {
                    *known = None;
                }
            }
        }
        let divisions = division::list(connection, tenant)?
            .into_iter()
            .filter(|d| member.division_id.is_none_or(|own| own == d.id))
            .map(|d| (d.name, d.id.to_string()))
            .collect();
        Ok(Names { contractors, divisions })
    }

    fn own(names: &Names, table: &Table<'_>, row: &Row, form: &mut Form, faults: &mut RowFaults) {
        let called = call(table.cell(row, "contractor"));
        match names.contractors.get(&called) {
            Some(Some(id)) => form.set("contractor", id),
            Some(None) => {
                faults.add(table.column("contractor"), Message::new("import-fault-ambiguous"));
            }
            None if called.is_empty() => {}
            None => faults.add(
                table.column("contractor"),
                Message::new("import-fault-no-contractor").with("name", called),
            ),
        }
        let called = table.cell(row, "division");
        match names.divisions.get(called) {
            Some(id) => form.set("division", id),
            None if called.is_empty() => {}
            None => faults.add(
                table.column("division"),
                Message::new("import-fault-no-division").with("name", called.to_owned()),
            ),
        }
        items(table, row, form, faults);
        if table.cell(row, "ways_sensitive").is_empty() {
            keep_permitted(form);
        }
    }

    fn parse(_: &Names, form: &Form) -> Result<NewEntrustment, Invalid> {
        NewEntrustment::parse(form)
    }

    fn column_of(field: &str) -> &str {
        if field.starts_with("item_") { "items" } else { field }
    }

    fn key(command: &NewEntrustment) -> (&'static str, String) {
        ("number", command.number.clone())
    }

    fn taken(
        connection: &mut Connection,
        ctx: &Ctx,
        _: &Names,
        keys: &[String],
    ) -> Result<HashSet<String>> {
        let tenant = ctx.organisation_id()?;
        Ok(entrustment::numbers_taken(connection, tenant, keys)?.into_iter().collect())
    }

    fn create(
        tx: &mut Tx<'_>,
        _: Names,
        commands: &[NewEntrustment],
        _: &[Vec<Broken>],
        _: &Said,
    ) -> Result<Vec<Done>> {
        entrustment::register_all(tx, commands)?;
        let tenant_id = tx.actor.member().ok_or(Error::SignIn)?.organisation_id;
        Ok(vec![Done { tenant_id, entrustment: None, rows: commands.len() }])
    }
}

/// A contractor as a row calls it: a number in any width, or the name as it is.
fn call(cell: &str) -> String {
    let folded = fold_width(cell);
    let number = folded.len() == 13 && folded.bytes().all(|b| b.is_ascii_digit());
    if number { folded } else { cell.to_owned() }
}

/// Of the usual ways for sensitive items, those that the row permits at all.
fn keep_permitted(form: &mut Form) {
    let ways: Vec<String> = form.values("ways").map(str::to_owned).collect();
    let usual = form.values("ways_sensitive").map(str::to_owned).collect::<Vec<_>>();
    form.remove("ways_sensitive");
    for way in usual.iter().filter(|way| ways.contains(way)) {
        form.add("ways_sensitive", way);
    }
}

/// The items of a row: those of each column, separated by commas or lines.
fn items(table: &Table<'_>, row: &Row, form: &mut Form, faults: &mut RowFaults) {
    let mut number = 0;
    for (name, _, mark) in ITEMS {
        let cell = table.cell(row, name);
        for item in cell.split(['、', ',', '，', ';', '；', '\n']).map(str::trim) {
            if !item.is_empty() {
                form.add(&format!("item_name_{number}"), item);
                form.add(&format!("item_mark_{number}"), mark.as_str());
                number += 1;
            }
        }
        if number > entrustment::MOST_ITEMS {
            let message = Message::new("import-fault-items").with("max", entrustment::MOST_ITEMS);
            faults.add(table.column(name), message);
            return;
        }
    }
}
