//! Where one is signed in: the own open sessions, and ending them.

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use serde::Serialize;
use serde_json::{Value, json};

use super::arrival::Method;
use super::open_session_store::{self as rows, OpenSession};
use crate::actor::{OrganisationId, Role, SessionId};
use crate::clock::Timestamp;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::event;
use crate::ledger::{self, NewEntry};
use crate::web::paging::{ListQuery, Page};
use crate::web::{Access, Ctx, Form, Route, View};

/// The routes of one's own sessions. Ending one asks for a proof (ASVS 5.0, 7.5.2): who took one
/// over doesn't shut its owner out.
pub(super) fn routes() -> Vec<Route> {
    const OWN: Access = Access::Session;
    vec![
        Route::get("/account/sessions", OWN, show),
        Route::post("/account/sessions/end", OWN, end_others).stepped_up(),
        Route::post("/account/sessions/{id}/end", OWN, end).stepped_up(),
    ]
}

/// A session in the list.
#[derive(Clone, Serialize)]
struct SessionView {
    id: SessionId,
    /// The browser in words.
    device: String,
    address: String,
    method: Method,
    organisation: String,
    role: Role,
    opened_at: Timestamp,
    used_at: Timestamp,
    /// Whether it is the one of this request.
    own: bool,
}

impl SessionView {
    fn of(row: OpenSession, own: SessionId) -> Self {
        Self {
            id: row.id,
            device: event::device(&row.device),
            address: row.address,
            method: row.method,
            organisation: row.organisation,
            role: row.role,
            opened_at: row.created_at,
            used_at: row.last_seen_at,
            own: row.id == own,
        }
    }
}

/// The list.
#[derive(Serialize)]
struct SessionsView {
    #[serde(flatten)]
    list: Page<SessionView>,
    /// After how many minutes without use a session of this organisation ends.
    idle_minutes: i64,
    /// At which time of day this one ends, used or not.
    until: Option<Timestamp>,
}

impl View for SessionsView {
    const TEMPLATE: &'static str = "account/sessions.html";
    const TITLE: &'static str = "session-title";
}

pub(super) fn samples() -> Vec<(&'static str, Value)> {
    let row = |method: Method, own: bool| {
        json!({ "id": "0", "device": "Firefox (Windows)", "address": "192.0.2.1", "method": method,
                "organisation": "三重野県", "role": "officer", "opened_at": "2026-04-01T00:00:00",
                "used_at": "2026-04-01T01:00:00", "own": own })
    };
    let all = Method::ALL.iter().enumerate();
    let rows: Vec<_> = all.map(|(at, method)| row(*method, at == 0)).collect();
    let sample = |rows: Vec<Value>| {
        let total = i64::try_from(rows.len()).unwrap_or_default();
        let list = Page::new(rows, total, &ListQuery::default(), "");
        let mut sample = json!(list);
        if let Some(all) = sample.as_object_mut() {
            all.insert("idle_minutes".into(), json!(120));
            all.insert("until".into(), json!("2026-04-01T12:00:00"));
        }
        sample
    };
    let one = rows.iter().take(1).cloned().collect();
    vec![(SessionsView::TEMPLATE, sample(rows)), (SessionsView::TEMPLATE, sample(one))]
}

/// Shows where one is signed in.
async fn show(ctx: Ctx, query: Query<ListQuery>) -> Result<HttpResponse> {
    let query = query.into_inner();
    let view = ctx
        .with_own_account()
        .read(move |c, ctx| {
            let member = ctx.member()?;
            let (total, found) = rows::page(c, member.person_id, ctx.now, query.offset())?;
            let found = found.into_iter().map(|row| SessionView::of(row, member.session_id));
            Ok(SessionsView {
                list: Page::new(found.collect(), total, &query, ""),
                idle_minutes: ctx.ends.map_or(0, |ends| ends.unused.num_minutes()),
                until: ctx.ends.map(|ends| ends.at_last),
            })
        })
        .await?;
    ctx.page(&view)
}

/// Ends one.
async fn end(ctx: Ctx, id: Path<SessionId>, _form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    ctx.with_own_account()
        .write(move |tx, ctx| {
            let person = ctx.member()?.person_id;
            let tenant = rows::end(tx, person, id)?.ok_or(Error::NotFound)?;
            tell(tx, ctx, tenant, 1)
        })
        .await?;
    Ok(ctx.see_other("/account/sessions", "done-session-ended"))
}

/// Ends all but the one of this request.
async fn end_others(ctx: Ctx, _form: Form) -> Result<HttpResponse> {
    ctx.with_own_account()
        .write(|tx, ctx| {
            let member = ctx.member()?;
            for (tenant, count) in rows::end_others(tx, member.person_id, member.session_id)? {
                tell(tx, ctx, tenant, count)?;
            }
            Ok(())
        })
        .await?;
    Ok(ctx.see_other("/account/sessions", "done-sessions-ended"))
}

/// Tells of it in the ledger of the organisation in which they were open.
fn tell(tx: &mut Tx<'_>, ctx: &Ctx, tenant_id: OrganisationId, count: i64) -> Result<()> {
    let new = NewEntry {
        tenant_id,
        act: "session.ended",
        subject_kind: "person",
        subject_id: ctx.member()?.person_id.as_str(),
        entrustment_id: None,
        details: vec![("sessions", json!(count))],
    };
    ledger::append(tx, new)
}
