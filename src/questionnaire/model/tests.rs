//! Tests of templates, and the templates that other tests are made of.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::Value;

use super::*;

pub(crate) fn id(name: &str) -> QuestionId {
    name.parse().unwrap()
}

pub(crate) fn built_in() -> Template {
    static READ_ONCE: LazyLock<Template> = LazyLock::new(|| Template::built_in().unwrap());
    READ_ONCE.clone()
}

pub(crate) fn option(name: &str, finding: Option<Severity>) -> ChoiceOption {
    ChoiceOption {
        id: name.to_owned(),
        label: Text::new(format!("選択{name}"), format!("Option {name}")),
        finding,
    }
}

pub(crate) fn question(name: &str, kind: Kind) -> Question {
    Question {
        id: id(name),
        number: 1,
        text: Text::new("守っていますか", ""),
        support: Text::default(),
        guidance: Text::default(),
        kind,
        findings: Vec::new(),
        finding_text: Text::new("守られていません。", ""),
        shown_if: None,
        evidence: Evidence::None,
        evidence_hint: None,
    }
}

pub(crate) fn yes_no(name: &str) -> Question {
    let mut question = question(name, Kind::YesNoNa { na_allowed: true });
    question.findings = vec![Trigger { when: When::Answer(YesNo::No), severity: Severity::Medium }];
    question
}

/// A template of one section.
pub(crate) fn template(questions: Vec<Question>) -> Template {
    let mut template = Template {
        id: "small".to_owned(),
        version: 1,
        title: Text::new("点検票", "Questionnaire"),
        introduction: Text::default(),
        minutes: 5,
        papers: Vec::new(),
        sections: vec![Section {
            id: "A".to_owned(),
            title: Text::new("管理", ""),
            description: Text::default(),
            questions,
        }],
    };
    for (question, number) in template.sections[0].questions.iter_mut().zip(1..) {
        question.number = number;
    }
    template
}

fn keys(template: &Template) -> Vec<&'static str> {
    template.check().iter().map(|f| f.key).collect()
}

fn when_yes(name: &str) -> Condition {
    Condition::Answer { question: id(name), any_of: vec!["yes".to_owned()] }
}

#[test]
fn the_built_in_template_has_48_questions_and_no_fault() {
    let template = built_in();
    assert_eq!(template.questions().count(), 48);
    assert_eq!(template.sections.len(), 7);
    assert_eq!(template.check(), []);
}

