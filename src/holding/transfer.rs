//! The transfer of a holding: another one took its data over.

use actix_web::HttpResponse;
use actix_web::web::Path;
use chrono::NaiveDate;

use super::list_store;
use super::model::{Holding, HoldingId};
use super::store;
use super::views::TransferPage;
use super::web::held;
use crate::conformity;
use crate::database::{Connection, Tx};
use crate::entrustment::{self, Entrustment, EntrustmentId, HOLDERS};
use crate::error::{Error, Result};
use crate::finding::{self, Subject};
use crate::japanese::jst_date;
use crate::rulebook;
use crate::web::{Access, Choice, Ctx, Fields, Form, Invalid, Route};

pub(super) fn routes() -> Vec<Route> {
    const HOLDER: Access = Access::Roles(HOLDERS);
    vec![
        Route::get("/entrustments/{id}/holdings/{holding}/transfer", HOLDER, show),
        Route::post("/entrustments/{id}/holdings/{holding}/transfer", HOLDER, transfer),
    ]
}

/// A holding with those that may take its data over.
struct Transfer {
    entrustment: Entrustment,
    holding: Holding,
    successors: Vec<Holding>,
}

fn load(c: &mut Connection, ctx: &Ctx, id: EntrustmentId, holding: HoldingId) -> Result<Transfer> {
    let found = entrustment::find(c, &ctx.actor, id)?;
    let entrustment = entrustment::hold(c, &ctx.actor, found)?.into_inner();
    let holding = list_store::find(c, &entrustment, holding)?;
    held(&holding)?;
    let successors = list_store::successors(c, &holding)?;
    Ok(Transfer { entrustment, holding, successors })
}

impl Transfer {
    fn page(&self, ctx: &Ctx, form: &Form, invalid: &Invalid) -> TransferPage {
        let own = self.holding.entrustment_id;
        let choice = |h: &Holding| {
            let label = h.label(ctx.language);
            let below = h.entrustment_id != own;
            let label =
                if below { format!("{label} {}", ctx.text("holding-below")) } else { label };
            Choice::new(h.id, label)
        };
        TransferPage {
            entrustment: self.entrustment.clone(),
            id: self.holding.id,
            label: self.holding.label(ctx.language),
            form: form.view_with(ctx.language, invalid),
            successors: self.successors.iter().map(choice).collect(),
        }
    }

    /// The holding that took over, and when.
    fn parse(&self, ctx: &Ctx, form: &Form) -> Result<(Holding, NaiveDate), Invalid> {
        let mut f = Fields::of(form);
        let to: Option<HoldingId> = f.word("successor");
        let successor = self.successors.iter().find(|h| Some(h.id) == to);
        f.check(to.is_none() || successor.is_some(), "successor", "error-choose-from-list");
        let ended_on = f.date("ended_on");
        if let Some(day) = ended_on {
            f.check(day >= self.holding.starts_on, "ended_on", "holding-error-until");
            f.check(day <= jst_date(ctx.now), "ended_on", "holding-error-future");
        }
        f.finish(|| Some((successor?.clone(), ended_on?)))
    }
}

/// Shows the form.
async fn show(ctx: Ctx, path: Path<(EntrustmentId, HoldingId)>) -> Result<HttpResponse> {
    let (id, holding) = path.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let today = jst_date(ctx.now).to_string();
            let form = Form::from_pairs([("ended_on", today.as_str())]);
            Ok(load(c, ctx, id, holding)?.page(ctx, &form, &Invalid::default()))
        })
        .await?;
    ctx.page(&view)
}

/// Ends the holding; the other one has its data now.
async fn transfer(
    ctx: Ctx,
    path: Path<(EntrustmentId, HoldingId)>,
    form: Form,
) -> Result<HttpResponse> {
    let (id, holding) = path.into_inner();
    let found = ctx.read(move |c, ctx| load(c, ctx, id, holding)).await?;
    let (successor, ended_on) = match found.parse(&ctx, &form) {
        Ok(command) => command,
        Err(invalid) => return ctx.invalid(&found.page(&ctx, &form, &invalid)),
    };
    ctx.write(move |tx, ctx| {
        let current = load(tx.connection, ctx, id, holding)?;
        let successor = current.successors.into_iter().find(|h| h.id == successor.id);
        let successor = successor.ok_or(Error::Conflict("holding-error-ended"))?;
        let entrustment = entrustment::hold(tx.connection, tx.actor, current.entrustment)?;
        store::transfer(tx, &entrustment, &current.holding, &successor, ended_on)?;
        compare_again(tx, &entrustment, holding)
    })
    .await?;
    Ok(ctx.see_other(&format!("/entrustments/{id}/holdings/{holding}"), "done-holding-transferred"))
}

/// What has ended no longer breaks what only binds while it is held.
fn compare_again(tx: &mut Tx<'_>, entrustment: &Entrustment, id: HoldingId) -> Result<()> {
    let holding = list_store::find(tx.connection, entrustment, id)?;
    let terms = conformity::terms(tx.connection, entrustment, jst_date(tx.now))?;
    let broken = rulebook::holding(&terms, &holding.fact(None));
    let subject = Subject { kind: "holding", id: id.as_str() };
    finding::hold_against(tx, entrustment, subject, &broken, &holding.exceptions.0)
}
