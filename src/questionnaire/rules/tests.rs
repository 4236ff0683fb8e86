//! Tests of the rules.

use proptest::prelude::*;

use super::*;
use crate::questionnaire::answer::tests::{answered, any_answer, any_answers, choose, number, say};
use crate::questionnaire::answer::{AnswerValue, Answered};
use crate::questionnaire::model::tests::{
    built_in, id, option, question, tangled, template, yes_no,
};
use crate::questionnaire::model::{Kind, Severity, Trigger, When, YesNo};

const HOME: Facts = Facts { holding_abroad: false };
const ABROAD: Facts = Facts { holding_abroad: true };

fn answers(given: &[(&str, AnswerValue)]) -> Answers {
    let given = given.iter().cloned();
    given.map(|(name, value)| (id(name), answered(value))).collect()
}

fn ids(names: &[&str]) -> BTreeSet<QuestionId> {
    names.iter().map(|name| id(name)).collect()
}

/// The best answers to the built-in template.
fn best() -> Answers {
    let template = built_in();
    let best = template.questions().map(|q| {
        let value = match &q.kind {
            Kind::Number { .. } => number(2),
            Kind::Choice { .. } => choose("a"),
            _ if q.id.as_str() == "q07" => say(YesNo::No),
            _ => say(YesNo::Yes),
        };
        (q.id.clone(), answered(value))
    });
    best.collect()
}

fn set(answers: &mut Answers, name: &str, value: AnswerValue) {
    answers.insert(id(name), answered(value));
}

#[test]
fn the_question_on_subcontractors_is_shown_when_there_are_some() {
    let template = built_in();
    for (choice, shown) in [("a", false), ("b", true), ("c", true)] {
        let given = answers(&[("q42", choose(choice))]);
        let visible = visible(&template, &given, HOME);
        assert_eq!(visible.contains("q43"), shown, "{choice}");
    }
    assert!(!visible(&template, &Answers::new(), HOME).contains("q43"));
}

#[test]
fn the_question_on_foreign_law_is_shown_when_something_is_held_abroad() {
    let template = built_in();
    assert!(!visible(&template, &Answers::new(), HOME).contains("q45"));
    assert!(visible(&template, &Answers::new(), ABROAD).contains("q45"));
}

#[test]
fn a_question_that_depends_on_a_hidden_one_is_hidden() {
    let after = |name: &str, asked: &str| {
        let mut question = yes_no(name);
        question.shown_if =
            Some(Condition::Answer { question: id(asked), any_of: vec!["yes".to_owned()] });
        question
    };
    let template = template(vec![yes_no("q1"), after("q2", "q1"), after("q3", "q2")]);
    let mut given = answers(&[("q1", say(YesNo::Yes)), ("q2", say(YesNo::Yes))]);
    assert_eq!(visible(&template, &given, HOME), ids(&["q1", "q2", "q3"]));
    set(&mut given, "q1", say(YesNo::No));
    assert_eq!(visible(&template, &given, HOME), ids(&["q1"]));
    assert_eq!(shown_answers(&template, &given, HOME).len(), 1);
}

#[test]
fn the_best_answers_have_no_finding_and_all_points() {
    let (template, best) = (built_in(), best());
    assert_eq!(findings(&template, &best, ABROAD), []);
    let score = score(&template, &best, ABROAD);
    assert_eq!((score.points, score.percent), (score.of, 100));
}

#[test]
fn a_late_or_missing_first_report_is_a_grave_finding() {
    let template = built_in();
    let finding = |value: AnswerValue| {
        let found = findings(&template, &answers(&[("q04", value)]), HOME);
        found.first().map(|f| f.severity)
    };
    assert_eq!(finding(number(24)), None);
    assert_eq!(finding(number(25)), Some(Severity::High));
    assert_eq!(finding(AnswerValue::Blank), Some(Severity::High));
    assert_eq!(findings(&template, &Answers::new(), HOME), []);
}

#[test]
fn an_option_makes_a_finding_of_its_own_severity() {
    let template = built_in();
    let given = answers(&[("q18", choose("c")), ("q25", choose("d"))]);
    let found = findings(&template, &given, HOME);
    let found: Vec<_> = found.iter().map(|f| (f.question.as_str(), f.severity)).collect();
    assert_eq!(found, [("q18", Severity::Medium), ("q25", Severity::High)]);
}

#[test]
fn of_several_options_the_gravest_counts_once() {
    let options = vec![
        option("a", Some(Severity::Low)),
        option("b", Some(Severity::High)),
        option("c", None),
    ];
    let template = template(vec![question("q1", Kind::Choices { options })]);
    let value = AnswerValue::Choices { options: vec!["a".to_owned(), "b".to_owned()] };
    let found = findings(&template, &answers(&[("q1", value)]), HOME);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].severity, Severity::High);
}

