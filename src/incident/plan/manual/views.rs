//! What the pages of the manual show.

use serde::Serialize;
use serde_json::{Value, json};

use super::form::{NEW, field};
use super::model::{Head, Manual, ManualId, ManualStep, Section};
use crate::clock::Timestamp;
use crate::incident::model::IncidentKind;
use crate::ledger::HistoryLine;
use crate::rulebook::Party;
use crate::web::locale::{text, text_with};
use crate::web::{Choice, FormView, Language, View};

/// A version in the list.
#[derive(Serialize)]
pub(super) struct Row {
    pub href: String,
    pub number: i32,
    /// The key of how it stands, and its tone.
    pub status: &'static str,
    pub tone: &'static str,
    pub drafted_by: String,
    pub drafted_at: Timestamp,
    pub published_by: String,
    pub published_at: Option<Timestamp>,
}

impl Row {
    pub(super) fn of(head: Head, current: Option<ManualId>) -> Self {
        let (status, tone) = match head.published_at {
            None => ("incident-manual-draft", "progress"),
            Some(_) if current == Some(head.id) => ("incident-manual-counts", "good"),
            Some(_) => ("incident-manual-earlier", "neutral"),
        };
        Self {
            href: format!("/incident-manual/{}", head.id),
            number: head.version_no,
            status,
            tone,
            drafted_by: head.drafted_by_name,
            drafted_at: head.drafted_at,
            published_by: head.published_by_name,
            published_at: head.published_at,
        }
    }
}

/// The versions.
#[derive(Serialize)]
pub(super) struct ListView {
    pub rows: Vec<Row>,
    /// The standard's version, and whether it is the one that counts.
    pub standard: i32,
    pub standard_counts: bool,
    /// Where the draft is, if there is one.
    pub draft: Option<String>,
    pub may_draft: bool,
}

impl View for ListView {
    const TEMPLATE: &'static str = "incident/manual_list.html";
    const TITLE: &'static str = "incident-manual-title";
}

/// A section with its steps.
#[derive(Serialize)]
pub(super) struct SectionShown {
    pub title: String,
    pub steps: Vec<StepShown>,
}

/// A step as it is read.
#[derive(Serialize)]
pub(super) struct StepShown {
    pub what: String,
    pub how: String,
    pub side: String,
    /// Within which time, in words.
    pub within: String,
    pub kinds: Vec<String>,
}

/// A time in hours, or in days where it is more than one and full days: laws count days.
fn within(language: Language, hours: u16) -> String {
    let (key, count) = match (hours / 24, hours % 24) {
        (days, 0) if days > 1 => ("incident-manual-within-days", days),
        _ => ("incident-manual-within", hours),
    };
    text_with(language, key, &[("count", i64::from(count).into())])
}

/// The steps by section, in a language.
pub(super) fn shown(language: Language, steps: &[ManualStep]) -> Vec<SectionShown> {
    let kind = |kind: &IncidentKind| text(language, &format!("incident-kind-{kind}"));
    let step = |step: &ManualStep| StepShown {
        what: step.what.get(language.as_str()).to_owned(),
        how: step.how.get(language.as_str()).to_owned(),
        side: text(language, &format!("incident-side-{}", step.side)),
        within: within(language, step.hours),
        kinds: step.kinds.iter().map(kind).collect(),
    };
    let section = |section: &Section| SectionShown {
        title: text(language, &format!("incident-plan-section-{section}")),
        steps: steps.iter().filter(|own| own.section == *section).map(step).collect(),
    };
    Section::ALL.iter().map(section).collect()
}

/// A version, or the standard.
#[derive(Default, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "what the template asks, one by one")]
pub(super) struct ShowView {
    pub form: FormView,
    pub href: String,
    pub number: i32,
    pub is_standard: bool,
    pub is_draft: bool,
    pub drafted_by: String,
    pub drafted_at: Option<Timestamp>,
    pub published_at: Option<Timestamp>,
    pub published_by: String,
    pub sections: Vec<SectionShown>,
    pub may_edit: bool,
    pub may_publish: bool,
    pub history: Vec<HistoryLine>,
}

impl View for ShowView {
    const TEMPLATE: &'static str = "incident/manual_show.html";
    const TITLE: &'static str = "incident-manual-title";

    fn title(&self, language: Language) -> String {
        named(language, self.is_standard, self.number)
    }
}

/// What a version is called.
fn named(language: Language, is_standard: bool, number: i32) -> String {
    let key = if is_standard { "incident-manual-standard-n" } else { "incident-manual-own-n" };
    text_with(language, key, &[("number", number.to_string().into())])
}

