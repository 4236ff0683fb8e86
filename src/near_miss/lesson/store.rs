//! Lessons in the database.

use std::collections::HashMap;

use diesel::dsl::count_star;
use diesel::prelude::*;
use serde_json::json;

use super::model::{Lesson, LessonId, NewLesson};
use crate::actor::{Authorized, Member, OrganisationId};
use crate::database::schema::{near_miss_lesson as t, near_miss_lesson_source as s};
use crate::database::types::json_text;
use crate::database::{Backend, Connection, Tx};
use crate::error::{Error, Result};
use crate::insert_many;
use crate::ledger::{self, Fact, NewEntry};
use crate::near_miss::policy::{Teach, Teaching};
use crate::web::paging::{ListQuery, PAGE_SIZE, Page};

/// What a member reads: the own principal's lessons, or, for a contractor's people, those of its
/// principals that weren't withdrawn.
fn read<'a>(member: &Member) -> t::BoxedQuery<'a, Backend> {
    let rows = t::table.into_boxed();
    if member.role.is_principal() {
        rows.filter(t::tenant_id.eq(member.organisation_id))
    } else {
        rows.filter(t::tenant_id.eq_any(member.tenants.clone())).filter(t::withdrawn_at.is_null())
    }
}

/// A page of the lessons, the newest first.
pub(super) fn page(c: &mut Connection, member: &Member, query: &ListQuery) -> Result<Page<Lesson>> {
    let total = read(member).count().get_result(c)?;
    let rows = read(member)
        .order((t::published_at.desc(), t::id.desc()))
        .offset(query.offset())
        .limit(PAGE_SIZE)
        .select(Lesson::as_select())
        .load(c)?;
    Ok(Page::new(rows, total, query, "published_at"))
}

/// From how many near misses each lesson was drawn.
pub(super) fn sources(
    c: &mut Connection,
    tenant: OrganisationId,
    lessons: &[LessonId],
) -> Result<HashMap<LessonId, i64>> {
    let rows: Vec<(LessonId, i64)> = s::table
        .filter(s::tenant_id.eq(tenant))
        .filter(s::lesson_id.eq_any(lessons.to_vec()))
        .group_by(s::lesson_id)
        .select((s::lesson_id, count_star()))
        .load(c)?;
    Ok(rows.into_iter().collect())
}

/// A lesson of a principal.
pub(super) fn find(c: &mut Connection, tenant: OrganisationId, id: LessonId) -> Result<Lesson> {
    Ok(t::table.find((tenant, id)).select(Lesson::as_select()).first(c)?)
}

/// Publishes a lesson.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    teaching: &Authorized<Teaching, Teach>,
    new: &NewLesson,
) -> Result<LessonId> {
    let id = LessonId::new(tx.now);
    let tenant = teaching.tenant;
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(tenant),
            t::id.eq(id),
            t::title.eq(&new.title),
            t::text.eq(&new.text),
            t::kinds.eq(json_text(&new.kinds)?),
            t::published_by_name.eq(tx.actor.name()),
            t::published_at.eq(tx.now),
        ))
        .execute(tx.connection)?;
    let rows: Vec<_> = teaching
        .sources
        .iter()
        .map(|source| (s::tenant_id.eq(tenant), s::lesson_id.eq(id), s::near_miss_id.eq(source.id)))
        .collect();
    let details = vec![("kinds", json!(new.kinds)), ("near_misses", json!(teaching.sources.len()))];
    insert_many!(tx.connection, s::table, rows)?;
    entry(tx, (tenant, id), "near_miss.lesson_published", details)?;
    Ok(id)
}

/// Withdraws a lesson.
///
/// # Errors
/// [`Error::Conflict`] when somebody else was faster.
pub(super) fn withdraw(tx: &mut Tx<'_>, lesson: &Authorized<Lesson, Teach>) -> Result<()> {
    let key = (lesson.tenant_id, lesson.id);
    let changed = diesel::update(t::table.find(key).filter(t::withdrawn_at.is_null()))
        .set(t::withdrawn_at.eq(tx.now))
        .execute(tx.connection)?;
    if changed == 0 {
        return Err(Error::Conflict("near-miss-lesson-withdrawn-already"));
    }
    entry(tx, key, "near_miss.lesson_withdrawn", Vec::new())
}

fn entry(
    tx: &mut Tx<'_>,
    (tenant_id, id): (OrganisationId, LessonId),
    act: &'static str,
    details: Vec<Fact>,
) -> Result<()> {
    ledger::append(
        tx,
        NewEntry {
            tenant_id,
            act,
            subject_kind: "near_miss_lesson",
            subject_id: id.as_str(),
            entrustment_id: None,
            details,
        },
    )
}
