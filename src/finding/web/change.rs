//! Raising, answering, checking and changing a finding.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::list::severities;
use super::{Ids, load, show};
use crate::entrustment::{self, EntrustmentId};
use crate::error::{Error, Result};
use crate::finding::command::{Answer, ByHand, Check, Terms};
use crate::finding::mail::{self, Kind};
use crate::finding::model::{English, FindingId, NewFinding, Source, Subject};
use crate::finding::policy;
use crate::finding::store::change as store;
use crate::finding::store::{find, raise_for};
use crate::finding::views::{Head, NewView, TermsView};
use crate::japanese::jst_date;
use crate::web::{Ctx, Fields, Form, Invalid, Message, Refused};

async fn new_view(ctx: &Ctx, id: EntrustmentId, form: &Form, invalid: &Invalid) -> Result<NewView> {
    let form = form.view_with(ctx.language, invalid);
    ctx.read(move |c, ctx| {
        let of = entrustment::find(c, &ctx.actor, id)?;
        policy::raise(&ctx.actor, of.clone())?;
        Ok(NewView { form, of: Head::of(&of), severities: severities(ctx) })
    })
    .await
}

/// Shows the form with which an officer raises a finding.
pub(super) async fn new(ctx: Ctx, id: Path<EntrustmentId>) -> Result<HttpResponse> {
    let view = new_view(&ctx, id.into_inner(), &Form::default(), &Invalid::default()).await?;
    ctx.page(&view)
}

/// Raises a finding by hand and tells the contractor.
pub(super) async fn raise(ctx: Ctx, id: Path<EntrustmentId>, form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    let typed = match ByHand::parse(&form, jst_date(ctx.now)) {
        Ok(typed) => typed,
        Err(invalid) => {
            let view = new_view(&ctx, id, &form, &invalid).await?;
            return ctx.invalid(&view);
        }
    };
    let raised = ctx
        .write(move |tx, ctx| {
            let of = entrustment::find(tx.connection, tx.actor, id)?;
            let of = policy::raise(tx.actor, of)?;
            let new = NewFinding {
                source: Source::Officer,
                subject: Subject { kind: "entrustment", id: of.id.as_str() },
                rule: "",
                title: &typed.title,
                detail: &typed.detail,
                english: English::default(),
                reason: "",
                severity: typed.severity,
                due_on: Some(typed.due_on),
            };
            let raised = raise_for(tx, &of, &new, &typed.owner_name)?;
            let finding = find(tx.connection, &of, raised)?;
            mail::about(tx, &ctx.portal.settings, &of, &finding, Kind::Raised)?;
            Ok(raised)
        })
        .await?;
    Ok(ctx.see_other(&format!("/entrustments/{id}/findings/{raised}"), "done-finding-raised"))
}

/// Takes the contractor's answer and tells the division.
pub(super) async fn answer(ctx: Ctx, ids: Ids, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let typed = match Answer::parse(&form, jst_date(ctx.now)) {
        Ok(typed) => typed,
        Err(invalid) => {
            // Who may not, or not now, is told so first.
            ctx.read(move |c, ctx| {
                let (of, finding) = load(c, ctx, ids)?;
                policy::answer(c, &ctx.actor, of, &finding).map(drop)
            })
            .await?;
            return show::again(&ctx, ids, &form, &Refused::of_form(invalid)).await;
        }
    };
    let version = Fields::of(&form).version();
    let done = ctx
        .write(move |tx, ctx| {
            let (of, finding) = load(tx.connection, ctx, ids)?;
            let of = policy::answer(tx.connection, tx.actor, of, &finding)?;
            store::answer(tx, &of, &finding, version, &typed)?;
            mail::about(tx, &ctx.portal.settings, &of, &finding, Kind::Answered)
        })
        .await;
    finish(&ctx, ids, &form, done.map(|_| "done-finding-answered"), "root_cause").await
}

