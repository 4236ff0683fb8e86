//! A desk for tests: a principal, a contractor, an entrustment and a dispatched questionnaire, and
//! the whole way of a response over it.

use chrono::{Duration, NaiveDate};
use diesel::prelude::*;
use tempfile::TempDir;

use super::answering::{self, Saved};
use super::model::tests::id;
use super::review::{self, Decided};
use super::rules::Outcome;
use super::*;
use crate::account::{self, NewPerson};
use crate::actor::{
    Actor, Authorized, Member, MembershipId, OrganisationId, PersonId, Role, SessionId,
};
use crate::attestation::{self, NewAttestation};
use crate::clock::{Clock, Timestamp};
use crate::config::Config;
use crate::database::schema::{
    dispatch, evidence as evidence_table, frozen_template, questionnaire,
};
use crate::entrustment::{EntrustmentId, NewEntrustment};
use crate::error::{Error, Result};
use crate::organisation::contractor::{self, ContractorId, NewContractor};
use crate::organisation::division::{self, NewDivision};
use crate::organisation::{self, NewOrganisation, OrganisationKind};
use crate::web::{Ctx, Form, Language, Portal, templates};
use crate::{entrustment, ledger, notice};

pub(crate) struct Desk {
    _folder: TempDir,
    pub portal: Portal,
    pub officer: Member,
    pub representative: Member,
    pub entrustment: EntrustmentId,
    pub id: QuestionnaireId,
}

fn start() -> Timestamp {
    NaiveDate::from_ymd_opt(2026, 6, 1).unwrap().and_hms_opt(0, 0, 0).unwrap()
}

fn organisation(ctx: &Ctx, kind: OrganisationKind, name: &str) -> OrganisationId {
    let new = NewOrganisation {
        kind,
        name: name.into(),
        name_kana: String::new(),
        corporate_number: None,
        address: String::new(),
        phone: String::new(),
    };
    ctx.write_now(|tx, ctx| organisation::create(tx, &ctx.portal.secret, &new)).unwrap()
}

fn member(ctx: &Ctx, organisation: OrganisationId, name: &str, role: Role) -> Member {
    let new = NewPerson {
        email: format!("{}@example.jp", role.as_str()),
        name: name.into(),
        language: "ja",
        password_hash: String::new(),
    };
    let person: PersonId =
        ctx.write_now(|tx, _| account::create_member(tx, organisation, &new, role, None)).unwrap();
    Member {
        person_id: person,
        name: name.into(),
        membership_id: MembershipId::new(ctx.now),
        organisation_id: organisation,
        organisation_name: name.into(),
        role,
        division_id: None,
        session_id: SessionId::new(ctx.now),
    }
}

fn new_contractor() -> NewContractor {
    let text = String::new;
    NewContractor {
        kind: OrganisationKind::SoleProprietor,
        name: "髙橋社会保険労務士事務所".into(),
        name_kana: text(),
        corporate_number: None,
        postcode: text(),
        address: text(),
        representative: "髙橋".into(),
        person_in_charge: "髙橋".into(),
        person_in_charge_title: text(),
        email: "representative@example.jp".into(),
        phone: "059-000-0000".into(),
        after_hours_phone: text(),
        privacy_mark: text(),
        privacy_mark_until: None,
        isms: text(),
        isms_until: None,
        note: text(),
    }
}

fn entrust(ctx: &Ctx, tenant: OrganisationId, of: ContractorId) -> EntrustmentId {
    ctx.write_now(|tx, _| {
        let keeper = division::set_up(tx.actor, tenant)?;
        let new = NewDivision { name: "子ども課".into(), email: None, phone: String::new() };
        let division = division::create(tx, &keeper, &new)?;
        let mut form = NewEntrustment::empty_form();
        for (name, value) in [
            ("number", "令8子-12"),
            ("title", "保育所等監査業務委託"),
            ("contractor", of.as_str()),
            ("division", division.as_str()),
            ("purpose", "監査"),
            ("starts_on", "2026-04-01"),
            ("ends_on", "2027-03-31"),
            ("erase_by", "2027-04-30"),
            ("persons", "49"),
            ("item_name_0", "氏名"),
            ("item_mark_0", "none"),
        ] {
            form.set(name, value);
        }
        let new = NewEntrustment::parse(&form).unwrap();
        let tenant = entrustment::set_up(tx.actor, tenant)?;
        entrustment::create(tx, &tenant, &new)
    })
    .unwrap()
}