#[test]
fn not_applicable_is_no_finding_unless_the_template_says_so() {
    let mut template = template(vec![yes_no("q1")]);
    let given = answers(&[("q1", say(YesNo::NotApplicable))]);
    assert_eq!(findings(&template, &given, HOME), []);
    assert_eq!(score(&template, &given, HOME).of, 0);
    template.sections[0].questions[0]
        .findings
        .push(Trigger { when: When::Answer(YesNo::NotApplicable), severity: Severity::Low });
    assert_eq!(findings(&template, &given, HOME)[0].severity, Severity::Low);
    assert_eq!(score(&template, &given, HOME).of, 3);
}

#[test]
fn the_score_weighs_by_severity_and_rounds_down() {
    let (template, mut given) = (built_in(), best());
    let before = score(&template, &given, HOME);
    set(&mut given, "q09", say(YesNo::No));
    set(&mut given, "q01", say(YesNo::No));
    set(&mut given, "q06", say(YesNo::No));
    let after = score(&template, &given, HOME);
    assert_eq!(before.points - after.points, 5 + 3 + 1);
    assert_eq!((after.high, after.medium, after.low), (1, 1, 1));
    assert_eq!(after.percent, after.points * 100 / after.of);
    assert_eq!(score(&template, &Answers::new(), HOME).points, 0);
}

#[test]
fn progress_counts_what_is_shown_section_by_section() {
    let template = built_in();
    let none = BTreeSet::new();
    let empty = progress(&template, &Answers::new(), HOME, &none);
    assert_eq!((empty.answered, empty.visible), (0, 46));
    assert_eq!(empty.sections[0].status, SectionStatus::NotStarted);
    let mut given = best();
    given.remove("q09");
    let some = progress(&template, &given, HOME, &none);
    assert_eq!(some.unanswered, [id("q09")]);
    assert_eq!(some.sections[0].status, SectionStatus::Done);
    assert_eq!(some.sections[1].status, SectionStatus::InProgress);
    assert_eq!(some.percent(), 97);
    assert!(progress(&template, &best(), HOME, &none).is_complete());
}

#[test]
fn blank_is_an_answer_only_where_it_is_a_finding() {
    let template = built_in();
    let asked = |name: &str| template.question(&id(name)).unwrap().clone();
    let blank = answers(&[("q01", AnswerValue::Blank), ("q04", AnswerValue::Blank)]);
    assert!(!is_answered(&asked("q01"), &blank));
    assert!(is_answered(&asked("q04"), &blank));
    assert!(!is_answered(&asked("q04"), &Answers::new()));
}

#[test]
fn a_returned_answer_is_open_until_it_is_given_anew() {
    let done = progress(&built_in(), &best(), HOME, &ids(&["q09"]));
    assert_eq!(done.sections[1].status, SectionStatus::Returned);
    assert_eq!(done.unanswered, [id("q09")]);
}

#[test]
fn changes_since_last_year_are_told_apart() {
    let last =
        answers(&[("q01", say(YesNo::Yes)), ("q02", say(YesNo::Yes)), ("q03", AnswerValue::Blank)]);
    let now =
        answers(&[("q01", say(YesNo::Yes)), ("q02", say(YesNo::No)), ("q03", say(YesNo::Yes))]);
    let changes = changed_since(&last, &now, &built_in());
    let before = say(YesNo::Yes);
    let kinds: Vec<Change> = changes.into_values().collect();
    assert_eq!(kinds, [Change::Same, Change::Changed { before }, Change::New]);
}

#[test]
fn last_years_answers_are_offered_where_they_still_fit() {
    let options = vec![option("a", None), option("b", None)];
    let last = template(vec![
        yes_no("q1"),
        question("q2", Kind::Choice { options: options.clone() }),
        question("q3", Kind::Date),
        question("q4", Kind::File),
        yes_no("q5"),
        yes_no("q6"),
    ]);
    let given = answers(&[
        ("q1", say(YesNo::NotApplicable)),
        ("q2", choose("c")),
        ("q3", AnswerValue::Blank),
        ("q4", AnswerValue::File),
        ("q5", say(YesNo::Yes)),
        ("q6", say(YesNo::Yes)),
    ]);
    let mut now = last.next_version();
    now.sections[0].questions[0].kind = Kind::YesNoNa { na_allowed: false };
    now.sections[0].questions[4].kind = Kind::Choice { options };
    let offer = offer_last_year(&last, &given, &now);
    assert_eq!(offer.into_iter().collect::<Vec<_>>(), [(id("q6"), say(YesNo::Yes))]);
}

#[test]
fn rounds_differ_in_value_or_remark() {
    let earlier = answers(&[("q01", say(YesNo::No)), ("q02", say(YesNo::Yes))]);
    let mut later = earlier.clone();
    let again =
        Answered {
            remark: "見直しました。".to_owned(), round: 2, ..answered(say(YesNo::Yes))
        };
    later.insert(id("q02"), again.clone());
    set(&mut later, "q03", say(YesNo::Yes));
    let changes = compare_rounds(&earlier, &later, &built_in());
    let differing: Vec<_> = changes.iter().map(|c| c.question.as_str()).collect();
    assert_eq!(differing, ["q02", "q03"]);
    assert_eq!(changes[0].after, Some(again));
    assert_eq!(changes[1].before, None);
}

