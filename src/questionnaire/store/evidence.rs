//! The files of evidence.

use diesel::prelude::*;

use crate::actor::Authorized;
use crate::database::schema::evidence as t;
use crate::database::{Connection, Tx};
use crate::error::Result;
use crate::questionnaire::entity::Questionnaire;
use crate::questionnaire::evidence::NewEvidence;
use crate::questionnaire::response::{EvidenceId, EvidenceRow, Response};
use crate::questionnaire::response_policy::Answer;

/// All evidence of a questionnaire in the order of adding, also what was taken back.
pub(in crate::questionnaire) fn rows(
    connection: &mut Connection,
    of: &Questionnaire,
) -> Result<Vec<EvidenceRow>> {
    Ok(t::table
        .filter(t::tenant_id.eq(of.tenant_id))
        .filter(t::questionnaire_id.eq(of.id))
        .order(t::id.asc())
        .select(EvidenceRow::as_select())
        .load(connection)?)
}

/// Adds a file that is stored already.
pub(in crate::questionnaire) fn insert(
    tx: &mut Tx<'_>,
    response: &Authorized<Response, Answer>,
    new: &NewEvidence,
) -> Result<()> {
    let of = &response.questionnaire;
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(of.tenant_id),
            t::id.eq(new.id),
            t::questionnaire_id.eq(of.id),
            t::question_id.eq(new.question.as_str()),
            t::round.eq(of.round),
            t::file_name.eq(&new.file_name),
            t::media_type.eq(new.media_type),
            t::size.eq(new.size),
            t::sha256.eq(&new.sha256),
            t::object.eq(&new.object),
            t::added_by_name.eq(tx.actor.name()),
            t::added_at.eq(tx.now),
        ))
        .execute(tx.connection)?;
    Ok(())
}

/// Takes a file back. It stays stored for the rounds in which it counted.
pub(in crate::questionnaire) fn remove(
    tx: &mut Tx<'_>,
    response: &Authorized<Response, Answer>,
    id: EvidenceId,
) -> Result<()> {
    diesel::update(t::table.find((response.questionnaire.tenant_id, id)))
        .set(t::removed_at.eq(Some(tx.now)))
        .execute(tx.connection)?;
    Ok(())
}
