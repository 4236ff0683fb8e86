//! The page of an incident.

use actix_web::HttpResponse;

use super::views::{Next, ShowView, tone};
use super::{Ids, load};
use crate::actor::Role;
use crate::database::Connection;
use crate::entrustment::EntrustmentId;
use crate::error::Result;
use crate::incident::model::{IncidentId, IncidentStatus};
use crate::incident::panel::Part;
use crate::incident::policy;
use crate::incident::{
    assessment, authority, cause, clock, person, plan, record, timeline, wrong_recipient,
};
use crate::ledger::{self, Taken};
use crate::organisation::contractor;
use crate::web::{self, Ctx, Form};

/// Entries of the history on the page.
const HISTORY: i64 = 20;

/// Shows an incident: what is to be done next, and how far each part is.
pub(super) async fn show(ctx: Ctx, ids: Ids) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx.read(move |c, ctx| view(c, ctx, ids)).await?;
    ctx.page(&view)
}

fn view(c: &mut Connection, ctx: &Ctx, ids: (EntrustmentId, IncidentId)) -> Result<ShowView> {
    let case = load(c, ctx, ids)?;
    let parts = vec![
        clock::part(c, ctx, &case)?,
        assessment::part(c, ctx, &case)?,
        plan::part(c, ctx, &case)?,
        wrong_recipient::part(c, ctx, &case)?,
        authority::part(c, ctx, &case)?,
        person::part(c, ctx, &case)?,
        cause::part(c, ctx, &case)?,
        timeline::part(c, ctx, &case)?,
    ];
    let (entrustment, incident) = case;
    let clock = clock::view(c, ctx, (&entrustment, &incident))?;
    let is_principal = ctx.viewer()?.role.is_principal();
    let keep = policy::keep(&ctx.actor, entrustment.clone(), incident.clone());
    let close = policy::close(&ctx.actor, entrustment.clone(), incident.clone());
    let respond = policy::respond(c, &ctx.actor, entrustment.clone(), incident.clone());
    let (may_open, may_close, may_correct) =
        (keep.is_ok() && incident.opened_at.is_none(), close.is_ok(), respond.is_ok());
    let next = match incident.status {
        IncidentStatus::Closed => Next::Closed,
        _ if ctx.viewer()?.role == Role::Auditor => Next::Reader,
        IncidentStatus::Reported if may_open => Next::Open,
        IncidentStatus::Reported => Next::Reporter,
        IncidentStatus::Open => Next::Respond,
    };
    let phones = if is_principal && incident.is_open() {
        let row = contractor::find(c, entrustment.tenant_id, entrustment.contractor_id)?;
        let numbers =
            [("incident-phone", row.phone), ("incident-phone-after-hours", row.after_hours_phone)];
        let given = numbers.into_iter().filter(|(_, number)| !number.is_empty());
        given.map(|(key, number)| (ctx.text(key), number)).collect()
    } else {
        Vec::new()
    };
    let entries = ledger::history(c, entrustment.tenant_id, incident.id.as_str(), HISTORY)?;
    Ok(ShowView {
        form: Form::from_pairs([("version", incident.version.to_string())]).view(ctx.language),
        tone: tone(incident.status),
        next,
        urgent: urgent(next, is_principal, &parts),
        clock,
        parts,
        phones,
        may_open,
        may_correct,
        may_close,
        is_principal,
        history: plan::history(c, ctx, &incident, &entries)?,
        entrustment,
        incident,
    })
}

/// The part that is to be looked at first, by whoever responds: what is late; for the contractor, whose
/// duties the principal decides, the next of its steps; then what is due, and what goes on. Of its
/// lines it has the last: what is next.
fn urgent(next: Next, is_principal: bool, parts: &[Part]) -> Option<Part> {
    if !matches!(next, Next::Reporter | Next::Respond) {
        return None;
    }
    let of = |tone: &str| parts.iter().find(|part| part.tone == tone);
    let steps = || {
        let open = |part: &&Part| part.href.ends_with("/plan") && part.tone == "progress";
        parts.iter().find(open).filter(|_| !is_principal)
    };
    let found = of("bad").or_else(steps).or_else(|| of("warn")).or_else(|| of("progress"));
    let mut part = found?.clone();
    part.lines = part.lines.pop().into_iter().collect();
    Some(part)
}

/// Hands out the record of an incident as PDF to either side.
pub(super) async fn record(ctx: Ctx, ids: Ids) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let (name, bytes) = ctx
        .read(move |c, ctx| {
            let (of, incident) = load(c, ctx, ids)?;
            let name = format!(
                "{}_{}-{}",
                ctx.text("incident-record-title"),
                of.number,
                incident.position
            );
            Ok((name, record::pdf(c, ctx.language, (&of, incident), ctx.now)?))
        })
        .await?;
    let (subject, entrustment) = (ids.1.as_str(), ids.0.as_str());
    let taken = Taken { kind: "incident", id: subject, entrustment, bytes: bytes.len() };
    ledger::downloaded(&ctx, taken).await?;
    Ok(web::attachment(&format!("{name}.pdf"), "application/pdf", bytes))
}
