//! An inspection and its forms.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

use super::checklist::{ItemResult, Sheet};
use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::schema::inspection;
use crate::database::types::Json;
use crate::entrustment::EntrustmentId;
use crate::japanese::{FiscalYear, jst_to_utc};
use crate::web::{Fields, Form, Invalid, Message, Rule};
use crate::{id_type, word_type};

id_type! {
    /// The id of an inspection.
    InspectionId
}

word_type! {
    /// How an inspection is held.
    Method {
        /// On site, as is the principle.
        Visit = "visit",
        /// By video, with the reason.
        Video = "video",
        /// By photographs, with the reason.
        Photographs = "photographs",
    }
}

word_type! {
    /// How far an inspection is.
    InspectionStatus {
        /// Planned.
        Planned = "planned",
        /// Held; the contractor is to answer.
        Held = "held",
        /// The contractor answered.
        Answered = "answered",
        /// Closed by an officer.
        Closed = "closed",
    }
}

word_type! {
    /// What an inspection came to.
    Overall {
        /// It isn't held.
        None = "",
        /// In order.
        Good = "good",
        /// Something is to be mended.
        Mend = "mend",
        /// Not in order.
        Bad = "bad",
    }
}

impl Overall {
    /// What an officer can say.
    pub(super) const SAID: &'static [Self] = &[Self::Good, Self::Mend, Self::Bad];
}

/// An inspection (実地検査).
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = inspection)]
pub struct Inspection {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The id.
    pub id: InspectionId,
    /// The entrustment.
    pub entrustment_id: EntrustmentId,
    /// The fiscal year whose duty it fulfils.
    pub fiscal_year: i32,
    /// The day for which it is planned.
    pub planned_on: NaiveDate,
    /// How.
    pub method: Method,
    /// Why not on site.
    pub method_reason: String,
    /// Who inspects.
    pub inspector: String,
    /// Who attends for the contractor.
    pub attendant: String,
    /// When it was held.
    pub held_at: Option<Timestamp>,
    /// 確認物: what was seen.
    pub seen: String,
    /// The checklist with its results.
    pub checklist: Json<Sheet>,
    /// What it came to.
    pub result: Overall,
    /// 所見.
    pub comment: String,
    /// Until when findings are to be mended.
    pub mend_by: Option<NaiveDate>,
    /// The contractor's answer.
    pub answer: String,
    /// Who answered.
    pub answered_by_name: String,
    /// When.
    pub answered_at: Option<Timestamp>,
    /// How far it is.
    pub status: InspectionStatus,
    /// Who closed it.
    pub closed_by_name: String,
    /// When.
    pub closed_at: Option<Timestamp>,
    /// When it was planned.
    pub created_at: Timestamp,
    /// For optimistic locking.
    pub version: i32,
}

/// An inspection as it is planned.
#[derive(Clone, Debug)]
pub struct NewPlan {
    /// The day.
    pub planned_on: NaiveDate,
    /// How.
    pub method: Method,
    /// Why not on site; empty for a visit.
    pub method_reason: String,
    /// Who inspects.
    pub inspector: String,
    /// Who attends for the contractor.
    pub attendant: String,
}

impl NewPlan {
    /// Reads the form.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(form: &Form) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let planned_on = f.date("planned_on");
        let method = f.word::<Method>("method");
        let mut method_reason = f.optional("method_reason", Rule::text(1000));
        match (method, method_reason.as_deref()) {
            // On site there is nothing to give a reason for.
            (Some(Method::Visit), Some(_)) => method_reason = Some(String::new()),
            (Some(_), Some("")) => {
                f.error("method_reason", Message::new("inspection-error-reason"));
            }
            _ => {}
        }
        let inspector = f.text("inspector", Rule::line(200));
        let attendant = f.optional("attendant", Rule::line(200));
        f.finish(|| {
            Some(Self {
                planned_on: planned_on?,
                method: method?,
                method_reason: method_reason?,
                inspector: inspector?,
                attendant: attendant?,
            })
        })
    }

    /// The fiscal year of the plan.
    #[must_use]
    pub fn fiscal_year(&self) -> i32 {
        FiscalYear::of(self.planned_on).0
    }
}

/// What was written down while inspecting: kept at any time before it is held.
#[derive(Clone, Debug)]
pub(super) struct Notes {
    pub inspector: String,
    pub attendant: String,
    pub seen: String,
    pub comment: String,
    pub sheet: Sheet,
}

/// An inspection as it was held.
#[expect(clippy::struct_field_names, reason = "the columns' names")]
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub notes: Notes,
    pub held_on: NaiveDate,
    pub held_at: Timestamp,
    pub overall: Overall,
    pub mend_by: Option<NaiveDate>,
}

