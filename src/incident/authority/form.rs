//! The forms of the report: its items, and that it was filed.

use super::model::{Item, Items, Report};
use crate::clock::Timestamp;
use crate::incident::model::Incident;
use crate::incident::text;
use crate::web::{Fields, Form, Invalid, Rule};

/// The field of an item.
pub(super) fn field(item: Item) -> String {
    format!("report_{item}")
}

/// Reads the items.
///
/// # Errors
/// What is wrong, by field.
pub(super) fn items(form: &Form) -> Result<Items, Invalid> {
    let mut f = Fields::of(form);
    let mut items = Items::default();
    let mut texts = Vec::new();
    for item in Item::ALL {
        let text = f.optional(&field(*item), Rule::text(4000)).unwrap_or_default();
        texts.push((field(*item), text.clone()));
        items.set(*item, text);
    }
    let looked: Vec<_> =
        texts.iter().map(|(field, text)| (field.as_str(), Some(text.as_str()))).collect();
    text::check(&mut f, &looked);
    f.finish(|| Some(items))
}

/// The form filled with items.
pub(super) fn filled(items: &Items, version: i32) -> Form {
    let mut form = Form::from_pairs([("version", version.to_string())]);
    for item in Item::ALL {
        form.set(&field(*item), items.get(*item));
    }
    form
}

/// That a report was filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NewFiling {
    /// Which report.
    pub report: Report,
    /// Whether for the other side too.
    pub joint: bool,
    /// To whom.
    pub authority: String,
    /// The number of receipt; may be empty.
    pub receipt: String,
    /// When.
    pub filed_at: Timestamp,
}

impl NewFiling {
    /// Reads the form; a final report needs all items, a preliminary one the outline.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(
        form: &Form,
        incident: &Incident,
        items: &Items,
        now: Timestamp,
    ) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let report: Option<Report> = f.word("report_kind");
        let missing = items.missing();
        let complete = match report {
            Some(Report::Final) => missing.is_empty(),
            Some(Report::Preliminary) => !missing.contains(&Item::Outline),
            None => true,
        };
        f.check(complete, "report_kind", "incident-authority-error-missing");
        let authority = f.text("report_authority", Rule::line(100));
        let receipt = f.optional("report_receipt", Rule::line(60));
        let joint = f.ticked("report_joint");
        let filed_at = f.moment("report_filed");
        let past = filed_at.is_none_or(|at| at <= now);
        f.check(past, "report_filed_on", "incident-error-future");
        let after = filed_at.is_none_or(|at| at >= incident.known_at);
        f.check(after, "report_filed_on", "incident-authority-error-before");
        text::check(&mut f, &[("report_authority", authority.as_deref())]);
        f.finish(|| {
            Some(Self {
                report: report?,
                joint,
                authority: authority?,
                receipt: receipt?,
                filed_at: filed_at?,
            })
        })
    }

    /// The form as it is opened: filed just now.
    pub fn form(report: Report, authority: &str, now: Timestamp) -> Form {
        let mut form = Form::from_pairs([("report_kind", report.as_str())]);
        form.set("report_authority", authority);
        form.set_moment("report_filed", now);
        form
    }
}
