//! What the pages of templates show.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use crate::questionnaire::design::condition_parts;
use crate::questionnaire::family::{TemplateId, TemplateSummary};
use crate::questionnaire::model::{ChoiceOption, Condition, Question, Template, TemplateFault};
use crate::web::{Choice, FormView, Language, View, locale};

/// All templates of the principal, and the one that ships with the portal.
#[derive(Serialize)]
pub(in crate::questionnaire) struct ListView {
    pub rows: Vec<TemplateSummary>,
    pub built_in_title: String,
    pub built_in_questions: usize,
}

impl View for ListView {
    const TEMPLATE: &'static str = "template/list.html";
    const TITLE: &'static str = "template-list-title";
}

/// One version: its structure, and for a draft the ways to change it.
#[derive(Serialize)]
pub(in crate::questionnaire) struct ShowView {
    /// The id; nothing for the built-in one.
    pub id: Option<TemplateId>,
    pub template: Template,
    pub is_draft: bool,
    /// Whether the reader may copy, change and publish.
    pub may_design: bool,
    pub row_version: i32,
    /// The conditions in words, by question.
    pub conditions: BTreeMap<String, String>,
    pub faults: Vec<FaultRow>,
    pub form: FormView,
}

impl View for ShowView {
    const TEMPLATE: &'static str = "template/show.html";
    const TITLE: &'static str = "template-show-title";

    fn title(&self, language: Language) -> String {
        self.template.title.get(language.as_str()).to_owned()
    }
}

/// All that is asked, as it will be read.
#[derive(Serialize)]
pub(in crate::questionnaire) struct PreviewView {
    pub id: Option<TemplateId>,
    pub template: Template,
    pub is_draft: bool,
    pub conditions: BTreeMap<String, String>,
}

impl View for PreviewView {
    const TEMPLATE: &'static str = "template/preview.html";
    const TITLE: &'static str = "template-preview-title";
}

/// Something that keeps a draft from being published.
#[derive(Serialize)]
pub(in crate::questionnaire) struct FaultRow {
    message: String,
    href: String,
}

impl FaultRow {
    pub(in crate::questionnaire) fn of(
        language: Language,
        id: TemplateId,
        template: &Template,
        fault: &TemplateFault,
    ) -> Self {
        let words = locale::text(language, fault.key);
        let place = match (&fault.question, &fault.section) {
            (Some(question), _) => {
                let number = template.question(question).map_or(0, |q| q.number);
                let args = [("number", number.to_string().into())];
                locale::text_with(language, "template-place-question", &args)
            }
            (None, Some(section)) => locale::text_with(
                language,
                "template-place-section",
                &[("id", section.as_str().into())],
            ),
            (None, None) => locale::text(language, "template-place-head"),
        };
        let href = match (&fault.question, &fault.section) {
            (Some(question), _) => format!("/templates/{id}/questions/{question}"),
            (None, Some(section)) => format!("/templates/{id}/sections/{section}"),
            (None, None) => format!("/templates/{id}/head"),
        };
        let args = [("place", place.into()), ("fault", words.into())];
        Self { message: locale::text_with(language, "template-fault-at", &args), href }
    }
}

/// The words of an answer on which a condition depends.
pub(in crate::questionnaire) fn answer_label(
    language: Language,
    question: &Question,
    answer: &str,
) -> String {
    match question.kind.option(answer) {
        Some(ChoiceOption { label, .. }) => label.get(language.as_str()).to_owned(),
        None => locale::text(language, &format!("template-answer-{}", answer.replace('_', "-"))),
    }
}

/// The conditions of all questions in words.
pub(in crate::questionnaire) fn conditions(
    language: Language,
    template: &Template,
) -> BTreeMap<String, String> {
    let say = |condition: &Condition| match condition_parts(template, condition) {
        Some((asked, any_of)) => {
            let labels: Vec<_> = any_of.iter().map(|a| answer_label(language, asked, a)).collect();
            let between = locale::text(language, "template-condition-or");
            let args = [
                ("number", asked.number.to_string().into()),
                ("answers", labels.join(&between).into()),
            ];
            locale::text_with(language, "template-condition-answer", &args)
        }
        None => match condition {
            Condition::Fact { .. } => locale::text(language, "template-condition-holding-abroad"),
            Condition::Answer { .. } => locale::text(language, "template-fault-condition-question"),
        },
    };
    template
        .questions()
        .filter_map(|q| Some((q.id.to_string(), say(q.shown_if.as_ref()?))))
        .collect()
}

/// The form of what stands before the sections.
#[derive(Serialize)]
pub(in crate::questionnaire) struct HeadView {
    pub id: TemplateId,
    pub form: FormView,
    pub template_title: String,
}

impl View for HeadView {
    const TEMPLATE: &'static str = "template/head.html";
    const TITLE: &'static str = "template-head-title";
}