/// The field of an item's result.
pub(super) fn result_field(id: &str) -> String {
    format!("result_{id}")
}

/// The field of an item's note.
pub(super) fn note_field(id: &str) -> String {
    format!("note_{id}")
}

fn notes(f: &mut Fields<'_>, form: &Form, mut sheet: Sheet) -> Option<Notes> {
    let inspector = f.text("inspector", Rule::line(200));
    let attendant = f.optional("attendant", Rule::line(200));
    let seen = f.optional("seen", Rule::text(2000));
    let comment = f.optional("comment", Rule::text(4000));
    for line in &mut sheet.lines {
        line.result = form.value(&result_field(&line.item.id)).parse().ok();
        line.note = f.optional(&note_field(&line.item.id), Rule::text(1000)).unwrap_or_default();
    }
    Some(Notes {
        inspector: inspector?,
        attendant: attendant?,
        seen: seen?,
        comment: comment?,
        sheet,
    })
}

impl Notes {
    /// Reads the form as far as it is filled in.
    pub(super) fn parse(form: &Form, sheet: Sheet) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let notes = notes(&mut f, form, sheet);
        f.finish(|| notes)
    }
}

impl Held {
    /// Reads the form of an inspection that was held.
    pub(super) fn parse(form: &Form, sheet: Sheet, today: NaiveDate) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let held_on = f.date("held_on");
        f.check(held_on.is_none_or(|day| day <= today), "held_on", "inspection-error-future");
        let held_time = f.time("held_time");
        let notes = notes(&mut f, form, sheet);
        if form.value("seen").trim().is_empty() {
            f.error("seen", Message::new("error-required"));
        }
        let not_kept = check_lines(&mut f, notes.as_ref());
        let overall = f.word::<Overall>("overall");
        f.check(
            overall.is_none_or(|said| !(said == Overall::Good && not_kept)),
            "overall",
            "inspection-error-overall",
        );
        let mend_by = f.optional_date("mend_by");
        if let (Some(mend_by), Some(said)) = (mend_by, overall) {
            let needed = not_kept || said != Overall::Good;
            f.check(mend_by.is_some() || !needed, "mend_by", "error-required");
            f.check(mend_by.is_none_or(|by| by >= today), "mend_by", "error-deadline-past");
        }
        f.finish(|| {
            let held_on = held_on?;
            Some(Self {
                notes: notes?,
                held_on,
                held_at: jst_to_utc(held_on.and_time(held_time?)),
                overall: overall?,
                mend_by: mend_by?,
            })
        })
    }
}

/// Every item has a result, and what isn't kept or couldn't be seen is described; says whether
/// something isn't kept.
fn check_lines(f: &mut Fields<'_>, notes: Option<&Notes>) -> bool {
    let lines = notes.map(|notes| notes.sheet.lines.as_slice()).unwrap_or_default();
    for line in lines {
        let id = &line.item.id;
        match line.result {
            None => f.error(&result_field(id), Message::new("error-choose-one")),
            Some(ItemResult::NotKept | ItemResult::NotSeen) if line.note.is_empty() => {
                f.error(&note_field(id), Message::new("inspection-error-note"));
            }
            Some(_) => {}
        }
    }
    lines.iter().any(|line| line.result == Some(ItemResult::NotKept))
}

impl Inspection {
    /// Its page.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/entrustments/{}/inspections/{}", self.entrustment_id, self.id)
    }

    /// Whether it was held.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.status != InspectionStatus::Planned
    }

    /// The form of its plan.
    pub(super) fn plan_form(&self) -> Form {
        Form::from_pairs([
            ("planned_on", self.planned_on.to_string()),
            ("method", self.method.to_string()),
            ("method_reason", self.method_reason.clone()),
            ("inspector", self.inspector.clone()),
            ("attendant", self.attendant.clone()),
            ("version", self.version.to_string()),
        ])
    }

    /// The form with which it is held, with what was kept so far.
    pub(super) fn hold_form(&self) -> Form {
        let mut form = Form::from_pairs([
            ("inspector", self.inspector.clone()),
            ("attendant", self.attendant.clone()),
            ("seen", self.seen.clone()),
            ("comment", self.comment.clone()),
            ("version", self.version.to_string()),
        ]);
        for line in &self.checklist.0.lines {
            let result = line.result.map_or("", ItemResult::as_str);
            form.set(&result_field(&line.item.id), result);
            form.set(&note_field(&line.item.id), &line.note);
        }
        form
    }
}
