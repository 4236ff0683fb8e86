//! Planning, holding, answering and closing an inspection.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::{Ids, load, show};
use crate::database::Tx;
use crate::entrustment::{self, Entrustment, EntrustmentId};
use crate::error::Result;
use crate::finding::{self, English, NewFinding, Source, Subject};
use crate::inspection::checklist::{Checklist, ItemResult};
use crate::inspection::mail::{self, Kind};
use crate::inspection::model::{Held, Inspection, InspectionId, Method, NewPlan, Notes, Overall};
use crate::inspection::policy;
use crate::inspection::store;
use crate::inspection::views::{Head, HoldView, ItemView, PlanView};
use crate::japanese::jst_date;
use crate::web::{Choice, Ctx, Fields, Form, Invalid, Refused, Rule};

type Key = (EntrustmentId, InspectionId);

fn plan_view(
    ctx: &Ctx,
    of: &Entrustment,
    inspection: Option<&Inspection>,
    (form, invalid): (&Form, &Invalid),
) -> PlanView {
    let all = format!("/entrustments/{}/inspections", of.id);
    PlanView {
        form: form.view_with(ctx.language, invalid),
        of: Head::of(of),
        action: inspection.map_or_else(|| all.clone(), |own| format!("{}/plan", own.href())),
        back: inspection.map_or(all, Inspection::href),
        methods: Choice::words(ctx.language, "inspection-method-", Method::ALL),
        is_new: inspection.is_none(),
    }
}

/// Shows the form of a new plan.
pub(super) async fn new(ctx: Ctx, id: Path<EntrustmentId>) -> Result<HttpResponse> {
    let view = new_view(&ctx, id.into_inner(), Form::default(), Invalid::default()).await?;
    ctx.page(&view)
}

async fn new_view(ctx: &Ctx, id: EntrustmentId, form: Form, invalid: Invalid) -> Result<PlanView> {
    ctx.read(move |c, ctx| {
        let of = entrustment::find(c, &ctx.actor, id)?;
        policy::plan(&ctx.actor, of.clone())?;
        Ok(plan_view(ctx, &of, None, (&form, &invalid)))
    })
    .await
}

/// Plans an inspection and tells the contractor.
pub(super) async fn plan(ctx: Ctx, id: Path<EntrustmentId>, form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    let new = match NewPlan::parse(&form) {
        Ok(new) => new,
        Err(invalid) => {
            let view = new_view(&ctx, id, form, invalid).await?;
            return ctx.invalid(&view);
        }
    };
    let planned = ctx
        .write(move |tx, ctx| {
            let of = entrustment::find(tx.connection, tx.actor, id)?;
            let of = policy::plan(tx.actor, of)?;
            let sheet = Checklist::standard()?.sheet(of.my_number);
            let planned = store::plan(tx, &of, &new, &sheet)?;
            let inspection = store::find(tx.connection, &of, planned)?;
            mail::about(tx, &ctx.portal.settings, &of, &inspection, Kind::Planned)?;
            Ok(planned)
        })
        .await?;
    Ok(see(&ctx, (id, planned), "done-inspection-planned"))
}

fn see(ctx: &Ctx, (id, inspection): Key, done: &'static str) -> HttpResponse {
    ctx.see_other(&format!("/entrustments/{id}/inspections/{inspection}"), done)
}

/// Shows the form that changes a plan.
pub(super) async fn planned(ctx: Ctx, ids: Ids) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let (of, own) = load(c, ctx, ids)?;
            policy::hold(&ctx.actor, of.clone(), &own)?;
            Ok(plan_view(ctx, &of, Some(&own), (&own.plan_form(), &Invalid::default())))
        })
        .await?;
    ctx.page(&view)
}

/// Changes a plan and tells the contractor.
pub(super) async fn replan(ctx: Ctx, ids: Ids, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let version = Fields::of(&form).version();
    let done = match NewPlan::parse(&form) {
        Err(invalid) => Ok(Err(invalid)),
        Ok(new) => {
            ctx.write(move |tx, ctx| {
                let (of, own) = load(tx.connection, ctx, ids)?;
                let of = policy::hold(tx.actor, of, &own)?;
                store::replan(tx, &of, own.id, version, &new)?;
                let own = store::find(tx.connection, &of, own.id)?;
                mail::about(tx, &ctx.portal.settings, &of, &own, Kind::Planned)?;
                Ok(Ok(()))
            })
            .await
        }
    };
    let Some(refused) = Refused::of(done, "planned_on")? else {
        return Ok(see(&ctx, ids, "done-saved"));
    };
    let status = refused.status;
    let view = ctx
        .read(move |c, ctx| {
            let (of, own) = load(c, ctx, ids)?;
            policy::hold(&ctx.actor, of.clone(), &own)?;
            let form = refused.form(&form, own.version);
            Ok(plan_view(ctx, &of, Some(&own), (&form, &refused.invalid)))
        })
        .await?;
    ctx.page_with(status, &view)
}

