//! The disposals in the audit record: what the certificates say, what stays by law, the closing.

use super::case::{Case, ItemNames};
use super::certificate::{attestation, facts, write_files, write_holdings};
use super::closing::stays;
use crate::database::Connection;
use crate::entrustment::{Entrustment, EntrustmentStatus};
use crate::error::Result;
use crate::paper::Paper;
use crate::typeset::Tone;

/// The disposals on record.
#[derive(Clone, Debug)]
pub struct Filed {
    cases: Vec<Case>,
    names: ItemNames,
    open: i64,
}

/// The disposals of an entrustment that were attested, by number.
///
/// # Errors
/// Those of the database.
pub fn filed(connection: &mut Connection, entrustment: &Entrustment) -> Result<Filed> {
    let mut cases = Case::all(connection, entrustment)?;
    cases.retain(|case| case.disposal.status.is_certified());
    Ok(Filed {
        cases,
        names: ItemNames::load(connection, entrustment)?,
        open: super::store::open_holdings(connection, entrustment)?.0,
    })
}

/// Writes the chapter.
///
/// # Errors
/// When a hash can't be taken, which for these types is a bug.
pub fn write(paper: &mut Paper, entrustment: &Entrustment, filed: &Filed) -> Result<()> {
    paper.chapter("disposal-list-title");
    write_standing(paper, entrustment, filed);
    for case in &filed.cases {
        write_case(paper, entrustment, filed, case)?;
    }
    Ok(())
}

fn write_standing(paper: &mut Paper, entrustment: &Entrustment, filed: &Filed) {
    let open = paper.say("disposal-record-open", &[("count", filed.open.into())]);
    let standing = match (entrustment.status, entrustment.closed_at) {
        (EntrustmentStatus::Closed, Some(at)) => {
            paper.say("disposal-record-closed", &[("moment", paper.moment(at).into())])
        }
        _ if filed.open > 0 => open,
        _ => paper.text("disposal-record-none-open"),
    };
    paper.body(standing);
    for case in filed.cases.iter().filter(|case| stays(case)) {
        let disposal = &case.disposal;
        let until = disposal.retained_until.map(|day| paper.date(day)).unwrap_or_default();
        let args =
            [("number", disposal.number(&entrustment.number).into()), ("until", until.into())];
        let title = paper.say("disposal-record-retained", &args);
        paper.callout(Tone::Caution, title, disposal.retained_reason.clone());
    }
    if filed.cases.is_empty() {
        paper.body(paper.text("disposal-record-none"));
    }
}

fn write_case(
    paper: &mut Paper,
    entrustment: &Entrustment,
    filed: &Filed,
    case: &Case,
) -> Result<()> {
    let disposal = &case.disposal;
    let title = paper.text(&format!("certificate-title-{}", disposal.kind));
    paper.heading(2, format!("{title} {}", disposal.number(&entrustment.number)));
    if !case.holds()? {
        let (title, text) = ("certificate-broken", "certificate-broken-text");
        paper.callout(Tone::Bad, paper.text(title), paper.text(text));
    }
    let mut all =
        vec![("disposal-status", paper.text(&format!("disposal-status-{}", disposal.status)))];
    all.extend(facts(paper, disposal));
    all.extend(attestation(paper, disposal));
    paper.facts(all);
    paper.heading(3, paper.text("certificate-holdings"));
    write_holdings(paper, &filed.names.lines(paper.language(), &case.holdings));
    paper.heading(3, paper.text("certificate-files"));
    write_files(paper, case);
    paper.note(paper.text("certificate-hash"));
    paper.mono(disposal.attested_hash.clone());
    Ok(())
}
