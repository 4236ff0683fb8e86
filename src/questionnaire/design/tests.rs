use super::*;
use crate::questionnaire::model::{ChoiceOption, Severity};

fn built_in() -> Template {
    Template::built_in().unwrap()
}

#[test]
fn every_built_in_question_survives_its_form() {
    let template = built_in();
    for section in &template.sections {
        for question in &section.questions {
            let form = fill_question(question);
            let earlier = earlier(&template, &section.id, Some(&question.id));
            let read = parse_question(&form, question.id.clone(), &earlier).unwrap();
            let sorted = |question: &Question| {
                let mut question = Question { number: 0, ..question.clone() };
                question.findings.sort_by_key(|t| format!("{t:?}"));
                question.evidence_hint = question.evidence_hint.filter(|hint| !hint.is_blank());
                question
            };
            assert_eq!(sorted(&read), sorted(question));
        }
    }
}

#[test]
fn head_and_sections_survive_their_forms() {
    let template = built_in();
    let head = parse_head(&fill_head(&template)).unwrap();
    assert_eq!(template.apply(Edit::Head(head)).unwrap(), template);
    let section = &template.sections[0];
    let head = parse_section(&fill_section(section), section.id.clone()).unwrap();
    assert_eq!(template.apply(Edit::EditSection(head)).unwrap(), template);
}

#[test]
fn a_new_option_gets_an_id_that_no_other_has() {
    let form = Form::from_pairs([
        ("text_ja", "保管場所"),
        ("kind", "choice"),
        ("evidence", "none"),
        ("option_0_id", "o1"),
        ("option_0_ja", "事業所"),
        ("option_2_ja", "自宅"),
        ("option_2_finding", "high"),
    ]);
    let read = parse_question(&form, "q01".parse().unwrap(), &[]).unwrap();
    let option = |id: &str, label: &str, finding| ChoiceOption {
        id: id.into(),
        label: Text::new(label, ""),
        finding,
    };
    let options = [option("o1", "事業所", None), option("o2", "自宅", Some(Severity::High))];
    assert_eq!(read.kind.options(), options);
}

#[test]
fn an_empty_question_names_what_is_missing() {
    let invalid = parse_question(&Form::default(), "q01".parse().unwrap(), &[]).unwrap_err();
    let fields: Vec<_> = invalid.errors.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, ["text_ja", "kind", "evidence"]);
}

#[test]
fn a_condition_must_name_an_earlier_question_and_one_of_its_answers() {
    let template = built_in();
    let first = template.questions().next().unwrap();
    let mut form = fill_question(first);
    form.set("condition", "q48");
    let none = earlier(&template, "A", Some(&first.id));
    assert!(none.is_empty());
    let invalid = parse_question(&form, first.id.clone(), &none).unwrap_err();
    assert_eq!(invalid.errors[0].1.key, "template-fault-condition-question");
    form.set("condition", first.id.as_str());
    form.set("condition_answer", "perhaps");
    let invalid = parse_question(&form, "q49".parse().unwrap(), &[first]).unwrap_err();
    assert_eq!(invalid.errors[0].1.key, "template-fault-condition-option");
}

#[test]
fn a_question_moves_over_the_border_of_a_section_and_not_beyond_the_template() {
    let template = built_in();
    let first = template.questions().next().unwrap().id.clone();
    assert_eq!(place_question(&template, &first, Place::Up), None);
    let last_of_a = template.sections[0].questions.last().unwrap().id.clone();
    let moved = place_question(&template, &last_of_a, Place::Down).unwrap();
    let moved = template.apply(moved).unwrap();
    assert_eq!(moved.sections[1].questions[0].id, last_of_a);
    let back = place_question(&moved, &last_of_a, Place::Up).unwrap();
    assert_eq!(moved.apply(back).unwrap(), template);
    let last = &template.sections.last().unwrap().id;
    assert_eq!(place_section(&template, last, Place::Down), None);
    assert_eq!(place_section(&template, "A", Place::Up), None);
}
