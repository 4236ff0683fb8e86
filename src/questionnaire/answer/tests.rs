//! Tests of answers.

use proptest::prelude::*;

use super::*;
use crate::questionnaire::model::tests::{built_in, id, option};
use crate::questionnaire::model::{Question, Template, Text};

pub(crate) fn answered(value: AnswerValue) -> Answered {
    Answered { value, remark: String::new(), round: 1 }
}

pub(crate) fn say(word: YesNo) -> AnswerValue {
    AnswerValue::YesNo { value: word }
}

pub(crate) fn choose(option: &str) -> AnswerValue {
    AnswerValue::Choice { option: option.to_owned() }
}

pub(crate) fn number(value: i64) -> AnswerValue {
    AnswerValue::Number { value }
}

/// Some answer to a question: any that it can have, blank too.
pub(crate) fn any_answer(question: &Question) -> BoxedStrategy<AnswerValue> {
    let answer = match &question.kind {
        Kind::YesNoNa { na_allowed } => {
            let words = [YesNo::Yes, YesNo::No, YesNo::NotApplicable];
            let count: usize = if *na_allowed { 3 } else { 2 };
            (0..count).prop_map(move |n| say(words[n])).boxed()
        }
        Kind::Choice { options } => {
            let options = options.clone();
            (0..options.len()).prop_map(move |n| choose(&options[n].id)).boxed()
        }
        Kind::Choices { options } => {
            let ids: Vec<String> = options.iter().map(|o| o.id.clone()).collect();
            let all = 1..=ids.len();
            prop::sample::subsequence(ids, all)
                .prop_map(|options| AnswerValue::Choices { options })
                .boxed()
        }
        Kind::Number { min, max, .. } => (*min..=*max).prop_map(number).boxed(),
        Kind::Date => (0..40_000_i32)
            .prop_map(|n| AnswerValue::Date {
                value: NaiveDate::from_num_days_from_ce_opt(700_000 + n).unwrap(),
            })
            .boxed(),
        Kind::Text { .. } => {
            "[ぁ-んa-z\n]{1,20}[ぁ-ん]".prop_map(|value| AnswerValue::Text { value }).boxed()
        }
        Kind::File => Just(AnswerValue::File).boxed(),
    };
    prop_oneof![9 => answer, 1 => Just(AnswerValue::Blank)].boxed()
}

/// Some answers to a template, some questions left out.
pub(crate) fn any_answers(template: &Template) -> BoxedStrategy<Answers> {
    let each: Vec<_> = template
        .questions()
        .map(|q| (Just(q.id.clone()), prop::option::weighted(0.9, any_answer(q))))
        .collect();
    each.prop_map(|answers| {
        let given = answers.into_iter().filter_map(|(id, a)| Some((id, a?)));
        given.map(|(id, a)| (id, answered(a))).collect()
    })
    .boxed()
}

fn iso(raw: &str) -> Option<NaiveDate> {
    raw.parse().ok()
}

fn parse(kind: &Kind, raw: &[&str]) -> Result<AnswerValue, AnswerFault> {
    let raw: Vec<String> = raw.iter().map(|r| (*r).to_owned()).collect();
    AnswerValue::parse(kind, &raw, iso)
}

fn hours() -> Kind {
    Kind::Number { min: -5, max: 8760, unit: Text::new("時間", "hours") }
}

fn kinds() -> Vec<Kind> {
    let options = vec![option("a", None), option("b", None), option("c", None)];
    vec![
        Kind::YesNoNa { na_allowed: true },
        Kind::Choice { options: options.clone() },
        Kind::Choices { options },
        hours(),
        Kind::Date,
        Kind::Text { max: 30 },
        Kind::File,
    ]
}

fn japanese(word: Word) -> String {
    match word {
        Word::YesNo(YesNo::Yes) => "はい".to_owned(),
        Word::YesNo(YesNo::No) => "いいえ".to_owned(),
        Word::YesNo(YesNo::NotApplicable) => "該当なし".to_owned(),
        Word::Date(day) => day.format("%Y年%m月%d日").to_string(),
        Word::File => "証拠資料".to_owned(),
        Word::Blank => "（回答なし）".to_owned(),
        Word::Between => "、".to_owned(),
    }
}

#[test]
fn numbers_are_read_as_people_type_them() {
    for (raw, value) in [
        ("24", 24),
        (" ２４　", 24),
        ("1,000", 1000),
        ("１，０００", 1000),
        ("－３", -3),
        ("007", 7),
    ] {
        assert_eq!(parse(&hours(), &[raw]), Ok(number(value)), "{raw}");
    }
    for raw in ["24時間", "1.5", "1,5", "10,00", "--1", "-", ",", "二", "+1"] {
        assert_eq!(parse(&hours(), &[raw]), Err(AnswerFault::Number), "{raw}");
    }
}

#[test]
fn a_number_out_of_range_names_the_range() {
    for raw in ["8761", "-6", "99999999999999999999"] {
        let fault = parse(&hours(), &[raw]).unwrap_err();
        assert_eq!(fault.key(), "answer-fault-number-range");
        let args = [("min", "-5".to_owned()), ("max", "8760".to_owned())];
        assert_eq!(fault.args(), args);
    }
}

#[test]
fn nothing_but_white_space_is_blank_for_every_kind() {
    for kind in kinds() {
        assert_eq!(parse(&kind, &[]), Ok(AnswerValue::Blank));
        assert_eq!(parse(&kind, &["", " 　\n"]), Ok(AnswerValue::Blank));
    }
}

