//! What is done to a disposal, each in its one transaction.

use super::case::{Case, coverable};
use super::mail;
use super::model::{Decision, DisposalKind, DisposalStatus, NewAttestation, NewDisposal, Verdict};
use super::{policy, store};
use crate::attachment::{self, AttachmentId, NewAttachment};
use crate::database::{Connection, Tx};
use crate::entrustment::{self, Entrustment, EntrustmentId};
use crate::error::{Error, Result};
use crate::holding::{self, DisposalId, HoldingId, HoldingStatus};
use crate::web::{Invalid, Message, Settings};

/// Most files of a disposal.
pub(super) const MAX_FILES: usize = 30;

/// The ids of a disposal's address.
pub(super) type Ids = (EntrustmentId, DisposalId);

/// What became of a form whose holdings the store looks at.
pub(super) enum Saved {
    Done(DisposalId),
    Invalid(Invalid),
}

fn covered(
    connection: &mut Connection,
    entrustment: &Entrustment,
    except: Option<DisposalId>,
    chosen: &[HoldingId],
) -> Result<Option<Invalid>> {
    let may = coverable(connection, entrustment, except)?;
    let all = chosen.iter().all(|id| may.iter().any(|holding| holding.id == *id));
    Ok((!all).then(|| Invalid::at("holdings", Message::new("disposal-error-holding"))))
}

/// Begins a disposal.
pub(super) fn create(tx: &mut Tx<'_>, id: EntrustmentId, new: &NewDisposal) -> Result<Saved> {
    let found = entrustment::find(tx.connection, tx.actor, id)?;
    let entrustment = entrustment::hold(tx.connection, tx.actor, found)?;
    if let Some(invalid) = covered(tx.connection, &entrustment, None, &new.holdings)? {
        return Ok(Saved::Invalid(invalid));
    }
    Ok(Saved::Done(store::create(tx, &entrustment, new)?))
}

/// Changes one that is written.
pub(super) fn update(
    tx: &mut Tx<'_>,
    (id, disposal): Ids,
    version: i32,
    new: &NewDisposal,
) -> Result<Saved> {
    let found = entrustment::find(tx.connection, tx.actor, id)?;
    let disposal = store::find(tx.connection, &found, disposal)?;
    let entrustment = entrustment::hold(tx.connection, tx.actor, found)?;
    policy::written(&disposal)?;
    let except = Some(disposal.id);
    if let Some(invalid) = covered(tx.connection, &entrustment, except, &new.holdings)? {
        return Ok(Saved::Invalid(invalid));
    }
    store::update(tx, &entrustment, (&disposal, version), new)?;
    Ok(Saved::Done(disposal.id))
}

/// Takes one back that is written.
pub(super) fn withdraw(tx: &mut Tx<'_>, (id, disposal): Ids) -> Result<()> {
    let found = entrustment::find(tx.connection, tx.actor, id)?;
    let disposal = store::find(tx.connection, &found, disposal)?;
    let entrustment = entrustment::hold(tx.connection, tx.actor, found)?;
    policy::written(&disposal)?;
    store::withdraw(tx, &entrustment, &disposal)
}

/// The entrustment, if its disposal takes another file; whether there is room for one.
pub(super) fn takes_file(
    connection: &mut Connection,
    actor: &crate::actor::Actor,
    (id, disposal): Ids,
) -> Result<(Entrustment, bool)> {
    let found = entrustment::find(connection, actor, id)?;
    let case = Case::load(connection, &found, disposal)?;
    let entrustment = entrustment::hold(connection, actor, found)?.into_inner();
    policy::written(&case.disposal)?;
    Ok((entrustment, case.files.len() < MAX_FILES))
}

/// Enters a stored file.
pub(super) fn add_file(tx: &mut Tx<'_>, (id, disposal): Ids, new: &NewAttachment) -> Result<()> {
    let found = entrustment::find(tx.connection, tx.actor, id)?;
    let disposal = store::find(tx.connection, &found, disposal)?;
    let entrustment = entrustment::hold(tx.connection, tx.actor, found)?;
    policy::written(&disposal)?;
    store::touch(tx, &entrustment, &disposal)?;
    attachment::add(tx, &entrustment, "disposal", disposal.id.as_str(), new)
}

/// Takes a file back.
pub(super) fn remove_file(tx: &mut Tx<'_>, (id, disposal): Ids, file: AttachmentId) -> Result<()> {
    let found = entrustment::find(tx.connection, tx.actor, id)?;
    let disposal = store::find(tx.connection, &found, disposal)?;
    let entrustment = entrustment::hold(tx.connection, tx.actor, found)?;
    policy::written(&disposal)?;
    store::touch(tx, &entrustment, &disposal)?;
    attachment::remove(tx, &entrustment, "disposal", disposal.id.as_str(), file)
}

/// Attests a disposal, when it is what the page showed: gives whether it was.
pub(super) fn attest(
    tx: &mut Tx<'_>,
    settings: &Settings,
    (id, disposal): Ids,
    new: &NewAttestation,
) -> Result<bool> {
    let found = entrustment::find(tx.connection, tx.actor, id)?;
    let case = Case::load(tx.connection, &found, disposal)?;
    let entrustment = entrustment::represent(tx.connection, tx.actor, found)?;
    policy::written(&case.disposal)?;
    let hash = case.hash()?;
    if hash != new.shown || !is_held(&case) {
        return Ok(false);
    }
    store::attest(tx, &entrustment, &case.disposal, new, &hash)?;
    mail::attested(tx, settings, &entrustment, &case.disposal)?;
    Ok(true)
}

/// Whether all that it covers is there and held: nothing ended elsewhere meanwhile.
fn is_held(case: &Case) -> bool {
    case.holdings.len() == case.disposal.holdings.0.len()
        && case
            .holdings
            .iter()
            .all(|h| matches!(h.status, HoldingStatus::Open | HoldingStatus::Retained))
}

/// Accepts a disposal, which ends its holdings, or returns it.
pub(super) fn decide(
    tx: &mut Tx<'_>,
    settings: &Settings,
    (id, disposal): Ids,
    decision: &Decision,
) -> Result<()> {
    let found = entrustment::find(tx.connection, tx.actor, id)?;
    let case = Case::load(tx.connection, &found, disposal)?;
    let entrustment = policy::look_after(tx.actor, found)?;
    policy::decidable(&case.disposal)?;
    let accepted = decision.verdict == Verdict::Accept;
    if accepted && !(case.holds()? && is_held(&case)) {
        return Err(Error::Conflict("disposal-error-broken"));
    }
    store::decide(tx, &entrustment, &case.disposal, decision)?;
    if accepted {
        let status = match case.disposal.kind {
            DisposalKind::Retained => HoldingStatus::Retained,
            _ => HoldingStatus::Disposed,
        };
        let (ids, on) = (&case.disposal.holdings.0, case.disposal.done_on);
        holding::end(tx, &entrustment, ids, status, on, Some(case.disposal.id))?;
        entrustment::recompare(tx, &entrustment)?;
    }
    let status = if accepted { DisposalStatus::Accepted } else { DisposalStatus::Returned };
    mail::decided(tx, settings, &entrustment, &case.disposal, status)
}