/// The fields of a step.
#[derive(Serialize)]
pub(super) struct StepFields {
    /// The end of the fields' names.
    pub id: String,
    /// Its number on the page; 0 for the one that is added.
    pub number: usize,
    /// What it says now.
    pub what: String,
    /// Whether the fields that are folded away are shown.
    pub open: bool,
}

/// The form of a draft.
#[derive(Serialize)]
pub(super) struct EditView {
    pub form: FormView,
    pub href: String,
    pub number: i32,
    pub steps: Vec<StepFields>,
    pub added: StepFields,
    pub sections: Vec<Choice>,
    pub sides: Vec<Choice>,
    pub kinds: Vec<Choice>,
}

impl EditView {
    pub(super) fn of(language: Language, form: FormView, href: String, manual: &Manual) -> Self {
        let folded = ["what_en", "how_ja", "how_en", "kinds"];
        let wrong = |id: &str| {
            let at = |name: &&str| form.fields.get(&field(name, id));
            folded.iter().filter_map(at).any(|field| field.error.is_some())
        };
        let fields = |(number, step): (usize, &ManualStep)| StepFields {
            id: step.id.clone(),
            number,
            what: step.what.get(language.as_str()).to_owned(),
            open: wrong(&step.id),
        };
        let added =
            StepFields { id: NEW.to_owned(), number: 0, what: String::new(), open: wrong(NEW) };
        Self {
            steps: (1..).zip(&manual.steps.0).map(fields).collect(),
            added,
            number: manual.version_no,
            sections: Choice::words(language, "incident-plan-section-", Section::ALL),
            sides: Choice::words(
                language,
                "incident-side-",
                &[Party::Principal, Party::Contractor],
            ),
            kinds: Choice::words(language, "incident-kind-", IncidentKind::ALL),
            form,
            href,
        }
    }
}

impl View for EditView {
    const TEMPLATE: &'static str = "incident/manual_edit.html";
    const TITLE: &'static str = "incident-manual-edit-title";
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub(in crate::incident::plan) fn samples() -> Vec<(&'static str, Value)> {
    let row = |status: &str, tone: &str, published: Value| {
        json!({ "href": "/", "number": 2, "status": status, "tone": tone, "drafted_by": "﨑山",
            "drafted_at": "2026-04-01T00:00:00", "published_by": "承認", "published_at": published })
    };
    let list = |rows: Value, draft: Value, counts: bool| json!({ "rows": rows, "standard": 1, "standard_counts": counts, "draft": draft, "may_draft": true });
    let section = json!([{ "title": "24時間以内", "steps": [
        { "what": "電話する", "how": "お詫びし、\n消去を頼む", "side": "委託先", "within": "知った時から2時間以内", "kinds": ["宛先の誤り"] },
        { "what": "知らせる", "how": "", "side": "委託元", "within": "知った時から3時間以内", "kinds": [] },
    ] }, { "title": "1週間以内", "steps": [] }]);
    let show = |standard: bool, draft: bool| {
        json!({ "form": FormView::default(), "href": "/", "number": 2, "is_standard": standard, "is_draft": draft,
            "drafted_by": "﨑山", "drafted_at": if standard { json!(null) } else { json!("2026-04-01T00:00:00") },
            "published_at": if draft || standard { json!(null) } else { json!("2026-04-01T00:00:00") },
            "published_by": "承認", "sections": section, "may_edit": draft, "may_publish": draft, "history": [] })
    };
    let choice = json!([{ "value": "day", "label": "24時間以内", "hint": "" }]);
    let fields = |id: &str, number: i32| json!({ "id": id, "number": number, "what": "電話する", "open": number > 0 });
    vec![
        (ListView::TEMPLATE, list(json!([]), json!(null), true)),
        (
            ListView::TEMPLATE,
            list(
                json!([
                    row("incident-manual-draft", "progress", json!(null)),
                    row("incident-manual-counts", "good", json!("2026-04-01T00:00:00")),
                    row("incident-manual-earlier", "neutral", json!("2026-04-01T00:00:00"))
                ]),
                json!("/"),
                false,
            ),
        ),
        (ShowView::TEMPLATE, show(true, false)),
        (ShowView::TEMPLATE, show(false, true)),
        (ShowView::TEMPLATE, show(false, false)),
        (
            EditView::TEMPLATE,
            json!({ "form": FormView::default(), "href": "/", "number": 2,
                "steps": [fields("c_call", 1), fields("n2", 2)], "added": fields("new", 0),
                "sections": choice, "sides": choice, "kinds": choice }),
        ),
    ]
}
