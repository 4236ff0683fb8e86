//! What the pages of the persons concerned show.

use serde::Serialize;
use serde_json::{Value, json};

use super::letter;
use super::model::{Entry, Group};
use super::rules::{self, Step};
use super::store;
use crate::database::Connection;
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::incident::panel::Part;
use crate::incident::policy::Case;
use crate::incident::web::numbered;
use crate::web::locale::{text, text_with};
use crate::web::paging::Page;
use crate::web::{Choice, Ctx, FormView, Language, View};

/// The tone of a step.
const fn tone(step: Step) -> &'static str {
    match step {
        Step::Done => "good",
        Step::Reach => "progress",
        Step::DecideWay | Step::WriteNotice | Step::Publish | Step::Notify => "warn",
    }
}

/// A group on the page of all.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Line {
    pub href: String,
    pub label: String,
    pub data: String,
    pub persons: i32,
    pub way: String,
    pub step: String,
    pub tone: &'static str,
    pub notified: i32,
    pub inquiries: i32,
    pub settled: i32,
    pub yen: i64,
}

/// All groups of an incident.
#[derive(Serialize)]
pub(super) struct IndexView {
    pub entrustment: Entrustment,
    pub home: String,
    pub name: String,
    pub groups: Vec<Line>,
    /// How many the groups list together.
    pub listed: i64,
    /// How many the incident has, and how sure that is.
    pub persons: Option<i32>,
    pub counted: &'static str,
    /// How many of them no group lists yet.
    pub unlisted: Option<i64>,
    pub may_add: bool,
}

impl View for IndexView {
    const TEMPLATE: &'static str = "incident/persons.html";
    const TITLE: &'static str = "incident-person-title";
}

impl IndexView {
    pub(super) fn of(
        language: Language,
        (entrustment, incident): Case,
        groups: &[Group],
        may_add: bool,
    ) -> Self {
        let home = incident.href();
        let line = |group: &Group| Line {
            href: format!("{home}/persons/{}", group.id),
            label: group.label.clone(),
            data: letter::data(language, group),
            persons: group.persons,
            way: text(language, &format!("incident-person-way-{}", group.way)),
            step: text(language, &format!("incident-person-step-{}", group.step())),
            tone: tone(group.step()),
            notified: group.notified(),
            inquiries: group.inquiries,
            settled: group.settled,
            yen: group.yen,
        };
        let listed = rules::sum(groups);
        let most = rules::most(incident.persons, incident.counted);
        Self {
            groups: groups.iter().map(line).collect(),
            name: numbered(language, &incident),
            listed,
            persons: incident.persons,
            counted: incident.counted.as_str(),
            unlisted: most.map(|most| most - listed).filter(|rest| *rest > 0),
            may_add,
            home,
            entrustment,
        }
    }
}

/// The form of a group.
#[derive(Serialize)]
pub(super) struct EditView {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub home: String,
    pub name: String,
    /// The page of all groups.
    pub all: String,
    pub action: String,
    /// Which group is changed; nothing for a new one.
    pub label: Option<String>,
    pub data: Vec<Choice>,
    pub ways: Vec<Choice>,
    /// How many may be listed here at most.
    pub room: Option<i64>,
    pub warned: bool,
}

impl View for EditView {
    const TEMPLATE: &'static str = "incident/person_edit.html";
    const TITLE: &'static str = "incident-person-new-title";

    fn title(&self, language: Language) -> String {
        let key = if self.label.is_some() { "incident-person-edit-title" } else { Self::TITLE };
        text(language, key)
    }
}

/// The notice as it is sent.
#[derive(Clone, Debug, Serialize)]
pub(super) struct LetterView {
    pub language: &'static str,
    pub lang: &'static str,
    pub text: String,
}

/// A group with what is to be done for it.
#[derive(Serialize)]
pub(super) struct ShowView {
    #[serde(flatten)]
    pub list: Page<Entry>,
    pub entrustment: Entrustment,
    pub home: String,
    pub name: String,
    pub group: Group,
    pub data: String,
    pub step: Step,
    pub notified: i32,
    pub letters: Vec<LetterView>,
    pub may_write: bool,
    pub may_remove: bool,
    /// The form in which a text looks like somebody's data.
    pub warned: &'static str,
}

impl View for ShowView {
    const TEMPLATE: &'static str = "incident/person.html";
    const TITLE: &'static str = "incident-person-show-title";

    fn title(&self, language: Language) -> String {
        text_with(language, Self::TITLE, &[("label", self.group.label.as_str().into())])
    }
}

/// The form of the notice.
#[derive(Serialize)]
pub(super) struct NoticeView {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub home: String,
    pub name: String,
    pub all: String,
    /// The group's page.
    pub own: String,
    pub label: String,
    /// In which language it is written.
    pub language: &'static str,
    pub languages: Vec<Choice>,
    /// Whether the words are the template's.
    pub is_draft: bool,
    pub contact: String,
    pub warned: bool,
}

