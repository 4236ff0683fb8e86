//! The whole way of a response, without HTTP.

use chrono::{Duration, NaiveDate};
use diesel::prelude::*;

use super::answering::{self, Saved};
use super::model::tests::id;
use super::response_desk::{Desk, dispatch_to, start};
use super::review;
use super::rules::Outcome;
use super::*;
use crate::actor::{Actor, Authorized, OrganisationId, Role};
use crate::attestation::{self, NewAttestation};
use crate::clock::Timestamp;
use crate::database::schema::evidence as evidence_table;
use crate::error::{Error, Result};
use crate::notice;
use crate::testing::on_both;
use crate::web::{Ctx, Form, Language, templates};

fn yes() -> AnswerValue {
    AnswerValue::YesNo { value: YesNo::Yes }
}

fn no() -> AnswerValue {
    AnswerValue::YesNo { value: YesNo::No }
}

fn desk(url: &str) -> Desk {
    Desk::on(url, &Template::built_in().unwrap())
}

on_both!(
    a_response_goes_its_whole_way_and_back_once,
    the_second_of_two_who_save_is_told_and_changes_nothing,
    the_principal_may_not_answer_and_the_contractor_may_not_review,
    last_years_answers_are_taken_over_one_by_one,
    what_changes_behind_an_attestation_breaks_it_and_a_new_one_heals_it,
    home_lists_what_waits_for_each_side,
);

fn a_response_goes_its_whole_way_and_back_once(url: &str) {
    let desk = desk(url);
    assert!(matches!(desk.attest().unwrap(), attestation::Outcome::Incomplete(_)));
    desk.answer_all();
    let of = desk.response().questionnaire;
    assert_eq!((of.answered, of.questions > 40), (of.questions, true));
    assert!(matches!(desk.attest().unwrap(), attestation::Outcome::Done(_)));
    assert!(matches!(desk.answer("q01", no(), ""), Err(Error::Conflict("response-closed"))));
    assert!(matches!(desk.attest(), Err(Error::Conflict("attestation-error-closed"))));
    desk.later();
    assert!(matches!(desk.finish().unwrap(), Outcome::Incomplete(_)));
    assert!(matches!(desk.decide("q01", Verdict::Returned, ""), Err(Error::BadRequest("comment"))));
    desk.decide("q01", Verdict::Returned, "体制図が古い").unwrap();
    desk.accept_rest().unwrap();
    assert_eq!(desk.finish().unwrap(), Outcome::Returned(vec![id("q01")]));
    desk.later();
    let response = desk.response();
    assert_eq!(response.questionnaire.round, 2);
    assert_eq!(response.open().into_iter().collect::<Vec<_>>(), [id("q01")]);
    assert!(matches!(desk.answer("q02", no(), ""), Err(Error::Conflict(_))));
    assert!(matches!(desk.attest().unwrap(), attestation::Outcome::Incomplete(_)));
    desk.answer("q01", yes(), "新しくした").unwrap();
    assert_eq!(desk.broken(), ["answers"]);
    assert!(matches!(desk.attest().unwrap(), attestation::Outcome::Done(_)));
    assert!(desk.broken().is_empty());
    desk.later();
    desk.accept_rest().unwrap();
    assert_eq!(desk.finish().unwrap(), Outcome::Approved);
    assert_eq!(desk.response().questionnaire.status, QuestionnaireStatus::Approved);
    let acts = desk.acts();
    for act in [
        "response.saved",
        "attestation.given",
        "review.decided",
        "questionnaire.returned",
        "questionnaire.approved",
    ] {
        assert!(acts.iter().any(|a| a == act), "{act}");
    }
    let mails = desk.principal().read_now(|c, _| notice::outbox(c, 50)).unwrap();
    let kinds: Vec<&str> = mails.iter().map(|m| m.kind.as_str()).collect();
    assert_eq!(kinds, ["approved", "handed-in", "returned", "handed-in"]);
    assert!(mails[2].text_body.contains("質問番号：1"), "{}", mails[2].text_body);
    assert!(!mails[2].text_body.contains("体制図が古い"));
}

fn the_second_of_two_who_save_is_told_and_changes_nothing(url: &str) {
    let desk = desk(url);
    assert_eq!(desk.answer_from(0, "q01", yes(), "一人目").unwrap(), Saved::Done(1));
    assert_eq!(desk.answer_from(0, "q01", no(), "二人目").unwrap(), Saved::Stale);
    let response = desk.response();
    assert_eq!(response.latest(&id("q01")).unwrap().remark, "一人目");
    assert_eq!(desk.answer_from(1, "q01", no(), "二人目").unwrap(), Saved::Done(2));
}

