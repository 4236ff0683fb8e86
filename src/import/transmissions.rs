//! Transmissions from a sheet.

use std::collections::HashSet;

use super::field::{Field, Takes, Words, folded};
use super::holdings::several;
use super::model::ImportKind;
use super::named::{Lost, split};
use super::register::{Entering, Of, Register};
use super::table::{RowFaults, Table};
use crate::database::{Connection, Tx};
use crate::entrustment::rules::Way;
use crate::entrustment::{Entrustment, EntrustmentId};
use crate::error::Result;
use crate::rulebook::{Broken, Judge, KeyWay, Party, Protection, ReceiverField};
use crate::sheet::{Kind, Row};
use crate::transmission::{self, MOST_RECEIVERS, NewTransmission, Same};
use crate::web::{Form, Invalid, Language, Message, locale};

/// The registers of transmissions.
pub(super) struct Transmissions;

/// The columns with receivers and the field of a mail that each stands for.
const RECEIVERS: [(&str, &str, ReceiverField); 3] = [
    ("receivers", "import-receivers", ReceiverField::To),
    ("receivers_cc", "import-receivers-cc", ReceiverField::Cc),
    ("receivers_bcc", "import-receivers-bcc", ReceiverField::Bcc),
];

impl Register for Transmissions {
    type New = NewTransmission;
    type Key = Same;
    const KIND: ImportKind = ImportKind::Transmissions;

    fn fields() -> Vec<Field> {
        use Kind::{Code, Date, Number, Text};
        macro_rules! words {
            ($prefix:literal, $list:ty) => {
                Takes::Word(Words::new($prefix, <$list>::ALL.iter().map(|w| w.as_str()).collect()))
            };
        }
        let party = words!("transmission-party-", Party);
        let protection = words!("transmission-protection-", Protection);
        let key_way = words!("transmission-key-", KeyWay);
        let mut fields = vec![
            Field::new("sent_on", "transmission-sent-on", Date).hint("common-date-hint"),
            Field::new("sent_time", "transmission-sent-time", Code)
                .hint("transmission-sent-time-hint"),
            Field::new("sender", "transmission-sender", Text).taking(party),
            Field::new("handler", "transmission-handler", Text)
                .optional()
                .taking(Takes::Own)
                .hint("import-handler-hint"),
            Field::new("sender_address", "transmission-sender-address", Text)
                .optional()
                .hint("transmission-sender-address-hint"),
        ];
        fields.extend(RECEIVERS.map(|(name, label, _)| {
            let field = Field::new(name, label, Text).optional().taking(Takes::Own);
            field.hint("import-receivers-hint")
        }));
        fields.extend([
            Field::new("way", "transmission-way", Text).taking(words!("way-", Way)),
            Field::new("items", "transmission-items", Text)
                .taking(Takes::Own)
                .hint("import-register-items-hint"),
            Field::new("persons", "transmission-persons", Number),
            Field::new("protection", "transmission-protection", Text).taking(protection),
            Field::new("key_way", "transmission-key-way", Text).taking(key_way),
            Field::new("checked_by", "transmission-checked-by", Text)
                .optional()
                .hint("transmission-checked-by-hint"),
            Field::new("purpose", "transmission-purpose", Text).hint("transmission-purpose-hint"),
            Field::new("description", "transmission-description", Text)
                .optional()
                .hint("transmission-description-hint"),
            Field::new("content_hash", "transmission-content-hash", Code)
                .optional()
                .hint("transmission-content-hash-hint"),
        ]);
        fields
    }