#[test]
fn a_round_is_approved_when_every_shown_answer_is_accepted() {
    let shown = ids(&["q01", "q02"]);
    let mut decisions = Decisions::new();
    decisions.insert(id("q01"), Decision::Accepted);
    decisions.insert(id("q99"), Decision::Returned);
    let missing = Outcome::Incomplete(vec![id("q02")]);
    assert_eq!(round_outcome(&shown, &decisions), missing);
    decisions.insert(id("q02"), Decision::Accepted);
    assert_eq!(round_outcome(&shown, &decisions), Outcome::Approved);
    decisions.insert(id("q02"), Decision::Returned);
    let returned = Outcome::Returned(vec![id("q02")]);
    assert_eq!(round_outcome(&shown, &decisions), returned);
}

#[test]
fn a_later_round_opens_what_was_returned_and_what_came_into_sight() {
    let shown = ids(&["q41", "q42", "q43"]);
    let decisions =
        Decisions::from([(id("q41"), Decision::Accepted), (id("q42"), Decision::Returned)]);
    let open = |status, round| open_questions(status, round, &decisions, &shown);
    assert_eq!(open(ResponseStatus::Answering, 1), shown);
    assert_eq!(open(ResponseStatus::Returned, 2), ids(&["q42", "q43"]));
    for closed in [ResponseStatus::Submitted, ResponseStatus::Approved, ResponseStatus::Withdrawn] {
        assert!(open(closed, 1).is_empty());
    }
}

fn any_facts() -> impl Strategy<Value = Facts> {
    any::<bool>().prop_map(|holding_abroad| Facts { holding_abroad })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_is_shown_depends_only_on_what_is_shown_before(
        (template, given) in tangled().prop_flat_map(|t| (Just(t.clone()), any_answers(&t))),
    ) {
        let shown = visible(&template, &given, HOME);
        for question in template.questions().filter(|q| shown.contains(&q.id)) {
            if let Some(Condition::Answer { question: asked, .. }) = &question.shown_if {
                prop_assert!(shown.contains(asked));
                prop_assert!(template.question(asked).unwrap().number < question.number);
            }
        }
    }

    #[test]
    fn hidden_questions_never_make_findings_nor_count(
        given in any_answers(&built_in()),
        facts in any_facts(),
    ) {
        let template = built_in();
        let shown = visible(&template, &given, facts);
        let found = findings(&template, &given, facts);
        prop_assert!(found.iter().all(|f| shown.contains(&f.question)));
        let only_shown = shown_answers(&template, &given, facts);
        prop_assert_eq!(findings(&template, &only_shown, facts), found);
        prop_assert_eq!(score(&template, &only_shown, facts), score(&template, &given, facts));
    }

    #[test]
    fn a_bad_answer_never_raises_the_score(
        given in any_answers(&built_in()),
        (changed, value) in (0..48_usize).prop_flat_map(|n| {
            let template = built_in();
            let question = template.questions().nth(n).unwrap();
            (Just(question.id.clone()), any_answer(question))
        }),
        facts in any_facts(),
    ) {
        let template = built_in();
        let mut worse = given.clone();
        worse.insert(changed.clone(), answered(value));
        prop_assume!(visible(&template, &given, facts) == visible(&template, &worse, facts));
        let found = findings(&template, &worse, facts);
        prop_assume!(found.iter().any(|f| f.question == changed));
        let (before, after) = (score(&template, &given, facts), score(&template, &worse, facts));
        prop_assert!(after.percent <= before.percent);
        prop_assert!(after.points <= before.points);
    }

    #[test]
    fn the_score_counts_each_finding_once_and_stays_within_bounds(
        given in any_answers(&built_in()),
        facts in any_facts(),
    ) {
        let template = built_in();
        let score = score(&template, &given, facts);
        let found = findings(&template, &given, facts).len();
        let counted = score.high + score.medium + score.low;
        prop_assert_eq!(usize::try_from(counted).unwrap(), found);
        prop_assert!(score.points <= score.of && score.percent <= 100);
    }

    #[test]
    fn answered_and_unanswered_make_up_what_is_shown(
        given in any_answers(&built_in()),
        facts in any_facts(),
    ) {
        let template = built_in();
        let progress = progress(&template, &given, facts, &BTreeSet::new());
        prop_assert_eq!(progress.answered + progress.unanswered.len(), progress.visible);
        prop_assert_eq!(progress.visible, visible(&template, &given, facts).len());
    }

    #[test]
    fn what_is_offered_from_last_year_fits_and_is_no_change(given in any_answers(&built_in())) {
        let template = built_in();
        let offer = offer_last_year(&template, &given, &template.next_version());
        let now: Answers = offer.into_iter().map(|(id, value)| (id, answered(value))).collect();
        for (name, change) in changed_since(&given, &now, &template) {
            prop_assert_eq!(change, Change::Same);
            prop_assert!(now[&name].value.fits(&template.question(&name).unwrap().kind));
        }
    }
}
