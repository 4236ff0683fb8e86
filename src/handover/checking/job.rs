//! Looking at a file that is complete: the virus scanner first, then what is in it. The work is done
//! outside any transaction; a file that changed or was removed meanwhile is left alone.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::Duration;
use serde_json::{Value, json};

use super::{gather, store};
use crate::actor::Actor;
use crate::clock::Timestamp;
use crate::contents::{self, Bounds, Contents, Format, Unreadable, Watch};
use crate::database::{Connection, Tx};
use crate::entrustment::{self, Entrustment};
use crate::error::{Error, Result};
use crate::handover::model::{File, FileId, FileState, Handover};
use crate::handover::upload::scan::{self, Scan};
use crate::handover::{store as desk, upload};
use crate::job::{self, Job, NewJob, Registry};
use crate::storage::Parts;
use crate::web::{Ctx, Language, Portal};

/// Looking at a file.
const CHECK: &str = "handover.check";

/// When a file that waits for the virus scanner is looked at again.
const AGAIN: Duration = Duration::minutes(5);

/// The registry with what checking does by itself.
pub(super) fn jobs(registry: Registry) -> Registry {
    registry.with(CHECK, run)
}

/// Has a file looked at that is complete.
///
/// # Errors
/// Those of the database.
pub(in crate::handover) fn enqueue(tx: &mut Tx<'_>, file: &File) -> Result<()> {
    let key = format!("{CHECK}:{}:{}", file.id, file.sha256);
    let now = tx.now;
    enqueue_at(tx, file, &key, now)
}

/// The same once more, a while later.
fn enqueue_again(tx: &mut Tx<'_>, file: &File) -> Result<()> {
    let at = tx.now + AGAIN;
    let key = format!("{CHECK}:{}:{}", file.id, at.and_utc().timestamp());
    enqueue_at(tx, file, &key, at)
}

fn enqueue_at(tx: &mut Tx<'_>, file: &File, key: &str, at: Timestamp) -> Result<()> {
    let new = NewJob {
        tenant_id: Some(file.tenant_id),
        kind: CHECK,
        unique_key: key,
        payload: json!({ "file": file.id }),
        run_at: at,
    };
    job::enqueue(tx, &new)?;
    Ok(())
}

/// A file that waits to be looked at, with all that looking needs.
struct Task {
    file: File,
    handover: Handover,
    entrustment: Entrustment,
    parts: Parts,
    watch: Watch,
}

/// What came of it.
struct Verdict {
    scan: Scan,
    state: FileState,
    contents: Option<Contents>,
}

fn run(portal: &Portal, job: &Job) -> Result<()> {
    let system = || Ctx::outside(portal.clone(), Actor::System, Language::Ja);
    let Some(task) = system().read_now(|c, ctx| load(c, ctx, job))? else {
        return Ok(());
    };
    let verdict = match examine(portal, &task) {
        Err(error) if job::next_try(job.attempts).is_some() => return Err(error),
        // Whatever it is that can't be read to its end: it mustn't wait for ever.
        Err(_) => {
            checked(Scan::NotConfigured, Contents::unreadable(Format::Other, Unreadable::Broken))
        }
        Ok(verdict) => verdict,
    };
    system().write_now(|tx, _| settle(tx, &task, &verdict))
}

fn load(c: &mut Connection, ctx: &Ctx, job: &Job) -> Result<Option<Task>> {
    let id = job.payload.0.get("file").and_then(Value::as_str).and_then(|id| id.parse().ok());
    let id: FileId = id.ok_or_else(|| Error::internal("a job without its file"))?;
    let tenant = job.tenant_id.ok_or_else(|| Error::internal("a job without its organisation"))?;
    let Some((file, handover)) = store::file(c, tenant, id)? else {
        return Ok(None);
    };
    if !matches!(file.state, FileState::Checking | FileState::Quarantined) {
        return Ok(None);
    }
    let entrustment = entrustment::find_for_system(c, &ctx.actor, handover.entrustment_id)?;
    let parts = match upload::parts_of(c, &ctx.portal, &file) {
        Ok(parts) => parts,
        Err(Error::Gone(_)) => return Ok(None),
        Err(other) => return Err(other),
    };
    let watch = gather::watch(c, &entrustment)?;
    Ok(Some(Task { file, handover, entrustment, parts, watch }))
}

fn checked(scan: Scan, contents: Contents) -> Verdict {
    Verdict { scan, state: FileState::Checked, contents: Some(contents) }
}

fn examine(portal: &Portal, task: &Task) -> Result<Verdict> {
    let scan = scan::scan(portal, &mut task.parts.reader())?;
    let state = match &scan {
        Scan::NotConfigured | Scan::Clean => return Ok(checked(scan, look(task)?)),
        Scan::Found(_) => FileState::Infected,
        Scan::Unreachable => FileState::Quarantined,
    };
    Ok(Verdict { scan, state, contents: None })
}

/// Looks into the file. What makes a reader stumble is broken, whatever else it is.
fn look(task: &Task) -> Result<Contents> {
    let looking = || {
        let mut reader = task.parts.reader();
        contents::look(&task.file.name, &mut reader, &task.watch, &Bounds::default())
    };
    match catch_unwind(AssertUnwindSafe(looking)) {
        Ok(found) => found.map_err(Error::internal),
        Err(_) => Ok(Contents::unreadable(Format::Other, Unreadable::Broken)),
    }
}

fn settle(tx: &mut Tx<'_>, task: &Task, verdict: &Verdict) -> Result<()> {
    if !store::keep(tx, &task.file, verdict.state, verdict.contents.as_ref())? {
        return Ok(());
    }
    let waits = verdict.state == FileState::Quarantined;
    if waits {
        enqueue_again(tx, &task.file)?;
    }
    // That it waits is told once.
    if !waits || task.file.state != FileState::Quarantined {
        scan::tell(tx, &task.handover, task.file.id, &verdict.scan)?;
    }
    // The hand-over may have gone on while the file was looked at.
    let handover = desk::by_id(tx.connection, task.file.tenant_id, task.handover.id)?;
    store::rejudge(tx, &handover, &task.entrustment)?;
    Ok(())
}
