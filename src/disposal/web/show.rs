//! One disposal: shown, attested, decided, and its certificate handed out.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use crate::attachment;
use crate::database::Connection;
use crate::disposal::case::{Case, ItemNames};
use crate::disposal::certificate;
use crate::disposal::desk::{self, Ids};
use crate::disposal::model::{Decision, DisposalStatus, NewAttestation, Verdict};
use crate::disposal::policy;
use crate::disposal::views::{Head, May, ShowView};
use crate::entrustment::{self, Entrustment};
use crate::error::{Error, Result};
use crate::ledger::{self, Taken};
use crate::web::{self, Choice, Ctx, Form, Invalid, MAX_FILE, Message};

/// The address of a disposal.
pub(super) fn path((id, disposal): Ids) -> String {
    format!("/entrustments/{id}/disposals/{disposal}")
}

/// Shows a disposal.
pub(super) async fn show(ctx: Ctx, path: Path<Ids>) -> Result<HttpResponse> {
    let view = page(&ctx, path.into_inner(), Form::default(), Invalid::default()).await?;
    ctx.page(&view)
}

/// The page with a form that was typed.
pub(super) async fn page(
    ctx: &Ctx,
    (id, disposal): Ids,
    form: Form,
    invalid: Invalid,
) -> Result<ShowView> {
    ctx.read(move |c, ctx| {
        let entrustment = entrustment::find(c, &ctx.actor, id)?;
        let case = Case::load(c, &entrustment, disposal)?;
        view(c, ctx, &entrustment, case, (&form, &invalid))
    })
    .await
}

fn view(
    c: &mut Connection,
    ctx: &Ctx,
    entrustment: &Entrustment,
    case: Case,
    (form, invalid): (&Form, &Invalid),
) -> Result<ShowView> {
    let status = case.disposal.status;
    let shown = case.hash()?;
    let own = || entrustment.clone();
    let may = May {
        write: status.is_written() && entrustment::hold(c, &ctx.actor, own()).is_ok(),
        attest: status.is_written() && entrustment::represent(c, &ctx.actor, own()).is_ok(),
        decide: status == DisposalStatus::Attested && policy::look_after(&ctx.actor, own()).is_ok(),
    };
    Ok(ShowView {
        head: Head::from(entrustment),
        number: case.disposal.number(&entrustment.number),
        tone: status.tone(),
        certified: status.is_certified(),
        holdings: ItemNames::load(c, entrustment)?.lines(ctx.language, &case.holdings),
        files: attachment::views(&case.files),
        holds: shown == case.disposal.attested_hash,
        shown,
        may,
        verdicts: Choice::words(ctx.language, "disposal-verdict-", Verdict::ALL),
        file_limit: MAX_FILE,
        form: form.view_with(ctx.language, invalid),
        disposal: case.disposal,
    })
}

/// Attests a disposal.
pub(super) async fn attest(ctx: Ctx, path_ids: Path<Ids>, form: Form) -> Result<HttpResponse> {
    let ids = path_ids.into_inner();
    let new = match NewAttestation::parse(&form) {
        Ok(new) => new,
        Err(invalid) => {
            let view = page(&ctx, ids, form, invalid).await?;
            return ctx.invalid(&view);
        }
    };
    let attested =
        ctx.write(move |tx, ctx| desk::attest(tx, &ctx.portal.settings, ids, &new)).await?;
    if attested {
        return Ok(ctx.see_other(&path(ids), "done-disposal-attested"));
    }
    let invalid = Invalid::at("attested", Message::new("disposal-error-changed"));
    let view = page(&ctx, ids, form, invalid).await?;
    ctx.page_with(StatusCode::CONFLICT, &view)
}

/// Accepts or returns a disposal.
pub(super) async fn decide(ctx: Ctx, path_ids: Path<Ids>, form: Form) -> Result<HttpResponse> {
    let ids = path_ids.into_inner();
    let decision = match Decision::parse(&form) {
        Ok(decision) => decision,
        Err(invalid) => {
            let view = page(&ctx, ids, form, invalid).await?;
            return ctx.invalid(&view);
        }
    };
    let done = match decision.verdict {
        Verdict::Accept => "done-disposal-accepted",
        Verdict::Return => "done-disposal-returned",
    };
    ctx.write(move |tx, ctx| desk::decide(tx, &ctx.portal.settings, ids, &decision)).await?;
    Ok(ctx.see_other(&path(ids), done))
}

/// Hands out the certificate as PDF to either side.
pub(super) async fn certificate(ctx: Ctx, path: Path<Ids>) -> Result<HttpResponse> {
    let (id, disposal) = path.into_inner();
    let (number, bytes) = ctx
        .read(move |c, ctx| {
            let entrustment = entrustment::find(c, &ctx.actor, id)?;
            let case = Case::load(c, &entrustment, disposal)?;
            if !case.disposal.status.is_certified() {
                return Err(Error::NotFound);
            }
            let number = case.disposal.number(&entrustment.number);
            Ok((number, certificate::pdf(c, ctx.language, &entrustment, &case)?))
        })
        .await?;
    let (subject, entrustment) = (disposal.as_str(), id.as_str());
    let taken = Taken { kind: "certificate", id: subject, entrustment, bytes: bytes.len() };
    ledger::downloaded(&ctx, taken).await?;
    let name = format!("{}_{number}.pdf", ctx.text("certificate-file"));
    Ok(web::attachment(&name, "application/pdf", bytes))
}
