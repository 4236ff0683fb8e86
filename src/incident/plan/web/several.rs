//! Settling several steps at once: what was done together, or what isn't needed for the same reason.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::{Ids, load_case, plan_path, show};
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::incident::plan::form::{Outcome, Several};
use crate::incident::plan::{awaits_decision, policy, store};
use crate::incident::policy::respond;
use crate::web::{Ctx, Form, Invalid, Message, Refused};

/// Enters one outcome of all the steps that were chosen.
pub(super) async fn settle(ctx: Ctx, ids: Path<Ids>, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let typed = form.clone();
    let done = ctx.write(move |tx, ctx| settle_now(tx, ctx, ids, &typed)).await;
    match Refused::of(done, Several::STEPS)? {
        None => Ok(ctx.see_other(&plan_path(ids), "done-incident-steps-settled")),
        Some(refused) => show::plan_again(&ctx, ids, (form, refused)).await,
    }
}

fn settle_now(tx: &mut Tx<'_>, ctx: &Ctx, ids: Ids, form: &Form) -> Result<Result<(), Invalid>> {
    let case = load_case(tx.connection, ctx, ids)?;
    respond(tx.connection, tx.actor, case.0.clone(), case.1.clone())?;
    let several = match Several::parse(form, tx.now) {
        Ok(several) => several,
        Err(invalid) => return Ok(Err(invalid)),
    };
    let mut steps = store::of(tx.connection, &case.1)?;
    steps.retain(|step| several.steps.contains(&step.id));
    if steps.len() != several.steps.len() {
        return Err(Error::NotFound);
    }
    let done = matches!(several.outcome, Outcome::Done { .. });
    for step in &steps {
        if done && awaits_decision(tx.connection, &case.1, step)? {
            let what = step.what.0.get(ctx.language.as_str());
            let message = Message::new("incident-plan-error-undecided-step").with("step", what);
            return Ok(Err(Invalid::at(Several::STEPS, message)));
        }
    }
    for step in steps {
        let version = step.version;
        let task = policy::work(tx.connection, tx.actor, case.clone(), step)?;
        store::settle(tx, &task, version, &several.outcome)?;
    }
    Ok(Ok(()))
}
