//! Pages of maps.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::gather::gather;
use super::organisation;
use super::store;
use super::views::{EntrustmentMapView, MapView, OrganisationMapView};
use crate::entrustment::{self, EntrustmentId};
use crate::error::Result;
use crate::web::{Access, Ctx, Route};

/// Most boxes in a picture; the tables hold everything.
const MOST: usize = 200;

/// The routes of maps.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/entrustments/{id}/map", Access::Session, of_entrustment).costly(),
        Route::get("/map", Access::Session, of_organisation).costly(),
    ]
}

/// Shows who holds what of an entrustment, with all tiers below, and how it moved.
async fn of_entrustment(ctx: Ctx, id: Path<EntrustmentId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let entrustment = entrustment::find(c, &ctx.actor, id)?;
            let map = gather(&store::facts(c, &entrustment)?);
            Ok(EntrustmentMapView { map: MapView::new(map, ctx.language, MOST), entrustment })
        })
        .await?;
    ctx.page(&view)
}

/// Shows the parties and countries of all that the member may see.
async fn of_organisation(ctx: Ctx) -> Result<HttpResponse> {
    let view = ctx
        .read(|c, ctx| {
            let member = ctx.member()?;
            let map = organisation::gather(&store::organisation::relations(c, member)?);
            Ok(OrganisationMapView {
                is_principal: member.role.is_principal(),
                map: MapView::new(map, ctx.language, MOST),
            })
        })
        .await?;
    ctx.page(&view)
}
