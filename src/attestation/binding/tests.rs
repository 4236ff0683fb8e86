//! Tests of the binding.

use proptest::prelude::*;

use super::*;
use crate::questionnaire::Answered;

/// All that an attestation binds.
#[derive(Clone, Debug)]
struct Bundle {
    template: Template,
    answers: Answers,
    evidence: Vec<EvidenceHash>,
    clauses: ClauseSet,
    my_number: bool,
    exceptions: Vec<Exception>,
}

impl Bundle {
    fn binding(&self) -> Binding {
        Binding::of(&Attested {
            template: &self.template,
            answers: &self.answers,
            evidence: &self.evidence,
            clauses: &self.clauses,
            my_number: self.my_number,
            exceptions: &self.exceptions,
        })
        .unwrap()
    }
}

fn id(name: &str) -> QuestionId {
    name.parse().unwrap()
}

fn answer(value: i64, remark: &str) -> Answered {
    Answered { value: AnswerValue::Number { value }, remark: remark.to_owned(), round: 1 }
}

fn file(question: &str, name: &str) -> EvidenceHash {
    EvidenceHash {
        question: id(question),
        file_name: name.to_owned(),
        sha256: hex::encode(Sha256::digest(name)),
    }
}

fn claim(clause: &str) -> Exception {
    Exception {
        clause: clause.to_owned(), reason: "理由".to_owned(), measure: "措置".to_owned()
    }
}

fn bundle() -> Bundle {
    Bundle {
        template: Template::built_in().unwrap(),
        answers: Answers::from([(id("q04"), answer(24, "直ちに"))]),
        evidence: vec![file("q02", "手順書.pdf"), file("q01", "体制図.pdf")],
        clauses: ClauseSet::find("standard", 1).unwrap().unwrap(),
        my_number: false,
        exceptions: vec![claim("places"), claim("copying")],
    }
}

fn broken(change: impl FnOnce(&mut Bundle)) -> Vec<Part> {
    let mut now = bundle();
    change(&mut now);
    bundle().binding().check(&now.binding()).unwrap()
}

#[test]
fn the_same_things_bind_to_the_same_hashes() {
    assert_eq!(broken(|_| {}), []);
}

#[test]
fn the_order_of_evidence_and_exceptions_does_not_matter() {
    assert_eq!(broken(|b| b.evidence.reverse()), []);
    assert_eq!(broken(|b| b.exceptions.reverse()), []);
}

#[test]
fn the_round_is_not_bound() {
    let later = |b: &mut Bundle| b.answers.values_mut().for_each(|a| a.round = 2);
    assert_eq!(broken(later), []);
}

#[test]
fn each_change_breaks_its_part() {
    let answers = [Part::Answers, Part::Whole];
    assert_eq!(
        broken(|b| b.template.sections[0].questions[0].support.en.push('.')),
        [Part::Questions, Part::Whole]
    );
    let other = |b: &mut Bundle| drop(b.answers.insert(id("q04"), answer(25, "直ちに")));
    assert_eq!(broken(other), answers);
    let silent = |b: &mut Bundle| drop(b.answers.insert(id("q04"), answer(24, "")));
    assert_eq!(broken(silent), answers);
    assert_eq!(broken(|b| b.answers.clear()), answers);
    let evidence = [Part::Evidence, Part::Whole];
    assert_eq!(broken(|b| drop(b.evidence.pop())), evidence);
    assert_eq!(broken(|b| b.evidence[0].question = id("q03")), evidence);
    assert_eq!(broken(|b| b.evidence[0].file_name.push('2')), evidence);
    assert_eq!(broken(|b| b.evidence[0].sha256.push('0')), evidence);
    let clauses = [Part::Clauses, Part::Whole];
    assert_eq!(broken(|b| b.my_number = true), clauses);
    assert_eq!(broken(|b| b.clauses.version = 2), clauses);
    assert_eq!(broken(|b| drop(b.exceptions.pop())), clauses);
    assert_eq!(broken(|b| b.exceptions[0].measure.clear()), clauses);
}

#[test]
fn a_binding_that_was_tampered_with_is_not_whole() {
    let mut stored = bundle().binding();
    let now = stored.clone();
    stored.hash = "0".repeat(64);
    assert_eq!(stored.check(&now).unwrap(), [Part::Whole]);
    let mut both = now.clone();
    both.answers = "0".repeat(64);
    assert_eq!(both.check(&both).unwrap(), [Part::Whole]);
}

#[test]
fn an_auditor_recomputes_it_as_documented() {
    let sha = |text: String| hex::encode(Sha256::digest(text));
    let bound = bundle().binding();
    let answers = concat!(
        "azukari binding 1 answers\n",
        r#"[{"question":"q04","value":{"type":"number","value":24},"remark":"直ちに"}]"#
    );
    assert_eq!(bound.answers, sha(answers.to_owned()));
    let template = bundle().template.hash().unwrap();
    let questions = format!("azukari binding 1 questions\n{{\"template\":\"{template}\"}}");
    assert_eq!(bound.questions, sha(questions));
    let whole = format!(
        "azukari binding 1 whole\n{{\"questions\":\"{}\",\"answers\":\"{}\",\"evidence\":\"{}\",\"clauses\":\"{}\"}}",
        bound.questions, bound.answers, bound.evidence, bound.clauses
    );
    assert_eq!(bound.hash, sha(whole));
}

fn any_answers() -> impl Strategy<Value = Answers> {
    let answer = (any::<i8>(), ".{0,6}").prop_map(|(n, remark)| answer(n.into(), &remark));
    prop::collection::btree_map("q[0-3]".prop_map(|name| id(&name)), answer, 0..4)
}

fn any_evidence() -> impl Strategy<Value = Vec<EvidenceHash>> {
    let file = ("q[0-3]", ".{0,4}").prop_map(|(question, name)| file(&question, &name));
    prop::collection::vec(file, 0..4)
}

fn any_exceptions() -> impl Strategy<Value = Vec<Exception>> {
    let claim = ("[a-c]", ".{0,3}", ".{0,3}").prop_map(|(clause, reason, measure)| Exception {
        clause,
        reason,
        measure,
    });
    prop::collection::vec(claim, 0..3)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_binding_changes_when_and_only_when_anything_changes(
        answers in (any_answers(), any_answers()),
        evidence in (any_evidence(), any_evidence()),
        exceptions in (any_exceptions(), any_exceptions()),
        take in any::<[bool; 3]>(),
    ) {
        let first = Bundle {
            answers: answers.0,
            evidence: evidence.0,
            exceptions: exceptions.0,
            ..bundle()
        };
        let mut second = first.clone();
        if take[0] {
            second.answers = answers.1;
        }
        if take[1] {
            second.evidence = evidence.1;
        }
        if take[2] {
            second.exceptions = exceptions.1;
        }
        let broken = first.binding().check(&second.binding()).unwrap();
        let differs = [
            (Part::Answers, first.answers != second.answers),
            (Part::Evidence, sorted(&first.evidence) != sorted(&second.evidence)),
            (Part::Clauses, sorted(&first.exceptions) != sorted(&second.exceptions)),
        ];
        for (part, differs) in differs {
            prop_assert_eq!(broken.contains(&part), differs);
        }
        let any = differs.iter().any(|(_, differs)| *differs);
        prop_assert_eq!(broken.contains(&Part::Whole), any);
    }
}
