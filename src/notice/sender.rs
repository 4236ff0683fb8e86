//! The sender: takes due mails from the outbox, hands them to the server, notes how it went.
//!
//! Nothing is sent inside a transaction, so a server that hangs holds up no page and no job.

use std::time::Duration;

use serde_json::json;
use tokio::sync::watch;

use super::model::{Outcome, Outgoing};
use super::smtp::{Fault, Mailer, Session};
use super::store;
use crate::actor::Actor;
use crate::clock::Timestamp;
use crate::database::Tx;
use crate::error::Result;
use crate::job::{self, next_try, reason};
use crate::ledger::{self, NewEntry};
use crate::web::{Ctx, Language, Portal};

/// How many mails are taken at once.
const BATCH: i64 = 10;

/// How long they are ours: longer than the slowest batch can take.
const LEASE: chrono::Duration = chrono::Duration::minutes(15);

/// How long the sender rests when nothing is due.
const REST: Duration = Duration::from_secs(3);

/// How long it rests when the server can't be reached.
const LONG_REST: Duration = Duration::from_mins(1);

/// What a turn of the sender did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// Mails that the server took.
    pub sent: usize,
    /// Mails that it didn't take, now or ever.
    pub refused: usize,
    /// Whether the server could not be reached; what was left is due still.
    pub unreachable: bool,
}

/// Sends everything that is due.
///
/// # Errors
/// Those of the database; a mail that isn't taken is put back and is no error here.
pub async fn send_due(portal: &Portal, mailer: &Mailer) -> Result<Turn> {
    let mut all = Turn::default();
    while !all.unreachable {
        let turn = send_batch(portal, mailer).await?;
        if turn == Turn::default() {
            break;
        }
        all.sent += turn.sent;
        all.refused += turn.refused;
        all.unreachable = turn.unreachable;
    }
    Ok(all)
}

/// Sends a few of those that are due, in one conversation.
async fn send_batch(portal: &Portal, mailer: &Mailer) -> Result<Turn> {
    let mut turn = Turn::default();
    let mut session = Session::new(mailer);
    for outgoing in take(portal).await? {
        if turn.unreachable {
            system(portal).write(move |tx, _| store::release(tx, &outgoing)).await?;
        } else {
            send(portal, &mut session, outgoing, &mut turn).await?;
        }
    }
    session.close().await;
    Ok(turn)
}

fn system(portal: &Portal) -> Ctx {
    Ctx::outside(portal.clone(), Actor::System, Language::Ja)
}

async fn take(portal: &Portal) -> Result<Vec<Outgoing>> {
    let ctx = system(portal);
    if !ctx.read(|c, ctx| store::any_due(c, ctx.now)).await? {
        return Ok(Vec::new());
    }
    ctx.write(|tx, _| store::lease(tx, BATCH, LEASE)).await
}

async fn send(
    portal: &Portal,
    session: &mut Session<'_>,
    outgoing: Outgoing,
    turn: &mut Turn,
) -> Result<()> {
    let result = session.send(&outgoing).await;
    match &result {
        Ok(()) => turn.sent += 1,
        Err(fault) => {
            turn.refused += 1;
            turn.unreachable = matches!(fault, Fault::Unreachable(_));
        }
    }
    let ctx = system(portal);
    let outcome = outcome(result, outgoing.attempts + 1, ctx.now);
    if let Outcome::Later(_, why) | Outcome::Failed(why) = &outcome {
        tracing::warn!(mail = outgoing.id, kind = outgoing.kind, why, "a mail was not sent");
    }
    ctx.write(move |tx, _| settle(tx, &outgoing, &outcome)).await
}

/// What follows from the `tried`-th try.
pub(super) fn outcome(result: Result<(), Fault>, tried: i32, now: Timestamp) -> Outcome {
    match result {
        Ok(()) => Outcome::Sent,
        Err(Fault::Never(why)) => Outcome::Failed(reason(&why)),
        Err(Fault::Later(why) | Fault::Unreachable(why)) => match next_try(tried) {
            Some(delay) => Outcome::Later(now + delay, reason(&why)),
            None => Outcome::Failed(reason(&why)),
        },
    }
}

/// Keeps the outcome, and tells the ledger of the organisation when it is final.
fn settle(tx: &mut Tx<'_>, outgoing: &Outgoing, outcome: &Outcome) -> Result<()> {
    if !store::settle(tx, outgoing, outcome)? {
        tracing::warn!(mail = outgoing.id, "a mail took longer than its lease");
        return Ok(());
    }
    let act = match outcome {
        Outcome::Sent => "mail.sent",
        Outcome::Failed(_) => "mail.failed",
        Outcome::Later(..) => return Ok(()),
    };
    let Some(tenant_id) = outgoing.tenant_id else {
        return Ok(());
    };
    ledger::append(
        tx,
        NewEntry {
            tenant_id,
            act,
            subject_kind: "mail",
            subject_id: &outgoing.id,
            entrustment_id: None,
            details: vec![("kind", json!(outgoing.kind))],
        },
    )
}

/// Sends mails until `stop` says so; the mails at hand are finished first.
pub async fn work(portal: Portal, mailer: Mailer, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let rest = match send_batch(&portal, &mailer).await {
            Ok(turn) if turn.unreachable => LONG_REST,
            Ok(turn) if turn == Turn::default() => REST,
            Ok(_) => continue,
            Err(error) => {
                tracing::error!(%error, "the sender can't reach its table");
                LONG_REST
            }
        };
        job::pause(&mut stop, rest).await;
    }
}
