//! What happened before the demonstration begins, told through the functions that the pages use.

use chrono::{Duration, NaiveDate, NaiveTime};

use super::handovers;
use super::incidents;
use super::near_misses;
use super::people;
use super::registers::{self, Registers};
use super::web::Player;
use crate::account::{self, Invite, NewPerson};
use crate::actor::{Actor, DivisionId, OrganisationId, PersonId, Role};
use crate::attestation::{self, NewAttestation};
use crate::auditor_access::{self, NewAuditorAccess};
use crate::clock::Timestamp;
use crate::entrustment::{self, EntrustmentId, HandlingRules, ItemMark, NewEntrustment, NewItem};
use crate::error::{Error, Result};
use crate::japanese::{jst_date, jst_to_utc};
use crate::organisation::contractor::{self, ContractorId, NewContractor};
use crate::organisation::division::{self, NewDivision};
use crate::organisation::{self, NewOrganisation, OrganisationKind};
use crate::questionnaire::{
    self, AnswerValue, Dispatch, Kind, NewAnswer, Question, QuestionId, QuestionnaireId, Response,
    Seals, Template, Verdict, When, YesNo,
};
use crate::web::{Ctx, Language};

/// What the demonstration consists of.
#[derive(Clone, Debug, Default)]
pub struct Story {
    /// Whom one can sign in as.
    pub players: Vec<Player>,
    /// This year's entrustment to the labour consultant.
    pub entrustment: Option<EntrustmentId>,
    /// The registers in which each rule is kept once and broken once.
    pub registers: Option<Registers>,
}

/// The prefecture and the ids of its people.
pub(super) struct Stage {
    pub ctx: Ctx,
    pub principal: OrganisationId,
    pub division: DivisionId,
    pub officer: PersonId,
    pub administrator: PersonId,
    pub auditor: PersonId,
    pub players: Vec<Player>,
}

/// A moment on a day in Japan.
pub(super) fn on(day: NaiveDate, hour: u32, minute: u32) -> Timestamp {
    jst_to_utc(day.and_time(NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default()))
}

/// The day `days` after `day` (before it, when negative).
pub(super) fn days(day: NaiveDate, days: i64) -> NaiveDate {
    day + Duration::days(days)
}

impl Stage {
    /// Builds the prefecture: divisions, people, and nothing else.
    pub(super) fn build(ctx: &Ctx, day: NaiveDate, password_hash: &str) -> Result<Self> {
        let ctx = ctx.at(on(day, 9, 0), Actor::Operator);
        let (principal, division) = ctx.write_now(|tx, ctx| {
            let principal = organisation::create(tx, &ctx.portal.secret, &prefecture())?;
            let may = division::set_up(tx.actor, principal)?;
            let division = division::create(
                tx,
                &may,
                &new_division(people::DIVISION, Some(people::OFFICER.1)),
            )?;
            division::create(tx, &may, &new_division(people::OTHER_DIVISION, None))?;
            Ok((principal, division))
        })?;
        let mut stage = Self {
            ctx,
            principal,
            division,
            officer: PersonId::new(on(day, 9, 0)),
            administrator: PersonId::new(on(day, 9, 0)),
            auditor: PersonId::new(on(day, 9, 0)),
            players: Vec::new(),
        };
        stage.administrator =
            stage.join(people::ADMINISTRATOR, Role::Administrator, None, password_hash)?;
        stage.officer =
            stage.join(people::OFFICER, Role::Officer, Some(division), password_hash)?;
        stage.auditor = stage.join(people::AUDITOR, Role::Auditor, None, password_hash)?;
        Ok(stage)
    }

    /// Makes somebody of the prefecture a member.
    fn join(
        &mut self,
        (name, email): (&str, &str),
        role: Role,
        division: Option<DivisionId>,
        hash: &str,
    ) -> Result<PersonId> {
        let principal = self.principal;
        let new = person((name, email), hash);
        let id = self
            .ctx
            .write_now(|tx, _| account::create_member(tx, principal, &new, role, division))?;
        self.players.push(Player {
            id,
            name: name.into(),
            organisation: people::PREFECTURE.into(),
            role,
        });
        Ok(id)
    }

    /// The context of a person at a moment.
    pub(super) fn as_person(&self, who: PersonId, now: Timestamp) -> Result<Ctx> {
        let actor = self.ctx.read_now(|c, ctx| account::act_as(c, &ctx.actor, who, now))?;
        Ok(self.ctx.at(now, actor))
    }

    /// The officer registers a contractor.
    pub(super) fn register(&self, new: &NewContractor, now: Timestamp) -> Result<ContractorId> {
        let ctx = self.as_person(self.officer, now)?;
        ctx.write_now(|tx, _| contractor::register(tx, new))
    }

