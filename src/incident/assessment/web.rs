//! Pages of duties: what is computed and decided, the facts, the decision and its confirmation.

use actix_web::HttpResponse;
use actix_web::web::Query;

use super::form::{Answered, NewDecision, Outcome};
use super::model::{Step, Verdict};
use super::rules::{self, Next};
use super::views::{
    self, ConfirmView, DecideView, DecisionView, DutiesView, FactsView, Line, Past, SideView, Turn,
    present,
};
use super::{policy, recompute, store};
use crate::database::{Connection, Tx};
use crate::entrustment::{DECIDERS, EntrustmentId};
use crate::error::{Error, Result};
use crate::four_eyes;
use crate::incident::duty::duties;
use crate::incident::model::{Incident, IncidentId};
use crate::incident::policy::{Case, RESPONDERS};
use crate::incident::views::{Asked, ResultView};
use crate::incident::web::{Ids, load, numbered};
use crate::incident::{form, mail, person, policy as incident_policy, text};
use crate::japanese::jst_date;
use crate::rulebook::Party;
use crate::web::paging::ListQuery;
use crate::web::{Access, Choice, Ctx, Fields, Form, FormView, Invalid, Refused, Route};

/// The ids of an incident's address.
type Id = (EntrustmentId, IncidentId);

/// What was typed, and why it was refused.
type Typed<'a> = Option<(&'a Form, &'a Refused)>;

/// The routes of duties.
#[must_use]
pub(in crate::incident) fn routes() -> Vec<Route> {
    const RESPONDER: Access = Access::Roles(RESPONDERS);
    const DECIDING: Access = Access::Roles(policy::DECIDING);
    const DECIDER: Access = Access::Roles(DECIDERS);
    vec![
        Route::get("/entrustments/{id}/incidents/{incident}/duties", Access::Session, show),
        Route::get("/entrustments/{id}/incidents/{incident}/duties/facts", RESPONDER, facts),
        Route::post("/entrustments/{id}/incidents/{incident}/duties/facts", RESPONDER, change),
        Route::get("/entrustments/{id}/incidents/{incident}/duties/decision", DECIDING, decision),
        Route::post("/entrustments/{id}/incidents/{incident}/duties/decision", DECIDING, decide),
        Route::get("/entrustments/{id}/incidents/{incident}/duties/confirmation", DECIDER, waiting),
        Route::post(
            "/entrustments/{id}/incidents/{incident}/duties/confirmation",
            DECIDER,
            confirm,
        ),
    ]
}

/// The page of an incident's duties.
pub(super) fn home(incident: &Incident) -> String {
    format!("{}/duties", incident.href())
}

fn path((entrustment, incident): Id) -> String {
    format!("/entrustments/{entrustment}/incidents/{incident}/duties")
}

/// Shows what is computed for both sides, what was decided, and the computations that were kept.
async fn show(ctx: Ctx, ids: Ids, query: Query<ListQuery>) -> Result<HttpResponse> {
    let (ids, query) = (ids.into_inner(), query.into_inner());
    let view = ctx.read(move |c, ctx| duties_view(c, ctx, ids, &query)).await?;
    ctx.page(&view)
}

fn duties_view(c: &mut Connection, ctx: &Ctx, ids: Id, query: &ListQuery) -> Result<DutiesView> {
    let case = load(c, ctx, ids)?;
    let sides = sides(c, ctx, &case.1)?;
    let may_edit = incident_policy::respond(c, &ctx.actor, case.0.clone(), case.1.clone()).is_ok();
    let may_decide = policy::decide(c, &ctx.actor, case.clone()).is_ok();
    let turn = turn(c, ctx, &case, &sides)?;
    let (entrustment, incident) = case;
    let language = ctx.language;
    let past = store::decisions(c, &incident)?;
    Ok(DutiesView {
        list: store::page(c, &incident, query)?.map(|kept| Line::of(language, kept)),
        home: incident.href(),
        name: numbered(language, &incident),
        sides,
        tone: turn.tone(),
        turn,
        may_edit,
        may_decide,
        past: past.into_iter().map(|decision| Past::of(language, decision)).collect(),
        entrustment,
    })
}

/// Both sides with what is computed and what was decided.
pub(super) fn sides(c: &mut Connection, ctx: &Ctx, incident: &Incident) -> Result<Vec<SideView>> {
    let duties = duties(&incident.facts.0);
    let mut views = Vec::new();
    for (result, side) in present(ctx.language, incident).into_iter().zip(rules::SIDES) {
        let Some(duty) = rules::of_side(&duties, side) else { continue };
        let last = store::latest(c, incident, side)?;
        let standing = rules::standing(last.as_ref(), duty.answer);
        views.push(SideView {
            side,
            result,
            next: rules::next(standing, !duty.missing.is_empty()),
            standing: views::standing(ctx.language, standing, last.as_ref()),
            tone: views::tone(standing),
            decision: last.map(|last| DecisionView::of(ctx.language, last)),
        });
    }
    Ok(views)
}

