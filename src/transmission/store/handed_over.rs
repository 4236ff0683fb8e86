//! What the hand-over desk enters by itself.

use diesel::prelude::*;

use super::{columns, entry, last, told};
use crate::actor::Authorized;
use crate::database::Tx;
use crate::database::schema::transmission as t;
use crate::error::Result;
use crate::rulebook::Exceptions;
use crate::transmission::command::NewTransmission;
use crate::transmission::model::{Confirmation, TransmissionId};
use crate::transmission::policy::{Enter, Entering};

/// A transmission that went over the hand-over desk.
#[derive(Clone, Copy, Debug)]
pub struct HandedOver<'a> {
    /// What went.
    pub new: &'a NewTransmission,
    /// Who sent it.
    pub sent_by: &'a str,
    /// Who fetched it, and so confirms it.
    pub by: &'a str,
}

/// Enters it, confirmed.
pub(in crate::transmission) fn hand_over(
    tx: &mut Tx<'_>,
    entering: &Authorized<Entering, Enter>,
    entered: &HandedOver<'_>,
) -> Result<TransmissionId> {
    let of = &entering.entrustment;
    let id = TransmissionId::new(tx.now);
    let position = last(tx.connection, of)? + 1;
    let none = Exceptions::new();
    diesel::insert_into(t::table)
        .values((
            (t::tenant_id.eq(of.tenant_id), t::id.eq(id), t::entrustment_id.eq(of.id)),
            t::position.eq(position),
            columns(entered.new, entering.side, &none)?,
            (t::entered_by.eq(entering.side), t::entered_by_name.eq(entered.sent_by)),
            (t::confirmed_by_name.eq(entered.by), t::confirmation_note.eq("")),
            (t::reminded.eq(0), t::created_at.eq(tx.now), t::version.eq(1)),
        ))
        .execute(tx.connection)?;
    diesel::update(t::table.find((of.tenant_id, id)))
        .set((t::confirmation.eq(Confirmation::Confirmed), t::confirmed_at.eq(Some(tx.now))))
        .execute(tx.connection)?;
    let details = told(entered.new, &none);
    entry(tx, of, id, "transmission.handed_over", details)?;
    Ok(id)
}
