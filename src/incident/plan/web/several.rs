//! Settling several steps at once: what was done together, or what isn't needed for the same reason.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::change::again_with;
use super::{Ids, load, load_case, plan_path, show};
use crate::database::Tx;
use crate::error::Result;
use crate::incident::plan::form::Several;
use crate::incident::plan::{policy, store};
use crate::incident::policy::respond;
use crate::web::{Ctx, Form, Invalid};

/// Enters one outcome of all the steps that were chosen.
pub(super) async fn settle(ctx: Ctx, ids: Path<Ids>, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let typed = form.clone();
    let done = ctx.write(move |tx, ctx| settle_now(tx, ctx, ids, &typed)).await;
    match again_with(done, Several::STEPS)? {
        None => Ok(ctx.see_other(&plan_path(ids), "done-incident-steps-settled")),
        Some((invalid, status)) => show::plan_again(&ctx, ids, (form, invalid, status)).await,
    }
}

fn settle_now(tx: &mut Tx<'_>, ctx: &Ctx, ids: Ids, form: &Form) -> Result<Result<(), Invalid>> {
    let (of, incident) = load_case(tx.connection, ctx, ids)?;
    respond(tx.connection, tx.actor, of, incident)?;
    let several = match Several::parse(form, tx.now) {
        Ok(several) => several,
        Err(invalid) => return Ok(Err(invalid)),
    };
    for id in several.steps {
        let (case, step) = load(tx.connection, ctx, (ids.0, ids.1, id))?;
        let version = step.version;
        let task = policy::work(tx.connection, tx.actor, case, step)?;
        store::settle(tx, &task, version, &several.outcome)?;
    }
    Ok(Ok(()))
}