/// What the reader is to do next about the own side's duty.
fn turn(c: &mut Connection, ctx: &Ctx, case: &Case, sides: &[SideView]) -> Result<Turn> {
    let own = incident_policy::side_of(c, &ctx.actor, &case.0)?;
    let next = sides.iter().find(|view| view.side == own).and_then(|view| view.next);
    let Some(next) = next.filter(|_| case.1.is_open()) else { return Ok(Turn::Done) };
    let last = store::latest(c, &case.1, Party::Principal)?;
    let confirm = policy::confirm(c, &ctx.actor, case.clone(), last);
    let decides = policy::decide(c, &ctx.actor, case.clone()).is_ok();
    Ok(match next {
        Next::Confirm if confirm.is_ok() => Turn::Confirm,
        Next::Confirm if four_eyes::is_own(&confirm) => Turn::OwnRequest,
        Next::Facts if decides => Turn::Facts,
        Next::Decide if decides => Turn::Decide,
        _ => Turn::Wait,
    })
}

/// Shows the form of the facts.
async fn facts(ctx: Ctx, ids: Ids) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx.read(move |c, ctx| facts_view(c, ctx, ids, None)).await?;
    ctx.page(&view)
}

fn facts_view(c: &mut Connection, ctx: &Ctx, ids: Id, typed: Typed<'_>) -> Result<FactsView> {
    let (of, incident) = load(c, ctx, ids)?;
    let case = incident_policy::respond(c, &ctx.actor, of, incident)?;
    let (entrustment, incident) = case.into_inner();
    let known = form::fill(&incident.facts.0);
    Ok(FactsView {
        asked: Asked::new(ctx.language),
        form: shown(ctx, &incident, known, typed),
        home: incident.href(),
        name: numbered(ctx.language, &incident),
        entrustment,
    })
}

/// What was typed with what is wrong with it, or else what is known.
fn shown(ctx: &Ctx, incident: &Incident, mut known: Form, typed: Typed<'_>) -> FormView {
    if let Some((form, refused)) = typed {
        return refused.view(form, incident.version, ctx.language);
    }
    known.set("version", &incident.version.to_string());
    known.view(ctx.language)
}

/// Changes the facts, computes the duties anew and keeps the computation.
async fn change(ctx: Ctx, ids: Ids, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let typed = form.clone();
    let done = ctx.write(move |tx, ctx| change_now(tx, ctx, ids, &typed)).await;
    let Some(refused) = Refused::of(done, "persons_known")? else {
        return Ok(ctx.see_other(&path(ids), "done-incident-assessment-facts"));
    };
    let status = refused.status;
    let view = ctx.read(move |c, ctx| facts_view(c, ctx, ids, Some((&form, &refused)))).await?;
    ctx.page_with(status, &view)
}

fn change_now(tx: &mut Tx<'_>, ctx: &Ctx, ids: Id, typed: &Form) -> Result<Result<(), Invalid>> {
    let (of, incident) = load(tx.connection, ctx, ids)?;
    let case = incident_policy::respond(tx.connection, tx.actor, of, incident)?;
    let facts = match form::parse(typed, jst_date(tx.now)) {
        Ok(facts) => facts,
        Err(invalid) => return Ok(Err(invalid)),
    };
    let number = match facts.persons.known {
        Some(known) => ("persons_known", Some(known.into())),
        None => ("persons_at_most", facts.persons.at_most.map(i64::from)),
    };
    if let Err(invalid) = person::not_below(tx, &case.1, number)? {
        return Ok(Err(invalid));
    }
    let incident = store::change(tx, &case, Fields::of(typed).version(), facts)?;
    recompute(tx, &incident, "facts").map(Ok)
}

/// Shows what is computed for the own side, and the form with which it is decided.
async fn decision(ctx: Ctx, ids: Ids) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx.read(move |c, ctx| decide_view(c, ctx, ids, None)).await?;
    ctx.page(&view)
}

fn decide_view(c: &mut Connection, ctx: &Ctx, ids: Id, typed: Typed<'_>) -> Result<DecideView> {
    let case = load(c, ctx, ids)?;
    let (entrustment, incident, side) = policy::decide(c, &ctx.actor, case)?.into_inner();
    let duties = duties(&incident.facts.0);
    let duty = rules::of_side(&duties, side).ok_or(Error::NotFound)?;
    let form = shown(ctx, &incident, Form::default(), typed);
    Ok(DecideView {
        warned: form.fields.contains_key(text::CONFIRMED),
        form,
        home: incident.href(),
        name: numbered(ctx.language, &incident),
        result: result_of(ctx, &incident, side)?,
        verdicts: Choice::words(ctx.language, "incident-assessment-verdict-", Verdict::ALL),
        by_another: rules::step(side, Verdict::NoReport, duty.answer) == Step::Proposed,
        entrustment,
    })
}