/// What came of a check.
enum Checked {
    Done(&'static str),
    Invalid(Invalid),
}

/// Closes a finding, or returns it and tells the contractor.
pub(super) async fn check(ctx: Ctx, ids: Ids, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let version = Fields::of(&form).version();
    let typed = form.clone();
    let done = ctx
        .write(move |tx, ctx| {
            let (of, finding) = load(tx.connection, ctx, ids)?;
            policy::checks(tx.actor, &of, &finding)?;
            let check = match Check::parse(&typed, &finding) {
                Ok(check) => check,
                Err(invalid) => return Ok(Checked::Invalid(invalid)),
            };
            let of = policy::check(tx.connection, tx.actor, of, &finding, check.decision)?;
            if let Some(outcome) = check.decision.outcome() {
                store::close(tx, &of, &finding, version, (outcome, &check.words))?;
                return Ok(Checked::Done("done-finding-closed"));
            }
            store::give_back(tx, &of, &finding, version, &check.words)?;
            mail::about(tx, &ctx.portal.settings, &of, &finding, Kind::Returned)?;
            Ok(Checked::Done("done-finding-returned"))
        })
        .await;
    let done = match done {
        Ok(Checked::Done(key)) => Ok(key),
        Ok(Checked::Invalid(invalid)) => {
            return show::again(&ctx, ids, &form, &Refused::of_form(invalid)).await;
        }
        Err(error) => Err(error),
    };
    finish(&ctx, ids, &form, done, "words").await
}

async fn finish(
    ctx: &Ctx,
    ids: (EntrustmentId, FindingId),
    form: &Form,
    done: Result<&'static str>,
    field: &str,
) -> Result<HttpResponse> {
    match done {
        Ok(key) => Ok(ctx.see_other(&format!("/entrustments/{}/findings/{}", ids.0, ids.1), key)),
        // What was typed stays on the page; the summary says that somebody else was faster.
        Err(Error::Conflict(key @ "error-stale")) => {
            let invalid = Invalid::at(field, Message::new(key));
            show::again(ctx, ids, form, &Refused { invalid, status: StatusCode::CONFLICT }).await
        }
        Err(other) => Err(other),
    }
}

async fn terms_view(
    ctx: &Ctx,
    ids: (EntrustmentId, FindingId),
    form: Option<(Form, Invalid)>,
) -> Result<TermsView> {
    ctx.read(move |c, ctx| {
        let (of, finding) = load(c, ctx, ids)?;
        policy::keep(&ctx.actor, of.clone(), &finding)?;
        let form = match form {
            Some((form, invalid)) => form.view_with(ctx.language, &invalid),
            None => Terms::form(&finding).view(ctx.language),
        };
        Ok(TermsView {
            form,
            of: Head::of(&of),
            href: finding.href(),
            name: finding.heading(ctx.language),
            severities: severities(ctx),
        })
    })
    .await
}

/// Shows the form that changes severity, due date and owner.
pub(super) async fn terms(ctx: Ctx, ids: Ids) -> Result<HttpResponse> {
    let view = terms_view(&ctx, ids.into_inner(), None).await?;
    ctx.page(&view)
}

/// Changes severity, due date and owner.
pub(super) async fn set_terms(ctx: Ctx, ids: Ids, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let version = Fields::of(&form).version();
    let typed = form.clone();
    let done = ctx
        .write(move |tx, ctx| {
            let (of, finding) = load(tx.connection, ctx, ids)?;
            let of = policy::keep(tx.actor, of, &finding)?;
            let terms = match Terms::parse(&typed, &finding, jst_date(ctx.now)) {
                Ok(terms) => terms,
                Err(invalid) => return Ok(Some(invalid)),
            };
            store::terms(tx, &of, &finding, version, &terms)?;
            Ok(None)
        })
        .await;
    let (mut form, invalid, status) = match done {
        Ok(None) => {
            let to = format!("/entrustments/{}/findings/{}", ids.0, ids.1);
            return Ok(ctx.see_other(&to, "done-saved"));
        }
        Ok(Some(invalid)) => (form, invalid, StatusCode::UNPROCESSABLE_ENTITY),
        Err(Error::Conflict(key @ "error-stale")) => {
            (form, Invalid::at("reason", Message::new(key)), StatusCode::CONFLICT)
        }
        Err(other) => return Err(other),
    };
    if status == StatusCode::CONFLICT {
        let (_, now) = ctx.read(move |c, ctx| load(c, ctx, ids)).await?;
        form.set("version", &now.version.to_string());
    }
    let view = terms_view(&ctx, ids, Some((form, invalid))).await?;
    ctx.page_with(status, &view)
}
