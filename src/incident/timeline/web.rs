//! The page of a timeline.

use actix_web::HttpResponse;
use actix_web::web::Query;

use super::store;
use super::views::{Line, TimelineView};
use crate::error::Result;
use crate::incident::web::{Ids, load, numbered};
use crate::web::paging::ListQuery;
use crate::web::{Access, Ctx, Route};

/// The routes of timelines.
pub(in crate::incident) fn routes() -> Vec<Route> {
    vec![Route::get("/entrustments/{id}/incidents/{incident}/timeline", Access::Session, index)]
}

/// Shows what happened, in its order.
async fn index(ctx: Ctx, ids: Ids, query: Query<ListQuery>) -> Result<HttpResponse> {
    let (ids, query) = (ids.into_inner(), query.into_inner());
    let view = ctx
        .read(move |c, ctx| {
            let (entrustment, incident) = load(c, ctx, ids)?;
            Ok(TimelineView {
                list: store::page(c, &incident, &query)?.map(|entry| Line::of(ctx.language, entry)),
                home: incident.href(),
                name: numbered(ctx.language, &incident),
                entrustment,
            })
        })
        .await?;
    ctx.page(&view)
}
