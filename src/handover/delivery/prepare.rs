//! Making ready when a hand-over leaves: what each recipient may fetch, its code, and the letter.

use super::{code, jobs, mail, policy, store};
use crate::database::Tx;
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::handover::{Delivery, File, FileId, FileState, Handover, ReceivingParty};
use crate::web::Portal;

/// Makes one recipient's part ready: `files` are those that it may get. The letter has a link and
/// nothing else; the code of an outside recipient goes another way.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] for a person; those of the database.
pub(in crate::handover) fn prepare(
    tx: &mut Tx<'_>,
    portal: &Portal,
    entrustment: &Entrustment,
    of: &Handover,
    delivery: &Delivery,
    files: &[File],
) -> Result<()> {
    let ready = policy::run(tx.actor, (of.clone(), delivery.clone()))?;
    let own = files.iter().filter(|file| file.is_for(delivery.id));
    let own: Vec<FileId> =
        own.filter(|file| file.state == FileState::Checked).map(|file| file.id).collect();
    let code = match delivery.party {
        ReceivingParty::Outside => code::draw(&portal.secret, delivery.id)?,
        _ => String::new(),
    };
    store::make_ready(tx, &ready, &own, &code)?;
    if let Some(until) = of.valid_until {
        jobs::enqueue_end(tx, of, until)?;
    }
    let parcel = store::around(tx.connection, entrustment, of, delivery)?;
    mail::sent(tx, portal, &parcel)
}
