//! Pages of deliveries: of members who receive, of outside recipients, and of the sender.

mod outside;
mod received;
mod sending;

use actix_web::HttpResponse;

pub(super) use sending::recall_now;

use super::jobs::{self, Told};
use super::model::{DownloadId, Parcel};
use super::policy::{Answer, Fetch};
use super::rules::TICKET;
use super::{link, model, store};
use crate::actor::Authorized;
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::handover::{DeliveryId, FileId, store as shared};
use crate::web::{Ctx, Form, Invalid, Message, Route};

/// The routes of deliveries.
pub(super) fn routes() -> Vec<Route> {
    let mut routes = received::routes();
    routes.extend(outside::routes());
    routes.extend(sending::routes());
    routes
}

/// What a page answers a form that isn't filled in.
type Filled<T> = Result<T, Invalid>;

/// That the reader agreed to the rules before a file is fetched.
fn confirmed(form: &Form) -> Filled<()> {
    if form.value("confirmed").is_empty() {
        return Err(Invalid::at("confirmed", Message::new("handover-delivery-error-confirmed")));
    }
    Ok(())
}

/// That the file is among those of this part: another's is as if it weren't there.
fn offered(c: &mut Connection, of: &Parcel, file: FileId) -> Result<()> {
    let file = shared::file(c, &of.handover, file)?;
    if file.is_for(of.delivery.id) { Ok(()) } else { Err(Error::NotFound) }
}

/// Takes a download of a file.
pub(super) fn take(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    of: &Authorized<Parcel, Fetch>,
    file: FileId,
    by_name: &str,
) -> Result<DownloadId> {
    let file = shared::file(tx.connection, &of.handover, file)?;
    let (id, last) = store::take(tx, of, &file, &link::bound(ctx), by_name)?;
    if last {
        // What is open may still be resumed.
        let at = tx.now + TICKET;
        jobs::enqueue_end(tx, &of.handover, at)?;
    }
    Ok(id)
}

/// Stops a part whose recipient says that it isn't the right one; says whether it is asked to delete
/// something.
fn refuse(tx: &mut Tx<'_>, of: &Authorized<Parcel, Answer>) -> Result<bool> {
    let asked = store::refuse(tx, of)?;
    jobs::enqueue_tell(tx, &of.delivery, Told::Refused)?;
    if asked {
        jobs::enqueue_tell(tx, &of.delivery, Told::Deletion)?;
    }
    Ok(asked)
}

/// Notes what is said about what was taken back.
pub(super) fn answer(
    tx: &mut Tx<'_>,
    of: &Authorized<Parcel, Answer>,
    answered: &model::Answer,
    by_name: &str,
) -> Result<()> {
    store::answer(tx, of, answered, by_name)?;
    jobs::enqueue_tell(tx, &of.delivery, Told::Answered)
}

/// A part that came to the reader's organisation.
fn received(c: &mut Connection, ctx: &Ctx, id: DeliveryId) -> Result<Parcel> {
    store::find_received(c, ctx.member()?, id)
}

/// Where a part's refusal leads: to what is asked next, or back.
fn after_refusal(ctx: &Ctx, home: &str, asked: bool) -> HttpResponse {
    let to = if asked { format!("{home}/deletion") } else { home.to_owned() };
    ctx.see_other(&to, "done-handover-delivery-refused")
}
