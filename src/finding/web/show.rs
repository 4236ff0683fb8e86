//! A finding's page.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::{Ids, KEEPERS, load};
use crate::attachment;
use crate::database::Connection;
use crate::entrustment::{self, Entrustment, EntrustmentId, HOLDERS, Side};
use crate::error::Result;
use crate::finding::model::{Finding, FindingId};
use crate::finding::policy;
use crate::finding::views::{File, Head, ShowView, Shown};
use crate::japanese::jst_date;
use crate::ledger;
use crate::web::{Choice, Ctx, Form, FormView, Refused};

/// Entries of the history that the page shows.
const HISTORY: i64 = 50;

/// Shows a finding.
pub(super) async fn show(ctx: Ctx, ids: Ids) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx.read(move |c, ctx| view(c, ctx, ids, None)).await?;
    ctx.page(&view)
}

/// The page again with what was typed and what is wrong with it.
pub(super) async fn again(
    ctx: &Ctx,
    ids: (EntrustmentId, FindingId),
    form: &Form,
    refused: &Refused,
) -> Result<HttpResponse> {
    let (form, status) = (form.view_with(ctx.language, &refused.invalid), refused.status);
    let view = ctx
        .read(move |c, ctx| {
            let mut view = view(c, ctx, ids, Some(form))?;
            if status == StatusCode::CONFLICT {
                let (_, finding) = load(c, ctx, ids)?;
                view.form.version = finding.version.to_string();
            }
            Ok(view)
        })
        .await?;
    ctx.page_with(status, &view)
}

/// The answer as it stands, to be answered again.
fn stored(finding: &Finding) -> Form {
    Form::from_pairs([
        ("root_cause", finding.root_cause.clone()),
        ("action", finding.action.clone()),
        ("action_on", finding.action_on.map(|day| day.to_string()).unwrap_or_default()),
        ("owner_name", finding.owner_name.clone()),
        ("version", finding.version.to_string()),
    ])
}

fn view(
    c: &mut Connection,
    ctx: &Ctx,
    ids: (EntrustmentId, FindingId),
    form: Option<FormView>,
) -> Result<ShowView> {
    let (of, finding) = load(c, ctx, ids)?;
    let member = ctx.member()?;
    let principal = entrustment::side(c, &ctx.actor, &of)? == Side::Principal;
    let open = entrustment::open(&of).is_ok();
    let keeps = principal && KEEPERS.contains(&member.role) && finding.is_open();
    let (decisions, own_request) = policy::decisions(c, &ctx.actor, &of, &finding);
    let may_answer = !principal && HOLDERS.contains(&member.role) && open && finding.takes_answer();
    let files = attachment::of(c, &of, finding.id.as_str())?;
    let removable = |by: &str| (keeps || may_answer) && by == member.name;
    let files = attachment::views(&files).into_iter();
    Ok(ShowView {
        form: form.unwrap_or_else(|| stored(&finding).view(ctx.language)),
        files: files.map(|file| File { removable: removable(&file.by), file }).collect(),
        decisions: Choice::words(ctx.language, "finding-decision-", &decisions),
        history: ledger::history(c, of.tenant_id, finding.id.as_str(), HISTORY)?
            .iter()
            .map(|entry| entry.line(ctx.language))
            .collect(),
        may_answer,
        may_check: !decisions.is_empty(),
        may_change: keeps,
        own_request,
        may_attach: may_answer || (keeps && open),
        finding: Shown::of(ctx.language, &finding, jst_date(ctx.now)),
        of: Head::of(&of),
    })
}

/// What the policies say of adding files: the officer to any that is open, the contractor in its turn.
pub(super) fn may_attach(
    c: &mut Connection,
    ctx: &Ctx,
    of: Entrustment,
    finding: &Finding,
) -> Result<Attaching> {
    if ctx.member()?.role.is_principal() {
        entrustment::open(&of)?;
        Ok(Attaching::Keeper(policy::keep(&ctx.actor, of, finding)?))
    } else {
        Ok(Attaching::Holder(policy::answer(c, &ctx.actor, of, finding)?))
    }
}

/// Who adds a file.
pub(super) enum Attaching {
    Keeper(crate::actor::Authorized<Entrustment, entrustment::Manage>),
    Holder(crate::actor::Authorized<Entrustment, entrustment::Hold>),
}