#[test]
fn the_canonical_form_says_all_that_the_asset_says_without_white_space() {
    let canonical = built_in().canonical().unwrap();
    let asset: Value = serde_json::from_str(BUILT_IN).unwrap();
    let written: Value = serde_json::from_slice(&canonical).unwrap();
    assert_eq!(written, asset);
    assert!(!canonical.contains(&b'\n'));
    assert!(canonical.starts_with(br#"{"id":"handling-rules","version":1,"title":{"ja":"#));
}

#[test]
fn a_template_read_from_its_canonical_form_has_the_same_hash() {
    let template = built_in();
    let json = String::from_utf8(template.canonical().unwrap()).unwrap();
    let again = Template::parse(&json).unwrap();
    assert_eq!(again, template);
    assert_eq!(again.hash().unwrap(), template.hash().unwrap());
    assert_eq!(template.hash().unwrap().len(), 64);
}

#[test]
fn unknown_fields_and_kinds_are_refused() {
    let json = String::from_utf8(template(vec![yes_no("q1")]).canonical().unwrap()).unwrap();
    assert!(Template::parse(&json).is_ok());
    for (from, to) in [
        (r#""minutes":5"#, r#""minutes":5,"hours":1"#),
        (r#""type":"yes_no_na""#, r#""type":"yes_no_maybe""#),
        (r#""na_allowed":true"#, r#""na_allowed":true,"x":1"#),
        (r#"{"answer":"no"}"#, r#"{"blank":false}"#),
        (r#""shown_if":null"#, r#""shown_if":{"fact":"holding_abroad","x":1}"#),
        (r#""id":"q1""#, r#""id":"Q 1""#),
    ] {
        assert!(json.contains(from), "{from}");
        assert!(Template::parse(&json.replace(from, to)).is_err(), "{to}");
    }
}

#[test]
fn a_text_falls_back_to_japanese() {
    assert_eq!(Text::new("はい", "Yes").get("en"), "Yes");
    assert_eq!(Text::new("はい", "Yes").get("en-GB"), "Yes");
    assert_eq!(Text::new("はい", " ").get("en"), "はい");
    assert_eq!(Text::new("はい", "Yes").get("ja"), "はい");
}

#[test]
fn a_question_id_is_short_and_plain() {
    for good in ["q01", "a", "x_y-9"] {
        assert!(good.parse::<QuestionId>().is_ok(), "{good}");
    }
    for bad in ["", "Q1", "q 1", "質問", &"q".repeat(41)] {
        assert!(bad.parse::<QuestionId>().is_err(), "{bad}");
    }
}

#[test]
fn a_question_weighs_as_its_gravest_finding() {
    let template = built_in();
    let gravest = |name: &str| template.question(&id(name)).unwrap().gravest();
    assert_eq!(gravest("q01"), Some(Severity::Medium));
    assert_eq!(gravest("q04"), Some(Severity::High));
    assert_eq!(gravest("q18"), Some(Severity::High));
    assert_eq!(question("q1", Kind::Date).gravest(), None);
}

#[test]
fn each_fault_is_named_with_its_place() {
    let mut bad = template(vec![yes_no("q1"), yes_no("q1")]);
    assert_eq!(
        bad.check(),
        [TemplateFault {
            section: Some("A".to_owned()),
            question: Some(id("q1")),
            key: "template-fault-duplicate-id"
        }]
    );
    bad.sections.clear();
    assert_eq!(keys(&bad), ["template-fault-no-question"]);
    bad = template(vec![yes_no("q1")]);
    bad.title = Text::new(" ", "English alone");
    bad.sections.push(bad.sections[0].clone());
    bad.sections[1].questions.clear();
    assert_eq!(
        keys(&bad),
        ["template-fault-title", "template-fault-duplicate-id", "template-fault-empty-section"]
    );
}

#[test]
fn a_question_that_cannot_be_answered_is_a_fault() {
    let one = vec![option("a", None)];
    let twins = vec![option("a", None), option("a", None)];
    for (kind, key) in [
        (Kind::Choice { options: one }, "template-fault-options"),
        (Kind::Choices { options: twins }, "template-fault-duplicate-option"),
        (Kind::Number { min: 2, max: 1, unit: Text::default() }, "template-fault-number-range"),
        (Kind::Text { max: 0 }, "template-fault-text-max"),
        (Kind::Text { max: 4001 }, "template-fault-text-max"),
    ] {
        assert_eq!(keys(&template(vec![question("q1", kind)])), [key]);
    }
}

#[test]
fn a_condition_asks_an_earlier_question_for_an_answer_it_has() {
    let mut second = yes_no("q2");
    second.shown_if = Some(when_yes("q1"));
    assert!(keys(&template(vec![yes_no("q1"), second.clone()])).is_empty());
    assert_eq!(
        keys(&template(vec![second.clone(), yes_no("q1")])),
        ["template-fault-condition-question"]
    );
    let options = vec![option("a", None), option("b", None)];
    let first = question("q1", Kind::Choice { options });
    assert_eq!(keys(&template(vec![first, second])), ["template-fault-condition-option"]);
}

#[test]
fn a_trigger_fits_its_question_and_says_something() {
    let mut odd = yes_no("q1");
    odd.kind = Kind::Date;
    assert_eq!(keys(&template(vec![odd])), ["template-fault-trigger"]);
    let mut silent = yes_no("q1");
    silent.finding_text = Text::default();
    assert_eq!(keys(&template(vec![silent])), ["template-fault-finding-text"]);
}

#[test]
fn texts_and_numbers_of_questions_are_limited() {
    let mut long = yes_no("q1");
    long.support = Text::new("あ".repeat(4000), "");
    assert!(keys(&template(vec![long.clone()])).is_empty());
    long.support.ja.push('あ');
    assert_eq!(keys(&template(vec![long])), ["template-fault-text-length"]);
    let many = |n: u32| template((1..=n).map(|i| yes_no(&format!("q{i}"))).collect());
    assert!(keys(&many(300)).is_empty());
    assert_eq!(keys(&many(301)), ["template-fault-too-many"]);
}

#[test]
fn a_new_question_never_takes_an_id_that_was_used_before() {
    let mut ever_used = BTreeSet::new();
    assert_eq!(built_in().next_question_id(&ever_used), id("q49"));
    ever_used.insert(id("q60"));
    ever_used.insert(id("other"));
    assert_eq!(built_in().next_question_id(&ever_used), id("q61"));
    assert_eq!(template(Vec::new()).next_question_id(&BTreeSet::new()), id("q01"));
    assert_eq!(built_in().next_section_id(), "H");
}

#[test]
fn adding_moving_and_removing_numbers_the_questions_anew() {
    let draft = built_in().next_version();
    assert_eq!(draft.version, 2);
    let new = yes_no(draft.next_question_id(&BTreeSet::new()).as_str());
    let added = Edit::AddQuestion { section: "A".to_owned(), question: Box::new(new) };
    let draft = draft.apply(added).unwrap();
    assert_eq!(draft.question(&id("q49")).unwrap().number, 9);
    assert_eq!(draft.question(&id("q48")).unwrap().number, 49);
    let moved = Edit::MoveQuestion { id: id("q49"), section: "G".to_owned(), position: 99 };
    let draft = draft.apply(moved).unwrap();
    assert_eq!(draft.question(&id("q49")).unwrap().number, 49);
    let draft = draft.apply(Edit::RemoveQuestion { id: id("q01") }).unwrap();
    assert_eq!(draft.question(&id("q02")).unwrap().number, 1);
    assert_eq!(draft.check(), []);
}

#[test]
fn sections_are_added_edited_moved_and_removed() {
    let head = |ja: &str| SectionHead {
        id: "H".to_owned(),
        title: Text::new(ja, ""),
        description: Text::default(),
    };
    let draft = built_in().apply(Edit::AddSection(head("追加"))).unwrap();
    let twice = draft.apply(Edit::AddSection(head("追加")));
    assert_eq!(twice, Err(EditFault::Taken("H".to_owned())));
    let draft = draft.apply(Edit::EditSection(head("変更"))).unwrap();
    let to_front = Edit::MoveSection { id: "H".to_owned(), position: 0 };
    let draft = draft.apply(to_front).unwrap();
    assert_eq!(draft.sections[0].title.ja, "変更");
    let removed = Edit::RemoveSection { id: "H".to_owned() };
    assert_eq!(draft.apply(removed).unwrap(), built_in());
}

#[test]
fn editing_a_question_keeps_its_place() {
    let mut edited = yes_no("q05");
    edited.number = 400;
    let draft = built_in().apply(Edit::EditQuestion(Box::new(edited))).unwrap();
    assert_eq!(draft.sections[0].questions[4].id, id("q05"));
    assert_eq!(draft.question(&id("q05")).unwrap().number, 5);
    let missing = Edit::EditQuestion(Box::new(yes_no("q99")));
    assert_eq!(draft.apply(missing), Err(EditFault::UnknownQuestion(id("q99"))));
}

#[test]
fn removing_a_question_that_a_condition_asks_leaves_a_fault_behind() {
    let draft = built_in().apply(Edit::RemoveQuestion { id: id("q42") }).unwrap();
    assert_eq!(keys(&draft), ["template-fault-condition-question"]);
}

#[test]
fn a_move_to_a_section_that_is_not_there_changes_nothing() {
    let moved = Edit::MoveQuestion { id: id("q01"), section: "Z".to_owned(), position: 0 };
    let refused = built_in().apply(moved).unwrap_err();
    assert_eq!(refused.key(), "template-edit-fault-section");
}

/// Templates whose questions depend on any others, themselves included.
pub(crate) fn tangled() -> impl Strategy<Value = Template> {
    let asked = prop::option::of(0..8_usize);
    prop::collection::vec(asked, 1..8).prop_map(|conditions| {
        let questions = conditions.into_iter().enumerate().map(|(place, asked)| {
            let mut question = yes_no(&format!("q{place}"));
            question.shown_if = asked.map(|n| when_yes(&format!("q{n}")));
            question
        });
        template(questions.collect())
    })
}

proptest! {
    #[test]
    fn conditions_of_a_template_without_faults_never_cycle(template in tangled()) {
        if !template.check().is_empty() {
            return Ok(());
        }
        for question in template.questions() {
            let mut at = question;
            let mut steps = 0;
            while let Some(Condition::Answer { question, .. }) = &at.shown_if {
                at = template.question(question).unwrap();
                steps += 1;
                prop_assert!(steps < 8);
            }
        }
    }

    #[test]
    fn any_text_survives_the_canonical_form(ja in ".*", en in ".*") {
        let mut template = template(vec![yes_no("q1")]);
        template.title = Text::new(ja, en);
        let json = String::from_utf8(template.canonical().unwrap()).unwrap();
        prop_assert_eq!(Template::parse(&json).unwrap(), template);
    }
}