    /// The officer invites the contractor's person in charge, who accepts a quarter of an hour later.
    pub(super) fn invite(
        &mut self,
        id: ContractorId,
        new: &NewContractor,
        now: Timestamp,
        hash: &str,
    ) -> Result<PersonId> {
        let invite = Invite {
            tenant_id: self.principal,
            organisation_name: people::PREFECTURE.into(),
            email: new.email.clone(),
            name: new.person_in_charge.clone(),
            role: Role::Representative,
            division_id: None,
            contractor_id: Some(id),
        };
        let officer = self.as_person(self.officer, now)?;
        let link = officer.write_now(|tx, ctx| account::invite(tx, &ctx.portal, &invite))?;
        let person = person((&new.person_in_charge, &new.email), hash);
        let later = self.ctx.at(now + Duration::minutes(15), Actor::Operator);
        let id = later
            .write_now(|tx, ctx| account::accept_as_operator(tx, &ctx.portal, &link, &person))?;
        self.players.push(Player {
            id,
            name: new.person_in_charge.clone(),
            organisation: new.name.clone(),
            role: Role::Representative,
        });
        Ok(id)
    }

    /// The officer registers an entrustment.
    pub(super) fn entrust(&self, new: &NewEntrustment, now: Timestamp) -> Result<EntrustmentId> {
        let ctx = self.as_person(self.officer, now)?;
        ctx.write_now(|tx, _| entrustment::register(tx, new))
    }

    /// The officer names an entrustment to the auditor, and the administrator approves an hour later.
    pub(super) fn open_to_auditor(
        &self,
        id: EntrustmentId,
        until_on: NaiveDate,
        now: Timestamp,
    ) -> Result<()> {
        let (principal, auditor) = (self.principal, self.auditor);
        let officer = self.as_person(self.officer, now)?;
        let asked = officer.write_now(|tx, _| {
            let new = NewAuditorAccess {
                membership_id: auditor_access::auditor(tx.connection, principal, auditor)?,
                with_below: true,
                from_on: jst_date(now),
                until_on,
                purpose: "定期監査（財務事務）".into(),
            };
            auditor_access::ask(tx, id, &new)
        })?;
        let administrator = self.as_person(self.administrator, now + Duration::hours(1))?;
        administrator
            .write_now(|tx, ctx| auditor_access::grant(tx, &ctx.portal.settings, id, asked))
    }

    /// The officer sends the built-in questionnaire.
    pub(super) fn dispatch(
        &self,
        id: EntrustmentId,
        deadline: NaiveDate,
        now: Timestamp,
    ) -> Result<QuestionnaireId> {
        let template = Template::built_in().map_err(Error::internal)?;
        let ctx = self.as_person(self.officer, now)?;
        let sent = ctx.write_now(|tx, ctx| {
            let new = Dispatch {
                template: &template,
                entrustments: vec![entrustment::find(tx.connection, tx.actor, id)?],
                deadline,
                contact: format!("{}　{}　000-111-2222", people::DIVISION, people::OFFICER.0),
                message: "今年度の取扱いの状況について、点検票にお答えください。".into(),
            };
            questionnaire::dispatch(tx, &ctx.portal, &new)
        })?;
        sent.into_iter().next().ok_or(Error::NotFound)
    }
}

fn prefecture() -> NewOrganisation {
    NewOrganisation {
        kind: OrganisationKind::PublicBody,
        name: people::PREFECTURE.into(),
        name_kana: "アオナミケン".into(),
        corporate_number: None,
        address: "青波県波音市県庁前一丁目1番1号".into(),
        phone: "000-111-0000".into(),
    }
}

fn new_division(name: &str, email: Option<&str>) -> NewDivision {
    NewDivision { name: name.into(), email: email.map(str::to_owned), phone: "000-111-2222".into() }
}

fn person((name, email): (&str, &str), hash: &str) -> NewPerson {
    NewPerson {
        email: email.into(),
        name: name.into(),
        language: Language::Ja.as_str(),
        password_hash: hash.to_owned(),
    }
}

/// The audit of nurseries, as the prefecture entrusts it every year.
pub(super) fn nurseries(
    contractor_id: ContractorId,
    division_id: DivisionId,
    number: &str,
    first: NaiveDate,
    last: NaiveDate,
) -> NewEntrustment {
    let item =
        |name: &str| NewItem { name: name.into(), mark: ItemMark::None, under: String::new() };
    NewEntrustment {
        contractor_id,
        division_id,
        number: number.into(),
        title: "保育所等指導監査（労務関係）業務委託".into(),
        purpose: "保育所等の指導監査のうち、職員の勤務条件と処遇に関する書類の確認を行う。".into(),
        starts_on: first,
        ends_on: last,
        erase_by: days(last, 30),
        persons: 49,
        handover_way: "受渡しの窓口または手渡し".into(),
        note: String::new(),
        items: ["氏名", "職種", "性別", "年齢", "資格", "最終学歴", "給与"].map(item).to_vec(),
        rules: HandlingRules::default(),
    }
}

/// The answer to a question that makes no finding.
pub(super) fn good_answer(question: &Question) -> AnswerValue {
    match &question.kind {
        Kind::YesNoNa { .. } => {
            let bad_when_yes = question.findings.iter().any(|f| f.when == When::Answer(YesNo::Yes));
            AnswerValue::YesNo { value: if bad_when_yes { YesNo::No } else { YesNo::Yes } }
        }
        Kind::Choice { options } => {
            let best = options.iter().find(|o| o.finding.is_none()).or_else(|| options.first());
            best.map_or(AnswerValue::Blank, |o| AnswerValue::Choice { option: o.id.clone() })
        }
        Kind::Number { .. } => AnswerValue::Number { value: 2 },
        _ => AnswerValue::Blank,
    }
}

