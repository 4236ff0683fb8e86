//! A desk for tests: a principal, a contractor, an entrustment and a dispatched questionnaire.

use chrono::{Duration, NaiveDate};
use diesel::prelude::*;
use tempfile::TempDir;

use super::answering::{self, Saved};
use super::model::tests::id;
use super::review::{self, Decided};
use super::rules::Outcome;
use super::*;
use crate::account::{self, NewPerson};
use crate::actor::{Actor, Member, MembershipId, OrganisationId, PersonId, Role, SessionId};
use crate::attestation::{self, NewAttestation};
use crate::clock::{Clock, Timestamp};
use crate::config::Config;
use crate::database::schema::{dispatch, frozen_template, questionnaire};
use crate::entrustment::{EntrustmentId, NewEntrustment};
use crate::error::Result;
use crate::organisation::contractor::{self, ContractorId, NewContractor};
use crate::organisation::division::{self, NewDivision};
use crate::organisation::{self, NewOrganisation, OrganisationKind};
use crate::web::{Ctx, Language, Portal};
use crate::{entrustment, ledger};

pub(crate) struct Desk {
    _folder: TempDir,
    pub portal: Portal,
    pub officer: Member,
    pub representative: Member,
    pub entrustment: EntrustmentId,
    pub id: QuestionnaireId,
}

pub(crate) fn start() -> Timestamp {
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
        tenants: Vec::new(),
        enrolling: false,
        proved_at: None,
        today: crate::japanese::jst_date(ctx.now),
        elsewhere: false,
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
    /// A desk on SQLite in a folder of its own.
    pub fn new(template: &Template) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("desk.sqlite").display());
        crate::database::migrate(&url).unwrap();
        Self::in_folder(folder, &url, template)
    }

    /// A desk on the database at `url`, which is up to date.
    pub fn on(url: &str, template: &Template) -> Self {
        Self::in_folder(tempfile::tempdir().unwrap(), url, template)
    }

    fn in_folder(folder: tempfile::TempDir, url: &str, template: &Template) -> Self {
        let mut config = Config::in_folder(folder.path(), "http://localhost:8080");
        config.database_url = Some(url.to_owned());
        let portal = config.open(Clock::fixed(start()), false).unwrap();
        let ctx = Ctx::outside(portal.clone(), Actor::Operator, Language::Ja);
        let tenant = organisation(&ctx, OrganisationKind::PublicBody, "三重野県");
        let own = organisation(&ctx, OrganisationKind::SoleProprietor, "髙橋事務所");
        let officer = member(&ctx, tenant, "﨑山", Role::Officer);
        let representative = member(&ctx, own, "髙橋", Role::Representative);
        let representative = Member { tenants: vec![tenant], ..representative };
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