/// What is computed now for a side.
fn result_of(ctx: &Ctx, incident: &Incident, side: Party) -> Result<ResultView> {
    let results = present(ctx.language, incident).into_iter().zip(rules::SIDES);
    let mut own = results.filter(|(_, of)| *of == side).map(|(result, _)| result);
    own.next().ok_or(Error::NotFound)
}

/// Decides for the own side; what lessens the principal's duty waits for an approver, who is told.
async fn decide(ctx: Ctx, ids: Ids, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let typed = form.clone();
    let done = ctx.write(move |tx, ctx| decide_now(tx, ctx, ids, &typed)).await;
    let Some(refused) = Refused::of(done, "assessment_verdict")? else {
        return Ok(ctx.see_other(&path(ids), "done-incident-assessment-decided"));
    };
    let status = refused.status;
    let view = ctx.read(move |c, ctx| decide_view(c, ctx, ids, Some((&form, &refused)))).await?;
    ctx.page_with(status, &view)
}

fn decide_now(tx: &mut Tx<'_>, ctx: &Ctx, ids: Id, typed: &Form) -> Result<Result<(), Invalid>> {
    let case = load(tx.connection, ctx, ids)?;
    let deciding = policy::decide(tx.connection, tx.actor, case)?;
    let new = match NewDecision::parse(typed) {
        Ok(new) => new,
        Err(invalid) => return Ok(Err(invalid)),
    };
    let step = store::decide(tx, &deciding, Fields::of(typed).version(), &new)?;
    if step == Step::Proposed {
        mail::duty_proposed(tx, &ctx.portal.settings, &deciding.0, &deciding.1)?;
    }
    Ok(Ok(()))
}

/// Shows what waits, and the form with which it is confirmed or returned.
async fn waiting(ctx: Ctx, ids: Ids) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx.read(move |c, ctx| confirm_view(c, ctx, ids, None)).await?;
    ctx.page(&view)
}

fn confirm_view(c: &mut Connection, ctx: &Ctx, ids: Id, typed: Typed<'_>) -> Result<ConfirmView> {
    let case = load(c, ctx, ids)?;
    let last = store::latest(c, &case.1, Party::Principal)?;
    let waiting = policy::confirm(c, &ctx.actor, case, last)?;
    let (entrustment, incident, proposal) = waiting.into_inner();
    let form = shown(ctx, &incident, Form::default(), typed);
    Ok(ConfirmView {
        warned: form.fields.contains_key(text::CONFIRMED),
        form,
        home: incident.href(),
        name: numbered(ctx.language, &incident),
        result: result_of(ctx, &incident, Party::Principal)?,
        proposal: DecisionView::of(ctx.language, proposal),
        outcomes: Choice::words(ctx.language, "incident-assessment-outcome-", Outcome::ALL),
        entrustment,
    })
}

/// Confirms or returns what was proposed; the officers are told when it is returned.
async fn confirm(ctx: Ctx, ids: Ids, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let typed = form.clone();
    let done = ctx.write(move |tx, ctx| confirm_now(tx, ctx, ids, &typed)).await;
    let Some(refused) = Refused::of(done, "assessment_outcome")? else {
        return Ok(ctx.see_other(&path(ids), "done-incident-assessment-confirmed"));
    };
    let status = refused.status;
    let view = ctx.read(move |c, ctx| confirm_view(c, ctx, ids, Some((&form, &refused)))).await?;
    ctx.page_with(status, &view)
}

fn confirm_now(tx: &mut Tx<'_>, ctx: &Ctx, ids: Id, typed: &Form) -> Result<Result<(), Invalid>> {
    let case = load(tx.connection, ctx, ids)?;
    let last = store::latest(tx.connection, &case.1, Party::Principal)?;
    let waiting = policy::confirm(tx.connection, tx.actor, case, last)?;
    let answered = match Answered::parse(typed) {
        Ok(answered) => answered,
        Err(invalid) => return Ok(Err(invalid)),
    };
    store::confirm(tx, &waiting, Fields::of(typed).version(), &answered)?;
    if answered.outcome == Outcome::Return {
        mail::duty_returned(tx, &ctx.portal.settings, &waiting.0, &waiting.1)?;
    }
    Ok(Ok(()))
}