fn the_principal_may_not_answer_and_the_contractor_may_not_review(url: &str) {
    let desk = desk(url);
    let new = NewAnswer { value: yes(), remark: String::new(), from_last_year: false };
    let refused = desk
        .principal()
        .write_now(|tx, _| answering::save_answer(tx, desk.id, &id("q01"), 0, &new));
    assert!(matches!(refused, Err(Error::Forbidden(_))));
    let refused = desk.contractor().write_now(|tx, _| review::decide(tx, desk.id, None, &[]));
    assert!(matches!(refused, Err(Error::Forbidden(_))));
    let mut handler = desk.representative.clone();
    handler.role = Role::Handler;
    desk.answer_all();
    let new =
        NewAttestation { name: "x".into(), title: "x".into(), exceptions: vec![], shown: None };
    let refused = desk
        .ctx(&handler)
        .write_now(|tx, ctx| attestation::attest(tx, &ctx.portal.settings, desk.id, &new));
    assert!(matches!(refused, Err(Error::Forbidden(_))));
    let mut stranger = desk.representative.clone();
    stranger.organisation_id = OrganisationId::new(start());
    let unseen =
        desk.ctx(&stranger).read_now(|c, ctx| Response::load(c, &ctx.actor, desk.id).map(|_| ()));
    assert!(matches!(unseen, Err(Error::NotFound)));
}

fn last_years_answers_are_taken_over_one_by_one(url: &str) {
    let desk = desk(url);
    desk.answer_all();
    desk.attest().unwrap();
    desk.later();
    let operator = Ctx::outside(desk.portal.clone(), Actor::Operator, Language::Ja);
    let tenant = desk.officer.organisation_id;
    let template = Template::built_in().unwrap();
    let this = dispatch_to(&operator, tenant, desk.entrustment, &template);
    let contractor = desk.contractor();
    let saved =
        contractor.write_now(|tx, _| answering::take_over(tx, this, &id("q01"), 0, "")).unwrap();
    assert_eq!(saved, Saved::Done(1));
    let response = contractor.read_now(|c, ctx| Response::load(c, &ctx.actor, this)).unwrap();
    let row = response.latest(&id("q01")).unwrap();
    assert!(row.from_last_year && row.value.0 == yes());
    assert_eq!(response.questionnaire.answered, 1);
}

fn what_changes_behind_an_attestation_breaks_it_and_a_new_one_heals_it(url: &str) {
    let desk = desk(url);
    desk.answer_all();
    desk.attest().unwrap();
    desk.accept_rest().unwrap();
    let operator = Ctx::outside(desk.portal.clone(), Actor::Operator, Language::Ja);
    let tenant = desk.officer.organisation_id;
    operator
        .write_now(|tx, _| -> Result<()> {
            let row = evidence_row(tx.now, tenant, desk.id);
            let response = response::Response::load(tx.connection, tx.actor, desk.id)?;
            store::evidence::insert(tx, &Authorized::by_policy(response), &row)
        })
        .unwrap();
    assert_eq!(desk.broken(), ["evidence"]);
    assert!(matches!(desk.finish(), Err(Error::Conflict("review-seal-broken"))));
    desk.later();
    assert!(matches!(desk.attest().unwrap(), attestation::Outcome::Done(_)));
    assert!(desk.broken().is_empty());
    assert_eq!(desk.finish().unwrap(), Outcome::Approved);
    let changed = operator.write_now(|tx, _| -> Result<usize> {
        Ok(diesel::update(evidence_table::table)
            .set(evidence_table::sha256.eq("11"))
            .execute(tx.connection)?)
    });
    assert_eq!(changed.unwrap(), 1);
    assert_eq!(desk.broken(), ["evidence"]);
}

fn evidence_row(
    now: Timestamp,
    tenant: OrganisationId,
    _: QuestionnaireId,
) -> evidence::NewEvidence {
    evidence::NewEvidence::of(tenant, &id("q01"), "体制図.pdf", b"%PDF-1.7\n", now).unwrap()
}

