//! What a session's opening proved.

use diesel::prelude::*;

use super::arrival::Proof;
use crate::actor::SessionId;
use crate::database::Tx;
use crate::database::schema::session;
use crate::error::Result;

/// Notes what opened a session, and that the person proved anew just now.
pub(super) fn prove(tx: &mut Tx<'_>, id: SessionId, proof: Proof) -> Result<()> {
    diesel::update(session::table.find(id))
        .set((
            session::method.eq(proof.method),
            session::second_factor_at.eq(proof.complete.then_some(tx.now)),
            session::stepped_up_at.eq(tx.now),
        ))
        .execute(tx.connection)?;
    Ok(())
}