#[test]
fn not_applicable_is_refused_where_it_is_not_offered() {
    let strict = Kind::YesNoNa { na_allowed: false };
    let refused = parse(&strict, &["not_applicable"]);
    assert_eq!(refused, Err(AnswerFault::NotApplicable));
    assert_eq!(parse(&strict, &["yes"]), Ok(say(YesNo::Yes)));
    assert_eq!(parse(&strict, &["maybe"]), Err(AnswerFault::NotOffered));
}

#[test]
fn only_options_of_the_template_can_be_chosen() {
    let kinds = kinds();
    assert_eq!(parse(&kinds[1], &["b"]), Ok(choose("b")));
    assert_eq!(parse(&kinds[1], &["x"]), Err(AnswerFault::NotOffered));
    assert_eq!(parse(&kinds[1], &["a", "b"]), Err(AnswerFault::Several));
    let several = AnswerValue::Choices { options: vec!["a".to_owned(), "c".to_owned()] };
    assert_eq!(parse(&kinds[2], &["c", "a", "c"]), Ok(several));
    assert_eq!(parse(&kinds[2], &["a", "x"]), Err(AnswerFault::NotOffered));
}

#[test]
fn a_text_is_kept_as_typed_but_for_line_ends() {
    let kind = Kind::Text { max: 5 };
    let text = |value: &str| Ok(AnswerValue::Text { value: value.to_owned() });
    assert_eq!(parse(&kind, &[" あ\r\nい"]), text(" あ\nい"));
    assert_eq!(parse(&kind, &["髙﨑髙﨑髙"]), text("髙﨑髙﨑髙"));
    let fault = parse(&kind, &["一二三四五六"]).unwrap_err();
    assert_eq!(fault, AnswerFault::TextLength { max: 5, length: 6 });
    assert_eq!(parse(&kind, &["a\0"]), Err(AnswerFault::TextCharacters));
}

#[test]
fn a_date_is_read_by_the_callers_reader() {
    let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    let read = parse(&Kind::Date, &[" 2026-11-21 "]);
    assert_eq!(read, Ok(AnswerValue::Date { value: day }));
    assert_eq!(parse(&Kind::Date, &["明日"]), Err(AnswerFault::Date));
}

#[test]
fn a_file_question_takes_no_value_from_a_form() {
    assert_eq!(parse(&Kind::File, &["x"]), Err(AnswerFault::NotOffered));
}

#[test]
fn answers_are_shown_in_the_readers_language() {
    let english = |_| ", ".to_owned();
    assert_eq!(display(&hours(), &number(24), "ja", &japanese), "24時間");
    assert_eq!(display(&hours(), &number(24), "en", &english), "24 hours");
    let several = &kinds()[2];
    let value = parse(several, &["a", "b"]).unwrap();
    assert_eq!(display(several, &value, "ja", &japanese), "選択a、選択b");
    assert_eq!(display(several, &value, "en", &english), "Option a, Option b");
    let kind = Kind::YesNoNa { na_allowed: true };
    let none = say(YesNo::NotApplicable);
    assert_eq!(display(&kind, &none, "ja", &japanese), "該当なし");
}

#[test]
fn an_option_that_is_gone_is_shown_by_its_id() {
    assert_eq!(display(&kinds()[1], &choose("gone"), "ja", &japanese), "gone");
}

#[test]
fn an_answer_is_stored_with_its_type() {
    let json = serde_json::to_string(&say(YesNo::NotApplicable)).unwrap();
    assert_eq!(json, r#"{"type":"yes_no","value":"not_applicable"}"#);
    let json = serde_json::to_string(&AnswerValue::Blank).unwrap();
    assert_eq!(json, r#"{"type":"blank"}"#);
    assert!(serde_json::from_str::<AnswerValue>(r#"{"type":"number","value":1.5}"#).is_err());
}

#[test]
fn the_default_first_report_takes_a_full_width_number() {
    let template = built_in();
    let kind = &template.question(&id("q04")).unwrap().kind;
    assert_eq!(parse(kind, &["２"]), Ok(number(2)));
}

fn kind_and_answer() -> impl Strategy<Value = (Kind, AnswerValue)> {
    (0..kinds().len()).prop_flat_map(|n| {
        let kind = kinds()[n].clone();
        let question = crate::questionnaire::model::tests::question("q1", kind.clone());
        (Just(kind), any_answer(&question))
    })
}

proptest! {
    #[test]
    fn an_answer_read_back_from_its_form_is_the_same((kind, value) in kind_and_answer()) {
        prop_assume!(value != AnswerValue::File);
        prop_assert_eq!(AnswerValue::parse(&kind, &value.form_values(), iso), Ok(value));
    }

    #[test]
    fn a_shown_number_without_its_unit_reads_back(value in -5_i64..=8760) {
        let shown = display(&hours(), &number(value), "ja", &japanese);
        let bare = shown.strip_suffix("時間").unwrap();
        prop_assert_eq!(parse(&hours(), &[bare]), Ok(number(value)));
    }

    #[test]
    fn what_is_read_fits_its_question_and_shows_something(n in 0..7_usize, raw in ".*") {
        let kind = kinds()[n].clone();
        if let Ok(value) = parse(&kind, &[&raw]) {
            prop_assert!(value.fits(&kind));
            prop_assert!(!display(&kind, &value, "ja", &japanese).is_empty());
        }
    }

    #[test]
    fn an_answer_survives_its_json((_, value) in kind_and_answer()) {
        let json = serde_json::to_string(&value).unwrap();
        prop_assert_eq!(serde_json::from_str::<AnswerValue>(&json).unwrap(), value);
    }
}
