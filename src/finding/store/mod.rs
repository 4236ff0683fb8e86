//! Findings in the database.

pub(super) mod change;
pub(super) mod list;
pub(super) mod open;
pub(super) mod owner;
mod raise;
pub(super) mod tasks;

use std::collections::HashMap;

use diesel::prelude::*;

pub(super) use raise::raise_for;
pub use raise::{Entered, raise, raise_of_entered};

use raise::of_rule;

use super::model::{Finding, FindingId, FindingStatus, NewFinding, Source, Subject};
use crate::clock::Timestamp;
use crate::database::schema::finding as t;
use crate::database::{Connection, Tx};
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::rulebook::{Broken, Exceptions};

/// Holds what a subject breaks against the findings that it has already: raises what is new, and
/// marks as mended what is no longer broken. A broken rule makes one finding, however often it is
/// looked at; one that was closed is raised again only when what breaks it is another.
///
/// # Errors
/// Those of the database.
pub fn hold_against(
    tx: &mut Tx<'_>,
    entrustment: &Entrustment,
    subject: Subject<'_>,
    broken: &[Broken],
    exceptions: &Exceptions,
) -> Result<()> {
    let known: Vec<Finding> = t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .filter(t::subject_kind.eq(subject.kind))
        .filter(t::subject_id.eq(subject.id))
        .filter(t::source.eq(Source::Rule))
        .order(t::position.asc())
        .select(Finding::as_select())
        .load(tx.connection)?;
    let is = |f: &Finding, b: &Broken| f.rule == b.rule.as_str() && f.detail == b.what;
    for b in broken {
        // The latest: one that was closed and came again has a closed one before it.
        if let Some(again) = known.iter().rev().find(|f| is(f, b)) {
            if again.mended_at.is_some() && again.status != FindingStatus::Closed {
                mended(tx, again, None)?;
            }
            if again.mended_at.is_none() || again.status != FindingStatus::Closed {
                continue;
            }
        }
        raise(tx, entrustment, &of_rule(subject, b, exceptions))?;
    }
    for gone in known.iter().filter(|f| f.mended_at.is_none() && !broken.iter().any(|b| is(f, b))) {
        mended(tx, gone, Some(tx.now))?;
    }
    Ok(())
}

/// The findings that the broken rules of an entrustment have made so far.
#[derive(Debug, Default)]
pub struct Known(HashMap<String, Vec<KnownFinding>>);

/// What has to be known of one to tell whether it has to change.
#[derive(Debug)]
struct KnownFinding {
    kind: String,
    rule: String,
    what: String,
    mended: bool,
}

/// The findings of broken rules of an entrustment, in one query.
///
/// # Errors
/// Those of the database.
pub fn of_rules(connection: &mut Connection, entrustment: &Entrustment) -> Result<Known> {
    type Row = (String, String, String, String, Option<Timestamp>);
    let rows: Vec<Row> = t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .filter(t::source.eq(Source::Rule))
        .order(t::position.asc())
        .select((t::subject_id, t::subject_kind, t::rule, t::detail, t::mended_at))
        .load(connection)?;
    let mut known = HashMap::<_, Vec<_>>::new();
    for (id, kind, rule, what, mended_at) in rows {
        let finding = KnownFinding { kind, rule, what, mended: mended_at.is_some() };
        known.entry(id).or_default().push(finding);
    }
    Ok(Known(known))
}

impl Known {
    /// Whether the findings of a subject tell already that it breaks this and nothing else:
    /// [`hold_against`] would change nothing.
    #[must_use]
    pub fn tell(&self, subject: Subject<'_>, broken: &[Broken]) -> bool {
        let of = || self.0.get(subject.id).into_iter().flatten().filter(|f| f.kind == subject.kind);
        let is = |f: &KnownFinding, b: &Broken| f.rule == b.rule.as_str() && f.what == b.what;
        broken.iter().all(|b| of().rfind(|f| is(f, b)).is_some_and(|f| !f.mended))
            && of().all(|f| f.mended || broken.iter().any(|b| is(f, b)))
    }
}

fn mended(tx: &mut Tx<'_>, finding: &Finding, at: Option<Timestamp>) -> Result<()> {
    diesel::update(t::table.find((finding.tenant_id, finding.id)))
        .set((t::mended_at.eq(at), t::version.eq(finding.version + 1)))
        .execute(tx.connection)?;
    Ok(())
}

/// Raises a finding unless there is one of the same source and rule about the same subject.
///
/// # Errors
/// Those of the database.
pub fn raise_once(
    tx: &mut Tx<'_>,
    entrustment: &Entrustment,
    new: &NewFinding<'_>,
) -> Result<Option<FindingId>> {
    let known: i64 = t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .filter(t::subject_kind.eq(new.subject.kind))
        .filter(t::subject_id.eq(new.subject.id))
        .filter(t::source.eq(new.source))
        .filter(t::rule.eq(new.rule))
        .count()
        .get_result(tx.connection)?;
    if known > 0 {
        return Ok(None);
    }
    raise(tx, entrustment, new).map(Some)
}

/// One finding of an entrustment.
///
/// # Errors
/// [`crate::error::Error::NotFound`].
pub(super) fn find(
    connection: &mut Connection,
    entrustment: &Entrustment,
    id: FindingId,
) -> Result<Finding> {
    Ok(t::table
        .find((entrustment.tenant_id, id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .select(Finding::as_select())
        .first(connection)?)
}

/// All findings of an entrustment by their numbers.
///
/// # Errors
/// Those of the database.
pub(super) fn all(connection: &mut Connection, entrustment: &Entrustment) -> Result<Vec<Finding>> {
    Ok(t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .order(t::position.asc())
        .select(Finding::as_select())
        .load(connection)?)
}

/// The findings about the subjects of one kind by their numbers.
///
/// # Errors
/// Those of the database.
pub fn about_kind(
    connection: &mut Connection,
    entrustment: &Entrustment,
    kind: &str,
) -> Result<Vec<Finding>> {
    Ok(t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .filter(t::subject_kind.eq(kind))
        .order(t::position.asc())
        .select(Finding::as_select())
        .load(connection)?)
}

/// The findings about one subject by their numbers.
///
/// # Errors
/// Those of the database.
pub fn about(
    connection: &mut Connection,
    entrustment: &Entrustment,
    subject: Subject<'_>,
) -> Result<Vec<Finding>> {
    Ok(t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .filter(t::subject_kind.eq(subject.kind))
        .filter(t::subject_id.eq(subject.id))
        .order(t::position.asc())
        .select(Finding::as_select())
        .load(connection)?)
}

/// How many findings of an entrustment are not closed, and the nearest day among theirs.
///
/// # Errors
/// Those of the database.
pub(super) fn standing(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<(i64, Option<chrono::NaiveDate>)> {
    Ok(t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .filter(t::closed_at.is_null())
        .select((diesel::dsl::count_star(), diesel::dsl::min(t::due_on)))
        .first(connection)?)
}

/// How many findings of an entrustment are not closed, by subject kind.
///
/// # Errors
/// Those of the database.
pub fn counts(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<Vec<(String, i64)>> {
    Ok(t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .filter(t::status.ne(FindingStatus::Closed))
        .group_by(t::subject_kind)
        .select((t::subject_kind, diesel::dsl::count_star()))
        .load(connection)?)
}