/// The form of a section.
#[derive(Serialize)]
pub(in crate::questionnaire) struct SectionView {
    pub id: TemplateId,
    pub form: FormView,
    pub template_title: String,
    /// Which section; nothing for a new one.
    pub section: Option<String>,
}

impl View for SectionView {
    const TEMPLATE: &'static str = "template/section.html";
    const TITLE: &'static str = "template-section-title";

    fn title(&self, language: Language) -> String {
        let key = if self.section.is_some() { Self::TITLE } else { "template-section-new-title" };
        locale::text(language, key)
    }
}

/// The form of a question.
#[derive(Serialize)]
pub(in crate::questionnaire) struct QuestionView {
    pub id: TemplateId,
    pub form: FormView,
    pub template_title: String,
    pub section: String,
    pub section_title: String,
    /// Which question; nothing for a new one.
    pub question: Option<String>,
    pub number: u16,
    pub kinds: Vec<Choice>,
    pub severities: Vec<Choice>,
    pub evidences: Vec<Choice>,
    pub option_rows: Vec<usize>,
    /// The questions on which the condition can depend.
    pub condition_questions: Vec<Choice>,
    /// The answers of the one that is chosen.
    pub condition_answers: Vec<Choice>,
}

impl View for QuestionView {
    const TEMPLATE: &'static str = "template/question.html";
    const TITLE: &'static str = "template-question-title";

    fn title(&self, language: Language) -> String {
        if self.question.is_none() {
            return locale::text(language, "template-question-new-title");
        }
        let args = [("number", self.number.to_string().into())];
        locale::text_with(language, Self::TITLE, &args)
    }
}

/// The name by which words and forms call a kind.
pub(in crate::questionnaire) const KINDS: [&str; 7] =
    ["yes_no_na", "choice", "choices", "number", "date", "text", "file"];

/// A question as the list of conditions names it.
pub(in crate::questionnaire) fn condition_label(language: Language, question: &Question) -> String {
    let text = question.text.get(language.as_str());
    format!("{}. {text}", question.number)
}

/// The choices of a closed list whose words are `template-WHAT-WORD`.
pub(in crate::questionnaire) fn words(
    language: Language,
    what: &str,
    words: &[&str],
) -> Vec<Choice> {
    words
        .iter()
        .map(|word| {
            let key = format!("template-{what}-{}", word.replace('_', "-"));
            Choice::new(*word, locale::text(language, &key))
        })
        .collect()
}

pub(super) fn samples() -> Vec<(&'static str, Value)> {
    let Ok(template) = Template::built_in() else { return vec![] };
    let conditions = conditions(Language::Ja, &template);
    let summary = |status: &str| {
        json!({ "id": "0", "family": "f", "template_version": 2, "status": status, "title": "給食の点検票",
            "updated_at": "2026-04-01T00:00:00", "published_at": null })
    };
    let list =
        |rows: Value| json!({ "rows": rows, "built_in_title": "点検票", "built_in_questions": 48 });
    let show = |id: Value, draft: bool| {
        json!({ "id": id, "template": template, "is_draft": draft, "may_design": true, "row_version": 3,
            "conditions": conditions, "form": FormView::default(),
            "faults": [{ "message": "質問3：設問文がありません", "href": "/" }] })
    };
    let preview =
        json!({ "id": null, "template": template, "is_draft": false, "conditions": conditions });
    let form = FormView::default();
    let choice = json!([{ "value": "yes", "label": "はい", "hint": "" }]);
    let question = |id: Value| {
        json!({ "id": "0", "form": form, "template_title": "点検票", "section": "A", "section_title": "組織的安全管理",
            "question": id, "number": 3, "kinds": words(Language::Ja, "kind", &KINDS), "severities": choice,
            "evidences": choice, "option_rows": [0, 1], "condition_questions": choice, "condition_answers": choice })
    };
    vec![
        (ListView::TEMPLATE, list(json!([]))),
        (ListView::TEMPLATE, list(json!([summary("draft"), summary("published")]))),
        (ShowView::TEMPLATE, show(json!("0"), true)),
        (ShowView::TEMPLATE, show(Value::Null, false)),
        (PreviewView::TEMPLATE, preview),
        (HeadView::TEMPLATE, json!({ "id": "0", "form": form, "template_title": "点検票" })),
        (
            SectionView::TEMPLATE,
            json!({ "id": "0", "form": form, "template_title": "点検票", "section": null }),
        ),
        (
            SectionView::TEMPLATE,
            json!({ "id": "0", "form": form, "template_title": "点検票", "section": "A" }),
        ),
        (QuestionView::TEMPLATE, question(Value::Null)),
        (QuestionView::TEMPLATE, question(json!("q03"))),
    ]
}
