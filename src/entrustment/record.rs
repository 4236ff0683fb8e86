//! The parties, the contract and the handling rules in the audit record.

use super::items::DataItem;
use super::model::Entrustment;
use super::rules::HandlingRules;
use crate::japanese::FiscalYear;
use crate::organisation::Organisation;
use crate::organisation::contractor::Contractor;
use crate::organisation::division::Division;
use crate::paper::Paper;
use crate::typeset::{Align, Cell, Tone};

/// Who takes part.
#[derive(Clone, Debug)]
pub struct Parties {
    /// The principal.
    pub principal: Organisation,
    /// The division that looks after the entrustment.
    pub division: Division,
    /// The contractor as registered.
    pub contractor: Contractor,
}

/// Writes the chapters. The principal's own remarks (所見) are not part of the record: the
/// contractor reads it too.
pub fn write(paper: &mut Paper, entrustment: &Entrustment, parties: &Parties, items: &[DataItem]) {
    write_parties(paper, parties);
    write_contract(paper, entrustment, items);
    write_rules(paper, &entrustment.rules.0);
}

fn write_parties(paper: &mut Paper, parties: &Parties) {
    let Parties { principal, division, contractor } = parties;
    paper.heading(1, paper.text("record-parties"));
    paper.heading(2, paper.text("record-principal"));
    paper.facts([
        ("record-name", principal.name.clone()),
        ("record-corporate-number", principal.corporate_number.clone().unwrap_or_default()),
        ("record-address", principal.address.clone()),
        ("record-phone", principal.phone.clone()),
        ("record-division", division.name.clone()),
        ("record-division-phone", division.phone.clone()),
    ]);
    paper.heading(2, paper.text("record-contractor"));
    let place = [&contractor.postcode, &contractor.address];
    let in_charge = [&contractor.person_in_charge_title, &contractor.person_in_charge];
    paper.facts([
        ("record-name", contractor.name.clone()),
        ("record-kana", contractor.name_kana.clone()),
        ("record-kind", paper.text(&format!("record-kind-{}", contractor.kind))),
        ("record-corporate-number", contractor.corporate_number.clone().unwrap_or_default()),
        ("record-address", joined(place)),
        ("record-representative", contractor.representative.clone()),
        ("record-person-in-charge", joined(in_charge)),
        ("record-phone", contractor.phone.clone()),
        ("record-after-hours-phone", contractor.after_hours_phone.clone()),
        (
            "record-privacy-mark",
            until(paper, &contractor.privacy_mark, contractor.privacy_mark_until),
        ),
        ("record-isms", until(paper, &contractor.isms, contractor.isms_until)),
    ]);
}

fn joined(parts: [&String; 2]) -> String {
    let parts: Vec<&str> =
        parts.into_iter().map(String::as_str).filter(|p| !p.is_empty()).collect();
    parts.join(" ")
}

fn until(paper: &Paper, what: &str, until: Option<chrono::NaiveDate>) -> String {
    match until {
        Some(date) if !what.is_empty() => {
            paper.say("record-until", &[("what", what.into()), ("date", paper.date(date).into())])
        }
        _ => what.to_owned(),
    }
}

fn write_contract(paper: &mut Paper, entrustment: &Entrustment, items: &[DataItem]) {
    paper.heading(1, paper.text("record-contract"));
    let persons = paper.say("record-persons-count", &[("count", entrustment.persons.into())]);
    paper.facts([
        ("record-number", entrustment.number.clone()),
        ("record-entrustment-title", entrustment.title.clone()),
        ("record-purpose", entrustment.purpose.clone()),
        ("record-fiscal-year", fiscal_year(paper, entrustment.fiscal_year)),
        ("record-period", paper.period(entrustment.starts_on, entrustment.ends_on)),
        ("record-erase-by", paper.date(entrustment.erase_by)),
        ("record-persons", persons),
        ("record-handover-way", entrustment.handover_way.clone()),
    ]);
    paper.heading(2, paper.text("record-items"));
    let heads = [("record-item", 3.0, Align::Left), ("record-item-mark", 2.0, Align::Left)];
    let row = |placed: &super::PlacedItem| {
        let item = &placed.item;
        let mark = Cell::new(paper.text(&format!("mark-{}", item.mark)));
        let special = item.mark != super::ItemMark::None;
        let name = super::full_name(paper.language(), items, item);
        vec![Cell::new(name), if special { mark.tone(Tone::Caution) } else { mark.muted() }]
    };
    let rows = super::placed(items).iter().map(row).collect();
    paper.table(&heads, rows);
}

fn fiscal_year(paper: &Paper, year: i32) -> String {
    match paper.language() {
        crate::web::Language::Ja => FiscalYear(year).era_label(),
        crate::web::Language::En => year.to_string(),
    }
}

fn write_rules(paper: &mut Paper, rules: &HandlingRules) {
    paper.heading(1, paper.text("record-rules"));
    paper.body(paper.text("record-rules-lead"));
    paper.facts([
        ("rules-places", paper.words("place-", &rules.places)),
        ("rules-countries", rules.countries.join(&paper.text("paper-between"))),
        ("rules-clouds", clouds(paper, &rules.clouds)),
        ("rules-media", paper.words("medium-", &rules.media)),
        ("rules-ways", paper.words("way-", &rules.ways)),
        ("rules-ways-sensitive", paper.words("way-", &rules.ways_sensitive)),
        ("rules-recipients", paper.words("recipients-", &[rules.recipients])),
        ("rules-encryption", paper.words("encryption-", &[rules.encryption])),
        ("rules-second-checker", paper.words("second-checker-", &[rules.second_checker])),
        ("rules-sub-entrustment", paper.words("sub-entrustment-", &[rules.sub_entrustment])),
        (
            "rules-retention-days",
            paper.say("rules-days", &[("count", rules.retention_days.into())]),
        ),
        ("rules-report-hours", paper.say("rules-hours", &[("count", rules.report_hours.into())])),
    ]);
}

fn clouds(paper: &Paper, clouds: &[String]) -> String {
    if clouds.is_empty() {
        paper.text("rules-clouds-any")
    } else {
        clouds.join(&paper.text("paper-between"))
    }
}
