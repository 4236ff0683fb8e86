//! Pages of sub-entrustments.

mod applying;
mod decision;
mod show;

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};

use super::export::List;
use super::model::Application;
use super::page;
use super::store;
use super::views::{ListView, Of, Row};
use crate::entrustment::rules::SubEntrustment;
use crate::entrustment::{self, DECIDERS, EntrustmentId, EntrustmentStatus, REPRESENTATIVES, Side};
use crate::error::Result;
use crate::japanese::jst_date;
use crate::sheet;
use crate::web::paging::ListQuery;
use crate::web::{Access, Ctx, MAX_UPLOAD, Route};

/// The routes of sub-entrustments.
#[must_use]
pub fn routes() -> Vec<Route> {
    const APPLICANT: Access = Access::Roles(REPRESENTATIVES);
    const DECIDER: Access = Access::Roles(DECIDERS);
    const LIST: &str = "/entrustments/{id}/sub-entrustments";
    const ONE: &str = "/entrustments/{id}/sub-entrustments/{application}";
    const DECISION: &str = "/entrustments/{id}/sub-entrustments/{application}/decision";
    let mut routes = vec![
        Route::get(LIST, Access::Session, index),
        Route::get("/entrustments/{id}/sub-entrustments/new", APPLICANT, applying::new),
        Route::post(LIST, APPLICANT, applying::create),
        Route::get(ONE, Access::Session, show::show),
        Route::get(
            "/entrustments/{id}/sub-entrustments/{application}/edit",
            APPLICANT,
            applying::edit,
        ),
        Route::post(ONE, APPLICANT, applying::update),
        Route::post(
            "/entrustments/{id}/sub-entrustments/{application}/withdrawal",
            APPLICANT,
            applying::withdraw,
        ),
        Route::post(
            "/entrustments/{id}/sub-entrustments/{application}/attachments",
            APPLICANT,
            show::attach,
        )
        .limit(MAX_UPLOAD),
        Route::post(
            "/entrustments/{id}/sub-entrustments/{application}/attachments/{attachment}/removal",
            APPLICANT,
            show::detach,
        ),
        Route::get(DECISION, DECIDER, decision::ask),
        Route::post(DECISION, DECIDER, decision::decide).stepped_up(),
    ];
    routes.extend(sheet::downloads::<List>(
        "/entrustments/{id}/sub-entrustments.xlsx",
        "/entrustments/{id}/sub-entrustments.csv",
        Access::Session,
    ));
    routes
}

/// Lists a page of the applications, and everything below.
async fn index(ctx: Ctx, id: Path<EntrustmentId>, query: Query<ListQuery>) -> Result<HttpResponse> {
    let (id, query) = (id.into_inner(), query.into_inner());
    let view = ctx
        .read(move |c, ctx| {
            let entrustment = entrustment::find(c, &ctx.actor, id)?;
            let today = jst_date(ctx.now);
            let forbidden = entrustment.rules.0.sub_entrustment == SubEntrustment::Forbidden;
            let own = REPRESENTATIVES.contains(&ctx.member()?.role)
                && entrustment::side(c, &ctx.actor, &entrustment)? == Side::Contractor;
            let open = entrustment.status == EntrustmentStatus::Active;
            let replaced = store::replaced(c, &entrustment)?;
            let row = |row: Application| {
                let replaced = replaced.contains(&row.id);
                Row::of(row, today, replaced)
            };
            Ok(ListView {
                list: store::page(c, &entrustment, &query)?.map(row),
                of: Of::from(&entrustment),
                forbidden,
                may_apply: own && open && !forbidden,
                tiers: page::tiers(c, ctx, &entrustment)?,
            })
        })
        .await?;
    ctx.page(&view)
}
