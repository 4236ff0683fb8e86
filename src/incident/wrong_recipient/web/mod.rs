//! Pages of wrong recipients.

mod change;
mod edit;
mod outside;
mod show;

pub(in crate::incident) use change::{answer_now, ask_now};
pub(in crate::incident) use edit::register_now;

use super::model::WrongRecipientId;
use super::{model::WrongRecipient, store};
use crate::database::Connection;
use crate::entrustment::{DECIDERS, EntrustmentId};
use crate::error::Result;
use crate::incident::model::IncidentId;
use crate::incident::policy::{Case, RESPONDERS};
use crate::incident::web::load as load_case;
use crate::web::{Access, Ctx, Route};

/// The ids of an incident's address.
type Ids = (EntrustmentId, IncidentId);

/// The ids of a wrong recipient's address.
type Key = (EntrustmentId, IncidentId, WrongRecipientId);

/// The routes of wrong recipients, and of the page behind their links.
#[must_use]
pub(in crate::incident) fn routes() -> Vec<Route> {
    const RESPONDER: Access = Access::Roles(RESPONDERS);
    const CLOSER: Access = Access::Roles(DECIDERS);
    const ALL: &str = "/entrustments/{id}/incidents/{incident}/wrong-recipients";
    const ONE: &str = "/entrustments/{id}/incidents/{incident}/wrong-recipients/{recipient}";
    let mut routes = vec![
        Route::get(ALL, Access::Session, show::list),
        Route::get(
            "/entrustments/{id}/incidents/{incident}/wrong-recipients/new",
            RESPONDER,
            edit::new,
        ),
        Route::post(ALL, RESPONDER, edit::register),
        Route::get(ONE, Access::Session, show::show),
        Route::get(
            "/entrustments/{id}/incidents/{incident}/wrong-recipients/{recipient}/edit",
            RESPONDER,
            edit::edit,
        ),
        Route::post(ONE, RESPONDER, edit::correct),
        Route::post(
            "/entrustments/{id}/incidents/{incident}/wrong-recipients/{recipient}/asking",
            RESPONDER,
            change::ask,
        ),
        Route::post(
            "/entrustments/{id}/incidents/{incident}/wrong-recipients/{recipient}/answer",
            RESPONDER,
            change::answer,
        ),
        Route::post(
            "/entrustments/{id}/incidents/{incident}/wrong-recipients/{recipient}/link",
            RESPONDER,
            change::link,
        ),
        Route::post(
            "/entrustments/{id}/incidents/{incident}/wrong-recipients/{recipient}/closing",
            CLOSER,
            change::close,
        ),
    ];
    routes.extend(outside::routes());
    routes
}

fn list_path((id, incident): Ids) -> String {
    format!("/entrustments/{id}/incidents/{incident}/wrong-recipients")
}

fn path((id, incident, recipient): Key) -> String {
    format!("{}/{recipient}", list_path((id, incident)))
}

/// A wrong recipient with its incident and entrustment, when the actor may see them.
fn load(
    c: &mut Connection,
    ctx: &Ctx,
    (id, incident, recipient): Key,
) -> Result<(Case, WrongRecipient)> {
    let case = load_case(c, ctx, (id, incident))?;
    let recipient = store::find(c, &case.1, recipient)?;
    Ok((case, recipient))
}