/// Puts a questionnaire where a dispatch would.
pub(crate) fn dispatch_to(
    ctx: &Ctx,
    tenant: OrganisationId,
    to: EntrustmentId,
    template: &Template,
) -> QuestionnaireId {
    let hash = template.hash().unwrap();
    let body = String::from_utf8(template.canonical().unwrap()).unwrap();
    let deadline = NaiveDate::from_ymd_opt(2026, 6, 30).unwrap();
    ctx.write_now(|tx, _| -> Result<_> {
        let there: i64 = frozen_template::table.find(&hash).count().get_result(tx.connection)?;
        if there == 0 {
            diesel::insert_into(frozen_template::table)
                .values((frozen_template::hash.eq(&hash), frozen_template::body.eq(&body)))
                .execute(tx.connection)?;
        }
        let dispatched = DispatchId::new(tx.now);
        diesel::insert_into(dispatch::table)
            .values((
                dispatch::tenant_id.eq(tenant),
                dispatch::id.eq(dispatched),
                dispatch::frozen_hash.eq(&hash),
                dispatch::deadline.eq(deadline),
                dispatch::contact.eq("子ども課 059-000-1111"),
                dispatch::message.eq("よろしくお願いします"),
                dispatch::dispatched_at.eq(tx.now),
            ))
            .execute(tx.connection)?;
        let id = QuestionnaireId::new(tx.now);
        diesel::insert_into(questionnaire::table)
            .values((
                questionnaire::tenant_id.eq(tenant),
                questionnaire::id.eq(id),
                questionnaire::entrustment_id.eq(to),
                questionnaire::dispatch_id.eq(dispatched),
                questionnaire::frozen_hash.eq(&hash),
                questionnaire::deadline.eq(deadline),
                questionnaire::status.eq(QuestionnaireStatus::Answering),
                questionnaire::round.eq(1),
                questionnaire::answered.eq(0),
                questionnaire::questions.eq(0),
                questionnaire::created_at.eq(tx.now),
                questionnaire::version.eq(1),
            ))
            .execute(tx.connection)?;
        Ok(id)
    })
    .unwrap()
}