    fn own(of: &Of, table: &Table<'_>, row: &Row, form: &mut Form, faults: &mut RowFaults) {
        several(of, (table, row), "items", form, faults);
        let called = table.cell(row, "handler");
        if !called.is_empty() {
            match of.handlers.one(called) {
                Ok(id) => form.set("handler", id),
                Err(lost) => faults.add(
                    table.column("handler"),
                    lost.message("import-fault-no-handler", "import-fault-handlers-alike"),
                ),
            }
        }
        let mut number = 0;
        for (name, _, field) in RECEIVERS {
            for called in split(table.cell(row, name)) {
                if number == MOST_RECEIVERS {
                    let message =
                        Message::new("import-fault-receivers").with("max", MOST_RECEIVERS);
                    return faults.add(table.column(name), message);
                }
                match receiver(of, &called) {
                    Ok(found) => found.fill(number, field, form),
                    Err(lost) => faults.add(
                        table.column(name),
                        lost.message(
                            "import-fault-recipients-alike",
                            "import-fault-recipients-alike",
                        ),
                    ),
                }
                number += 1;
            }
        }
    }

    fn parse(of: &Of, form: &Form) -> Result<NewTransmission, Invalid> {
        NewTransmission::parse(form, &of.terms, of.now)
    }

    fn column_of(field: &str) -> &str {
        if field.starts_with("receiver_") { "receivers" } else { field }
    }

    fn key(of: EntrustmentId, new: &NewTransmission) -> (&'static str, Same) {
        ("sent_on", Same::of(of, new))
    }

    fn registered(
        connection: &mut Connection,
        of: &[&Entrustment],
        keys: &[Same],
    ) -> Result<HashSet<Same>> {
        let moments = || keys.iter().map(Same::sent_at);
        match moments().min().zip(moments().max()) {
            Some(between) => {
                Ok(transmission::sent_between(connection, of, between)?.into_iter().collect())
            }
            None => Ok(HashSet::new()),
        }
    }

    fn broken(judge: &Judge<'_>, _: &Of, new: &NewTransmission) -> Vec<Broken> {
        judge.transmission(&new.fact())
    }

    fn enter(
        tx: &mut Tx<'_>,
        of: Entrustment,
        rows: &[Entering<'_, NewTransmission>],
    ) -> Result<()> {
        transmission::enter_all(tx, of, rows)
    }
}

/// A receiver as the form has it.
struct Found {
    who: String,
    name: String,
    address: String,
}

impl Found {
    fn fill(&self, number: usize, field: ReceiverField, form: &mut Form) {
        for (part, value) in [
            ("who", self.who.as_str()),
            ("name", &self.name),
            ("address", &self.address),
            ("field", field.as_str()),
        ] {
            form.add(&format!("receiver_{part}_{number}"), value);
        }
    }
}

/// A receiver as a cell calls it: a party, a registered recipient by name or address, or anybody as
/// `名称 <address>`.
fn receiver(of: &Of, called: &str) -> Result<Found, Lost> {
    let plain =
        |who: &str| Found { who: who.to_owned(), name: String::new(), address: String::new() };
    for (party, name) in
        [(Party::Principal, &of.terms.principal), (Party::Contractor, &of.terms.contractor)]
    {
        if called == name.as_str() || is_party(party, called) {
            return Ok(plain(party.as_str()));
        }
    }
    match of.recipients.one(called) {
        Ok(id) => return Ok(plain(id)),
        Err(lost @ Lost::Several(_)) => return Err(lost),
        Err(Lost::Unknown(_)) => {}
    }
    let folded = called.replace('＜', "<").replace('＞', ">");
    let (name, address) = match folded.strip_suffix('>').and_then(|rest| rest.split_once('<')) {
        Some((name, address)) => (name.trim(), address.trim()),
        None if folded.contains('@') => ("", folded.as_str()),
        None => (folded.as_str(), ""),
    };
    // By the address first: it is where the data went.
    let known = [address, name].into_iter().find_map(|part| of.recipients.one(part).ok());
    Ok(Found {
        who: known.unwrap_or(Party::Other.as_str()).to_owned(),
        name: name.to_owned(),
        address: address.to_owned(),
    })
}

/// Whether this is the word for a party.
fn is_party(party: Party, called: &str) -> bool {
    let key = format!("transmission-party-{party}");
    called == party.as_str()
        || Language::ALL.iter().any(|l| folded(&locale::text(*l, &key)) == folded(called))
}
