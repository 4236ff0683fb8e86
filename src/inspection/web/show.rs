//! An inspection's page.

use actix_web::HttpResponse;

use super::{Ids, KEEPERS, load};
use crate::attachment;
use crate::database::Connection;
use crate::entrustment::{self, EntrustmentId, HOLDERS, Side};
use crate::error::Result;
use crate::finding::{self, Subject};
use crate::inspection::model::{InspectionId, InspectionStatus as Status};
use crate::inspection::views::{File, Found, Head, ItemView, Row, ShowView};
use crate::japanese::jst_date;
use crate::ledger;
use crate::web::{Ctx, Form, FormView, Refused};

/// Entries of the history that the page shows.
const HISTORY: i64 = 50;

/// Shows an inspection.
pub(super) async fn show(ctx: Ctx, ids: Ids) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx.read(move |c, ctx| view(c, ctx, ids, None)).await?;
    ctx.page(&view)
}

/// The page again with what was typed and what is wrong with it.
pub(super) async fn again(
    ctx: &Ctx,
    ids: (EntrustmentId, InspectionId),
    form: &Form,
    refused: &Refused,
) -> Result<HttpResponse> {
    let (form, status) = (form.view_with(ctx.language, &refused.invalid), refused.status);
    let view = ctx
        .read(move |c, ctx| {
            let mut view = view(c, ctx, ids, Some(form))?;
            view.form.version = view.version.to_string();
            Ok(view)
        })
        .await?;
    ctx.page_with(status, &view)
}

fn view(
    c: &mut Connection,
    ctx: &Ctx,
    ids: (EntrustmentId, InspectionId),
    form: Option<FormView>,
) -> Result<ShowView> {
    let (of, row) = load(c, ctx, ids)?;
    let (member, language, today) = (ctx.member()?, ctx.language, jst_date(ctx.now));
    let principal = entrustment::side(c, &ctx.actor, &of)? == Side::Principal;
    let keeper = principal && KEEPERS.contains(&member.role);
    let holder = !principal && HOLDERS.contains(&member.role);
    let open = entrustment::open(&of).is_ok();
    let held = row.is_held();
    let may_attach = open && (keeper || holder) && row.status != Status::Closed;
    let files = attachment::of(c, &of, row.id.as_str())?;
    let subject = Subject { kind: "inspection", id: row.id.as_str() };
    let findings = finding::about(c, &of, subject)?;
    let history = ledger::history(c, of.tenant_id, row.id.as_str(), HISTORY)?;
    let version = [("version", row.version.to_string())];
    // What an officer has written down so far is the principal's own until it is held.
    let shown = held || principal;
    let own = |text: &str| if shown { text.to_owned() } else { String::new() };
    let lines = row.checklist.0.lines.iter().map(|line| ItemView::of(language, line));
    Ok(ShowView {
        form: form.unwrap_or_else(|| Form::from_pairs(version).view(language)),
        row: Row::of(language, &row),
        method_reason: row.method_reason.clone(),
        inspector: row.inspector.clone(),
        attendant: row.attendant.clone(),
        held,
        seen: own(&row.seen),
        comment: own(&row.comment),
        mend_by: row.mend_by,
        checklist: row.checklist.0.title.get(language.as_str()).to_owned(),
        items: lines
            .map(|item| {
                let unsaid = ItemView { result: None, note: String::new(), ..item.clone() };
                if shown { item } else { unsaid }
            })
            .collect(),
        answer: row.answer.clone(),
        answered_by: row.answered_by_name.clone(),
        answered_at: row.answered_at,
        closed_by: row.closed_by_name.clone(),
        closed_at: row.closed_at,
        findings: findings.iter().map(|found| Found::of(language, found, today)).collect(),
        files: attachment::views(&files)
            .into_iter()
            .map(|file| File { removable: may_attach && file.by == member.name, file })
            .collect(),
        history: history.iter().map(|entry| entry.line(language)).collect(),
        may_hold: keeper && open && !held,
        may_answer: holder && open && row.status == Status::Held,
        may_close: keeper && matches!(row.status, Status::Held | Status::Answered),
        may_attach,
        version: row.version,
        of: Head::of(&of),
    })
}
