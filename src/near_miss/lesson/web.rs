//! Pages of lessons.

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};

use super::model::{Lesson, LessonId, NewLesson};
use super::store as lessons;
use super::views::{Line, ListView, TeachView};
use crate::actor::{Actor, Member};
use crate::database::{Connection, Tx};
use crate::entrustment::KEEPERS;
use crate::error::{Error, Result};
use crate::incident;
use crate::japanese::era_date_short;
use crate::near_miss::model::{NearMiss, NearMissId, NearMissKind};
use crate::near_miss::query::Filter;
use crate::near_miss::{policy, store};
use crate::organisation;
use crate::web::locale::text;
use crate::web::paging::ListQuery;
use crate::web::{Access, Choice, Ctx, Form, Invalid, Language, Route};

/// The newest near misses from which a lesson may be drawn.
const OFFERED: usize = 20;
/// Characters of a near miss that are shown for choosing it.
const SHOWN: usize = 60;

/// The routes of lessons.
#[must_use]
pub(in crate::near_miss) fn routes() -> Vec<Route> {
    const KEEPER: Access = Access::Roles(KEEPERS);
    vec![
        Route::get("/near-misses/lessons", Access::Session, list),
        Route::get("/near-misses/lessons/new", KEEPER, new),
        Route::post("/near-misses/lessons", KEEPER, publish),
        Route::post("/near-misses/lessons/{lesson}/withdraw", KEEPER, withdraw),
    ]
}

/// Lists a page of the lessons that the member may read.
async fn list(ctx: Ctx, query: Query<ListQuery>) -> Result<HttpResponse> {
    let query = query.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let member = ctx.member()?;
            let page = lessons::page(c, member, &query)?;
            let is_principal = member.role.is_principal();
            let ids: Vec<LessonId> = page.rows.iter().map(|row| row.id).collect();
            let drawn = if is_principal {
                lessons::sources(c, member.organisation_id, &ids)?
            } else {
                std::collections::HashMap::new()
            };
            let mut tenants: Vec<_> = page.rows.iter().map(|row| row.tenant_id).collect();
            tenants.sort_unstable();
            tenants.dedup();
            let names = organisation::find_many_names(c, &tenants)?;
            let line = |row: Lesson| Line {
                id: row.id.to_string(),
                kinds: row.kinds.0.iter().map(|kind| kind_words(ctx.language, *kind)).collect(),
                principal: if is_principal {
                    String::new()
                } else {
                    names.get(&row.tenant_id).cloned().unwrap_or_default()
                },
                sources: drawn.get(&row.id).copied().unwrap_or_default(),
                title: row.title,
                text: row.text,
                published_at: row.published_at,
                withdrawn_at: row.withdrawn_at,
            };
            Ok(ListView { list: page.map(line), may_teach: KEEPERS.contains(&member.role) })
        })
        .await?;
    ctx.page(&view)
}

fn kind_words(language: Language, kind: NearMissKind) -> String {
    text(language, &format!("near-miss-kind-{kind}"))
}

/// The near misses that a form (or an address) names, when the actor may see all of them.
fn sources(c: &mut Connection, actor: &Actor, form: &Form) -> Result<Vec<NearMiss>> {
    let member = actor.member().ok_or(Error::SignIn)?;
    let mut ids = Vec::new();
    for id in form.values("near_miss").filter(|id| !id.is_empty()) {
        ids.push(id.parse::<NearMissId>().or(Err(Error::NotFound))?);
    }
    ids.sort_unstable();
    ids.dedup();
    let sight = store::sight(c, member)?;
    let found = store::by_ids(c, &sight, &ids)?;
    if found.len() == ids.len() { Ok(found) } else { Err(Error::NotFound) }
}

/// Shows the form of a lesson from the near misses that the address names.
async fn new(ctx: Ctx) -> Result<HttpResponse> {
    let from = Form::parse(ctx.query.as_bytes());
    let view = ctx.read(move |c, ctx| form_page(c, ctx, (&from, None))).await?;
    ctx.page(&view)
}

fn form_page(
    c: &mut Connection,
    ctx: &Ctx,
    (typed, invalid): (&Form, Option<&Invalid>),
) -> Result<TeachView> {
    let found = sources(c, &ctx.actor, typed)?;
    let teaching = policy::teach(&ctx.actor, found)?;
    let form = match invalid {
        Some(invalid) => typed.view_with(ctx.language, invalid),
        None => begun(&teaching.sources).view(ctx.language),
    };
    Ok(TeachView {
        warned: form.fields.contains_key(incident::CONFIRMED),
        form,
        kinds: Choice::words(ctx.language, "near-miss-kind-", NearMissKind::ALL),
        sources: offered(c, ctx, ctx.member()?, &teaching.sources)?,
    })
}

/// The form as it is opened: the near misses and their kinds are chosen.
fn begun(sources: &[NearMiss]) -> Form {
    let mut form = Form::default();
    for source in sources {
        form.add("near_miss", source.id.as_str());
        if !form.values("kinds").any(|kind| kind == source.kind.as_str()) {
            form.add("kinds", source.kind.as_str());
        }
    }
    form
}

/// What may be chosen: what was named, and the newest.
fn offered(
    c: &mut Connection,
    ctx: &Ctx,
    member: &Member,
    named: &[NearMiss],
) -> Result<Vec<Choice>> {
    let sight = store::sight(c, member)?;
    let (newest, _) = store::page(c, &sight, &Filter::default(), 0)?;
    let others = newest.iter().filter(|row| named.iter().all(|one| one.id != row.id)).take(OFFERED);
    let choice = |row: &NearMiss| {
        let (day, kind) = (era_date_short(row.occurred_on), kind_words(ctx.language, row.kind));
        let what: String = row.what.chars().take(SHOWN).collect();
        Choice { hint: what, ..Choice::new(row.id, format!("{day}　{kind}")) }
    };
    Ok(named.iter().chain(others).map(choice).collect())
}

/// Publishes a lesson to all contractors of the principal.
async fn publish(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    let typed = form.clone();
    match ctx.write(move |tx, _| publish_now(tx, &typed)).await? {
        Ok(_) => Ok(ctx.see_other("/near-misses/lessons", "done-near-miss-lesson-published")),
        Err(invalid) => {
            let view = ctx.read(move |c, ctx| form_page(c, ctx, (&form, Some(&invalid)))).await?;
            ctx.invalid(&view)
        }
    }
}

pub(super) fn publish_now(tx: &mut Tx<'_>, form: &Form) -> Result<Result<LessonId, Invalid>> {
    let found = sources(tx.connection, tx.actor, form)?;
    let teaching = policy::teach(tx.actor, found)?;
    let known = store::names(tx.connection, &teaching.sources)?;
    let people = teaching.sources.iter().map(|source| source.reported_by_name.clone());
    let names: Vec<String> = known.contractors.into_values().chain(people).collect();
    match NewLesson::parse(form, &names, teaching.sources.len()) {
        Ok(new) => lessons::insert(tx, &teaching, &new).map(Ok),
        Err(invalid) => Ok(Err(invalid)),
    }
}

/// Withdraws a lesson.
async fn withdraw(ctx: Ctx, id: Path<LessonId>, _: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    ctx.write(move |tx, ctx| {
        let lesson = lessons::find(tx.connection, ctx.organisation_id()?, id)?;
        let lesson = policy::withdraw(tx.actor, lesson)?;
        lessons::withdraw(tx, &lesson)
    })
    .await?;
    Ok(ctx.see_other("/near-misses/lessons", "done-near-miss-lesson-withdrawn"))
}