/// Answers the first `most` shown questions that have no answer yet, each with what `choose` says.
pub(super) fn answer(
    ctx: &Ctx,
    id: QuestionnaireId,
    most: usize,
    choose: impl Fn(&Question) -> (AnswerValue, String),
) -> Result<()> {
    ctx.write_now(|tx, _| {
        for _ in 0..most {
            let response = Response::load(tx.connection, tx.actor, id)?;
            let progress = response.progress();
            let Some(next) = progress.unanswered.first() else { break };
            let (value, remark) = choose(response.question(next)?);
            let new = NewAnswer { value, remark, from_last_year: false };
            questionnaire::answering::save_answer(tx, id, next, 0, &new)?;
        }
        Ok(())
    })
}

/// The representative attests.
pub(super) fn attest(ctx: &Ctx, id: QuestionnaireId) -> Result<()> {
    let new = NewAttestation {
        name: people::CONSULTANT.0.into(),
        title: "所長（社会保険労務士）".into(),
        exceptions: Vec::new(),
        shown: None,
    };
    ctx.write_now(|tx, ctx| attestation::attest(tx, &ctx.portal.settings, id, &new)).map(|_| ())
}

/// The officer returns some answers with a comment each, accepts the rest, and ends the round.
pub(super) fn review(ctx: &Ctx, id: QuestionnaireId, returned: &[(&str, &str)]) -> Result<()> {
    let decided = returned
        .iter()
        .map(|(question, comment)| {
            Ok(questionnaire::review::Decided {
                question: question.parse::<QuestionId>().map_err(Error::internal)?,
                verdict: Some(Verdict::Returned),
                comment: (*comment).to_owned(),
            })
        })
        .collect::<Result<Vec<_>>>()?;
    ctx.write_now(|tx, ctx| {
        questionnaire::review::decide(tx, id, None, &decided)?;
        questionnaire::review::accept_rest(tx, id)?;
        questionnaire::review::finish(tx, &ctx.portal.settings, Seals(attestation::seal), id)
            .map(|_| ())
    })
}

/// Tells the story up to `today`: last year's questionnaire complete, this year's half answered.
///
/// # Errors
/// Those of the database.
pub fn tell(ctx: &Ctx, today: NaiveDate, password_hash: &str) -> Result<Story> {
    let last_year = days(today, -365);
    let mut stage = Stage::build(ctx, last_year, password_hash)?;
    let consultant = people::consultant();
    let office = stage.register(&consultant, on(last_year, 10, 0))?;
    let representative = stage.invite(office, &consultant, on(last_year, 10, 30), password_hash)?;
    let earlier = nurseries(office, stage.division, "令7子-12", last_year, days(today, -1));
    let earlier = stage.entrust(&earlier, on(last_year, 11, 0))?;
    let sent = stage.dispatch(earlier, days(last_year, 30), on(last_year, 13, 0))?;
    let person = stage.as_person(representative, on(days(last_year, 5), 20, 0))?;
    answer(&person, sent, 48, |question| (good_answer(question), String::new()))?;
    attest(&stage.as_person(representative, on(days(last_year, 5), 21, 0))?, sent)?;
    review(&stage.as_person(stage.officer, on(days(last_year, 8), 15, 0))?, sent, &[])?;

    let this_year = days(today, -12);
    stage.register(&people::welfare(), on(this_year, 9, 0))?;
    let typing = people::data_entry();
    let company = stage.register(&typing, on(last_year, 14, 0))?;
    let clerk = stage.invite(company, &typing, on(last_year, 14, 30), password_hash)?;
    let registers = registers::tell(&stage, company, clerk, today)?;
    let now = nurseries(office, stage.division, "令8子-12", this_year, days(this_year, 364));
    let entrustment = stage.entrust(&now, on(this_year, 9, 30))?;
    for id in [entrustment, registers.entrustment] {
        stage.open_to_auditor(id, days(today, 60), on(days(today, -7), 13, 0))?;
    }
    registers::on_roster(&stage, representative, entrustment, this_year)?;
    let sent = stage.dispatch(entrustment, days(today, 11), on(this_year, 10, 0))?;
    let person = stage.as_person(representative, on(days(today, -2), 20, 0))?;
    answer(&person, sent, 24, |question| (good_answer(question), String::new()))?;
    let told = handovers::People { officer: stage.officer, other: stage.administrator };
    handovers::nurseries(&stage, told, representative, entrustment)?;
    let recalled = handovers::typing(&stage, told, clerk, registers.entrustment)?;
    incidents::seen_by_others(&stage, representative, entrustment)?;
    incidents::recalled(&stage, clerk, (registers.entrustment, recalled))?;
    let typed = (clerk, registers.entrustment);
    near_misses::tell(&stage, today, (representative, earlier), typed)?;
    Ok(Story { players: stage.players, entrustment: Some(entrustment), registers: Some(registers) })
}