impl Desk {
    pub fn new(template: &Template) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = Config::in_folder(folder.path(), "http://localhost:8080");
        crate::database::migrate(&config.database_url().unwrap()).unwrap();
        let portal = config.open(Clock::fixed(start()), false).unwrap();
        let ctx = Ctx::outside(portal.clone(), Actor::Operator, Language::Ja);
        let tenant = organisation(&ctx, OrganisationKind::PublicBody, "三重野県");
        let own = organisation(&ctx, OrganisationKind::SoleProprietor, "髙橋事務所");
        let officer = member(&ctx, tenant, "﨑山", Role::Officer);
        let representative = member(&ctx, own, "髙橋", Role::Representative);
        let contractor = ctx
            .write_now(|tx, _| {
                let keeper = contractor::set_up(tx.actor, tenant)?;
                let id = contractor::create(tx, &keeper, &new_contractor())?;
                contractor::join(tx, tenant, id, own)?;
                Ok(id)
            })
            .unwrap();
        let entrustment = entrust(&ctx, tenant, contractor);
        let id = dispatch_to(&ctx, tenant, entrustment, template);
        Self { _folder: folder, portal, officer, representative, entrustment, id }
    }

    pub fn ctx(&self, member: &Member) -> Ctx {
        let actor = Actor::Member(Box::new(member.clone()));
        Ctx::outside(self.portal.clone(), actor, Language::Ja)
    }

    pub fn later(&self) {
        self.portal.clock.advance(Duration::minutes(1));
    }

    pub fn contractor(&self) -> Ctx {
        self.ctx(&self.representative)
    }

    pub fn principal(&self) -> Ctx {
        self.ctx(&self.officer)
    }

    pub fn response(&self) -> Response {
        self.contractor().read_now(|c, ctx| Response::load(c, &ctx.actor, self.id)).unwrap()
    }

    pub fn answer(&self, question: &str, value: AnswerValue, remark: &str) -> Result<Saved> {
        let response = self.response();
        let version = response.current(&id(question)).map_or(0, |row| row.version);
        self.answer_from(version, question, value, remark)
    }

    pub fn answer_from(
        &self,
        version: i32,
        question: &str,
        value: AnswerValue,
        remark: &str,
    ) -> Result<Saved> {
        let new = NewAnswer { value, remark: remark.into(), from_last_year: false };
        self.contractor()
            .write_now(|tx, _| answering::save_answer(tx, self.id, &id(question), version, &new))
    }

    pub fn answer_all(&self) {
        while let Some(next) = self.response().progress().unanswered.first().cloned() {
            self.answer(next.as_str(), first_answer(&self.response(), &next), "").unwrap();
        }
    }

    pub fn attest(&self) -> Result<attestation::Outcome> {
        let new = NewAttestation {
            name: "髙橋 𠮷".into(),
            title: "代表".into(),
            exceptions: vec![],
            shown: None,
        };
        self.contractor()
            .write_now(|tx, ctx| attestation::attest(tx, &ctx.portal.settings, self.id, &new))
    }

    pub fn decide(&self, question: &str, verdict: Verdict, comment: &str) -> Result<()> {
        let decided =
            Decided { question: id(question), verdict: Some(verdict), comment: comment.into() };
        self.principal().write_now(|tx, _| review::decide(tx, self.id, None, &[decided]))
    }

    pub fn accept_rest(&self) -> Result<()> {
        self.principal().write_now(|tx, _| review::accept_rest(tx, self.id))
    }

    pub fn finish(&self) -> Result<Outcome> {
        let seals = Seals(attestation::seal);
        self.principal()
            .write_now(|tx, ctx| review::finish(tx, &ctx.portal.settings, seals, self.id))
    }

    pub fn broken(&self) -> Vec<&'static str> {
        let response = self.response();
        let seal =
            self.contractor().read_now(|c, _| attestation::seal(c, &response, "ja")).unwrap();
        seal.map(|seal| seal.broken).unwrap_or_default()
    }

    pub fn acts(&self) -> Vec<String> {
        let tenant = self.officer.organisation_id;
        let entries = self
            .principal()
            .read_now(|c, _| {
                ledger::history_of_entrustment(c, tenant, self.entrustment.as_str(), 0, 500)
            })
            .unwrap();
        entries.0.into_iter().map(|entry| entry.act).collect()
    }
}

fn first_answer(response: &Response, question: &QuestionId) -> AnswerValue {
    match &response.question(question).unwrap().kind {
        Kind::YesNoNa { .. } => AnswerValue::YesNo { value: YesNo::Yes },
        Kind::Choice { options } => AnswerValue::Choice { option: options[0].id.clone() },
        Kind::Number { min, .. } => AnswerValue::Number { value: *min },
        other => panic!("no answer for {other:?}"),
    }
}

fn yes() -> AnswerValue {
    AnswerValue::YesNo { value: YesNo::Yes }
}

fn no() -> AnswerValue {
    AnswerValue::YesNo { value: YesNo::No }
}

fn desk() -> Desk {
    Desk::new(&Template::built_in().unwrap())
}

#[test]
fn a_response_goes_its_whole_way_and_back_once() {
    let desk = desk();
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

#[test]
fn the_second_of_two_who_save_is_told_and_changes_nothing() {
    let desk = desk();
    assert_eq!(desk.answer_from(0, "q01", yes(), "一人目").unwrap(), Saved::Done(1));
    assert_eq!(desk.answer_from(0, "q01", no(), "二人目").unwrap(), Saved::Stale);
    let response = desk.response();
    assert_eq!(response.latest(&id("q01")).unwrap().remark, "一人目");
    assert_eq!(desk.answer_from(1, "q01", no(), "二人目").unwrap(), Saved::Done(2));
}

#[test]
fn the_principal_may_not_answer_and_the_contractor_may_not_review() {
    let desk = desk();
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

#[test]
fn last_years_answers_are_taken_over_one_by_one() {
    let desk = desk();
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

#[test]
fn what_changes_behind_an_attestation_breaks_it_and_a_new_one_heals_it() {
    let desk = desk();
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

#[test]
fn home_lists_what_waits_for_each_side() {
    let desk = desk();
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