impl View for NoticeView {
    const TEMPLATE: &'static str = "incident/person_notice.html";
    const TITLE: &'static str = "incident-person-notice-title";
}

/// The persons concerned on the incident's page.
pub(in crate::incident) fn part(c: &mut Connection, ctx: &Ctx, case: &Case) -> Result<Part> {
    let groups = store::groups(c, &case.1)?;
    let next = groups.iter().find(|group| !group.is_handled());
    let notified: i64 = groups.iter().map(|group| i64::from(group.notified())).sum();
    let args = [("notified", notified.into()), ("persons", rules::sum(&groups).into())];
    let (status, tone) = match (groups.is_empty(), next) {
        (true, _) => (ctx.text("incident-person-none"), "neutral"),
        (_, None) => (text_with(ctx.language, "incident-person-part", &args), "good"),
        _ => (text_with(ctx.language, "incident-person-part", &args), "warn"),
    };
    let line = |group: &Group| {
        let step = ctx.text(&format!("incident-person-step-{}", group.step()));
        let args = [("label", group.label.as_str().into()), ("step", step.into())];
        text_with(ctx.language, "incident-person-part-next", &args)
    };
    Ok(Part {
        title: ctx.text("incident-person-title"),
        href: format!("{}/persons", case.1.href()),
        status,
        tone,
        lines: next.map(line).into_iter().collect(),
    })
}

/// A sample of each page, for the test that renders them all.
pub(in crate::incident) fn samples() -> Vec<(&'static str, Value)> {
    let entrustment = json!({ "id": "0", "title": "保育所等監査業務委託", "number": "令8子-12" });
    let common = |more: Value| {
        let mut sample = json!({ "form": FormView::default(), "entrustment": entrustment, "name": "事故 第1号",
            "home": "/entrustments/0/incidents/0", "all": "/entrustments/0/incidents/0/persons" });
        if let (Some(sample), Value::Object(more)) = (sample.as_object_mut(), more) {
            sample.extend(more);
        }
        sample
    };
    let line = json!({ "href": "/", "label": "職員", "data": "氏名、給与", "persons": 49, "way": "手紙", "step": "通知する",
        "tone": "warn", "notified": 40, "inquiries": 2, "settled": 1, "yen": 5000 });
    let index = |groups: Value, persons: Value, unlisted: Value| {
        common(
            json!({ "groups": groups, "listed": 49, "persons": persons, "counted": "exact", "unlisted": unlisted,
            "may_add": true }),
        )
    };
    let choice = json!([{ "value": "name", "label": "氏名", "hint": "" }]);
    let edit = |label: Value, room: Value| {
        common(
            json!({ "action": "/", "label": label, "data": choice, "ways": choice, "room": room, "warned": true }),
        )
    };
    let notice = |is_draft: bool| {
        common(
            json!({ "own": "/", "label": "職員", "language": "ja", "languages": choice, "is_draft": is_draft,
            "contact": "三重野県　子ども課", "warned": !is_draft }),
        )
    };
    let mut samples = vec![
        (IndexView::TEMPLATE, index(json!([line]), json!(60), json!(11))),
        (IndexView::TEMPLATE, index(json!([]), json!(null), json!(null))),
        (EditView::TEMPLATE, edit(json!(null), json!(11))),
        (EditView::TEMPLATE, edit(json!("職員"), json!(null))),
        (NoticeView::TEMPLATE, notice(true)),
        (NoticeView::TEMPLATE, notice(false)),
    ];
    samples.extend(Step::ALL.iter().map(|step| (ShowView::TEMPLATE, common(show_sample(*step)))));
    samples
}

fn show_sample(step: Step) -> Value {
    let entry = |kind: &str| {
        json!({ "kind": kind, "happened_on": "2026-04-05", "sent": 40, "returned": 1, "inquiries": 2, "settled": 1,
            "yen": 5000, "note": "令8示-1", "entered_by_name": "﨑山", "entered_at": "2026-04-05T07:08:00" })
    };
    let done = step == Step::Done;
    let rows = if done { json!([entry("notice"), entry("settlement")]) } else { json!([]) };
    let letters = if done {
        json!([{ "language": "日本語", "lang": "ja", "text": "概要\n\n項目" }])
    } else {
        json!([])
    };
    json!({ "rows": rows, "paging": { "page": 1, "pages": 1, "total": 2, "more": false, "first": 1, "last": 2 },
        "sorting": { "key": "entered", "descending": false }, "data": "氏名、給与", "step": step, "notified": 39,
        "letters": letters, "may_write": true, "may_remove": !done, "warned": if done { "progress" } else { "settlement" },
        "group": { "id": "0", "label": "職員", "persons": 49, "way": if step == Step::Publish { "publication" } else { "letter" },
            "place": "広報", "reason": "転居", "sent": 40, "returned": 1, "inquiries": 2, "settled": 1, "yen": 5000 } })
}