#[test]
fn a_file_is_taken_only_as_what_it_is() {
    use evidence::{FileFault, NewEvidence, plain_name};
    let tenant = OrganisationId::new(start());
    let of = |name: &str, bytes: &[u8]| {
        NewEvidence::of(tenant, &id("q01"), name, bytes, start()).map(|new| new.media_type)
    };
    let word = b"PK\x03\x04..[Content_Types].xml..word/document.xml";
    let cases: &[(&str, &[u8], std::result::Result<&str, FileFault>)] = &[
        ("a.pdf", b"%PDF-1.7\n", Ok("application/pdf")),
        ("a.PDF", b"%PDF-1.7\n", Ok("application/pdf")),
        ("a.pdf", b"<html>", Err(FileFault::Content)),
        ("a.png", b"%PDF-1.7\n", Err(FileFault::Content)),
        (
            "a.docx",
            word,
            Ok("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ),
        ("a.xlsx", word, Err(FileFault::Content)),
        ("a.csv", &[0x88, 0xc0, 0x2c, 0x31], Ok("text/csv")),
        ("a.txt", "あ".as_bytes(), Ok("text/plain")),
        ("a.txt", b"a\0b", Err(FileFault::Content)),
        ("a.txt", &[0xff, 0xfe], Err(FileFault::Content)),
        ("a.exe", b"MZ", Err(FileFault::Type)),
        ("a.zip", b"PK\x03\x04", Err(FileFault::Type)),
        ("a.pdf", b"", Err(FileFault::Empty)),
        ("", b"", Err(FileFault::Missing)),
    ];
    for (name, bytes, expected) in cases {
        assert_eq!(of(name, bytes), *expected, "{name}");
    }
    assert_eq!(plain_name("C:\\x\\..\\体制図\u{202e}\n.pdf"), "体制図.pdf");
    assert_eq!(plain_name("../../etc/passwd"), "passwd");
    assert_eq!(plain_name(".pdf"), "pdf");
    assert_eq!(plain_name(&format!("{}.pdf", "あ".repeat(500))).chars().count(), 124);
}

fn home_lists_what_waits_for_each_side(url: &str) {
    let desk = desk(url);
    let day = |d| NaiveDate::from_ymd_opt(2026, 6, d).unwrap();
    let contractor = desk.contractor();
    let tasks =
        contractor.read_now(|c, ctx| tasks_for_contractor(c, ctx.member()?, day(1))).unwrap();
    assert_eq!((tasks.len(), tasks[0].days), (1, 29));
    let principal = desk.principal();
    let at = |d| {
        let found = principal.read_now(|c, ctx| tasks_for_principal(c, ctx.member()?, d)).unwrap();
        (found.to_review.len(), found.overdue.len(), found.approaching.len())
    };
    assert_eq!(at(day(1)), (0, 0, 0));
    assert_eq!(at(day(20)), (0, 0, 1));
    assert_eq!(at(day(30) + Duration::days(1)), (0, 1, 0));
    desk.answer_all();
    desk.attest().unwrap();
    assert_eq!(at(day(30) + Duration::days(1)), (1, 0, 0));
}

#[test]
fn every_page_renders_in_both_languages() {
    let mut all = samples();
    all.extend(attestation::samples());
    for (template, sample) in all {
        for language in ["ja", "en"] {
            let mut context = sample.clone();
            context["lang"] = serde_json::json!(language);
            context["page"] = serde_json::json!({ "title": "x", "path": "/", "query": "", "csrf": "t",
                "demo": false, "person": null, "nav": [], "flash": null });
            let html = templates::render(template, &context)
                .unwrap_or_else(|e| panic!("{template} {e} {:?}", std::error::Error::source(&e)));
            assert!(!html.contains('⟦'), "{template} {language}: {}", missing(&html));
        }
    }
}

fn missing(html: &str) -> String {
    html.split('⟦').skip(1).filter_map(|rest| rest.split('⟧').next()).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_blank_form_is_no_answer_but_a_fine_draft() {
    let template = Template::built_in().unwrap();
    let asked = template.question(&id("q01")).unwrap();
    let form = Form::default();
    let saved = answering::command(asked, &form, None, false, answering::Saving::Explicit);
    assert_eq!(saved.unwrap_err().errors[0].1.key, "error-choose-one");
    assert!(answering::command(asked, &form, None, false, answering::Saving::Draft).is_ok());
}

#[test]
fn an_exception_is_claimed_only_where_it_is_allowed_and_with_reason_and_measure() {
    let set = attestation::ClauseSet::find("standard", 1).unwrap().unwrap();
    let allowed = set.clauses.iter().find(|c| c.exception_allowed).unwrap();
    let refused = set.clauses.iter().find(|c| !c.exception_allowed).unwrap();
    let mut form = Form::from_pairs([("name", "髙橋"), ("title", "代表"), ("consent", "on")]);
    form.set(&format!("reason_{}", refused.id), "守れない");
    let read = |form: &Form| NewAttestation::parse(form, &set, false);
    assert!(read(&form).unwrap().exceptions.is_empty());
    form.set(&format!("reason_{}", allowed.id), "施設がない");
    let missing = read(&form).unwrap_err().errors;
    assert_eq!(missing[0].0, format!("measure_{}", allowed.id));
    form.set(&format!("measure_{}", allowed.id), "施錠する");
    assert_eq!(read(&form).unwrap().exceptions.len(), 1);
    form.remove("consent");
    assert_eq!(read(&form).unwrap_err().errors[0].1.key, "attestation-error-consent");
}