fn hold_view(
    ctx: &Ctx,
    of: &Entrustment,
    own: &Inspection,
    form: &Form,
    bad: &Invalid,
) -> HoldView {
    let language = ctx.language;
    let lines = own.checklist.0.lines.iter();
    HoldView {
        form: form.view_with(language, bad),
        of: Head::of(of),
        href: own.href(),
        checklist: own.checklist.0.title.get(language.as_str()).to_owned(),
        items: lines.map(|line| ItemView::of(language, line)).collect(),
        results: Choice::words(language, "inspection-result-", ItemResult::ALL),
        overalls: Choice::words(language, "inspection-overall-", Overall::SAID),
    }
}

/// Shows the form with which an inspection is held.
pub(super) async fn holding(ctx: Ctx, ids: Ids) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let (of, own) = load(c, ctx, ids)?;
            policy::hold(&ctx.actor, of.clone(), &own)?;
            Ok(hold_view(ctx, &of, &own, &own.hold_form(), &Invalid::default()))
        })
        .await?;
    ctx.page(&view)
}

/// Keeps what was written down so far, or enters that the inspection was held.
pub(super) async fn hold(ctx: Ctx, ids: Ids, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let later = form.value("act") == "later";
    let typed = form.clone();
    let done = ctx
        .write(move |tx, ctx| {
            let (of, own) = load(tx.connection, ctx, ids)?;
            let version = Fields::of(&typed).version();
            if later {
                return keep(tx, of, &own, version, &typed);
            }
            enter(tx, ctx, of, &own, version, &typed)
        })
        .await;
    let refused = match Refused::of(done, "held_on")? {
        None if later => return Ok(see(&ctx, ids, "done-saved")),
        None => return Ok(see(&ctx, ids, "done-inspection-held")),
        Some(refused) => refused,
    };
    let status = refused.status;
    let view = ctx
        .read(move |c, ctx| {
            let (of, own) = load(c, ctx, ids)?;
            let form = refused.form(&form, own.version);
            Ok(hold_view(ctx, &of, &own, &form, &refused.invalid))
        })
        .await?;
    ctx.page_with(status, &view)
}

fn keep(
    tx: &mut Tx<'_>,
    of: Entrustment,
    own: &Inspection,
    version: i32,
    form: &Form,
) -> Result<Result<(), Invalid>> {
    let of = policy::hold(tx.actor, of, own)?;
    match Notes::parse(form, own.checklist.0.clone()) {
        Ok(notes) => store::note(tx, &of, own.id, version, &notes).map(Ok),
        Err(invalid) => Ok(Err(invalid)),
    }
}

fn enter(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    of: Entrustment,
    own: &Inspection,
    version: i32,
    form: &Form,
) -> Result<Result<(), Invalid>> {
    let of = policy::hold(tx.actor, of, own)?;
    let held = match Held::parse(form, own.checklist.0.clone(), jst_date(tx.now)) {
        Ok(held) => held,
        Err(invalid) => return Ok(Err(invalid)),
    };
    store::hold(tx, &of, own.id, version, &held)?;
    for line in held.notes.sheet.of(ItemResult::NotKept) {
        let new = NewFinding {
            source: Source::Inspection,
            subject: Subject { kind: "inspection", id: own.id.as_str() },
            rule: &line.item.id,
            title: &line.item.text.ja,
            detail: &line.note,
            english: English { title: line.item.text.en.clone(), detail: String::new() },
            reason: "",
            severity: line.item.severity,
            due_on: held.mend_by,
        };
        finding::raise_once(tx, &of, &new)?;
    }
    mail::about(tx, &ctx.portal.settings, &of, own, Kind::Held)?;
    Ok(Ok(()))
}

/// Takes the contractor's answer and tells the division.
pub(super) async fn answer(ctx: Ctx, ids: Ids, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let typed = form.clone();
    let done = ctx
        .write(move |tx, ctx| {
            let (of, own) = load(tx.connection, ctx, ids)?;
            let of = policy::answer(tx.connection, tx.actor, of, &own)?;
            let mut f = Fields::of(&typed);
            let version = f.version();
            let words = f.text("answer", Rule::text(4000));
            let words = match f.finish(|| words) {
                Ok(words) => words,
                Err(invalid) => return Ok(Err(invalid)),
            };
            store::answer(tx, &of, own.id, version, &words)?;
            mail::about(tx, &ctx.portal.settings, &of, &own, Kind::Answered)?;
            Ok(Ok(()))
        })
        .await;
    match Refused::of(done, "answer")? {
        None => Ok(see(&ctx, ids, "done-inspection-answered")),
        Some(refused) => show::again(&ctx, ids, &form, &refused).await,
    }
}

/// Closes an inspection; its findings are closed one by one.
pub(super) async fn close(ctx: Ctx, ids: Ids, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let version = Fields::of(&form).version();
    ctx.write(move |tx, ctx| {
        let (of, own) = load(tx.connection, ctx, ids)?;
        let of = policy::close(tx.actor, of, &own)?;
        store::close(tx, &of, own.id, version)
    })
    .await?;
    Ok(see(&ctx, ids, "done-inspection-closed"))
}
