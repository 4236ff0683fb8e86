//! The attestations' table, to which rows are only added.

use diesel::prelude::*;

use super::binding::Binding;
use super::model::{Attestation, AttestationId, NewAttestation};
use super::policy::Attest;
use crate::actor::{Authorized, PersonId};
use crate::database::schema::{attestation as t, questionnaire};
use crate::database::types::json_text;
use crate::database::{Connection, Tx};
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::questionnaire::{Questionnaire, QuestionnaireId, Response};

/// The attestations of a questionnaire, the latest first.
///
/// # Errors
/// Those of the database.
pub fn of_questionnaire(
    connection: &mut Connection,
    of: &Questionnaire,
) -> Result<Vec<Attestation>> {
    Ok(t::table
        .filter(t::tenant_id.eq(of.tenant_id))
        .filter(t::questionnaire_id.eq(of.id))
        .order(t::round.desc())
        .select(Attestation::as_select())
        .load(connection)?)
}

/// The attestation of one round.
///
/// # Errors
/// Those of the database.
pub fn of_round(
    connection: &mut Connection,
    of: &Questionnaire,
    round: i32,
) -> Result<Option<Attestation>> {
    Ok(t::table
        .filter(t::tenant_id.eq(of.tenant_id))
        .filter(t::questionnaire_id.eq(of.id))
        .filter(t::round.eq(round))
        .select(Attestation::as_select())
        .first(connection)
        .optional()?)
}

/// The attestations of an entrustment, oldest first.
pub(super) fn of_entrustment(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<Vec<Attestation>> {
    let ids: Vec<QuestionnaireId> = questionnaire::table
        .filter(questionnaire::tenant_id.eq(entrustment.tenant_id))
        .filter(questionnaire::entrustment_id.eq(entrustment.id))
        .select(questionnaire::id)
        .load(connection)?;
    Ok(t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::questionnaire_id.eq_any(ids))
        .order((t::attested_at.asc(), t::id.asc()))
        .select(Attestation::as_select())
        .load(connection)?)
}

/// Adds an attestation.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    person: &Authorized<PersonId, Attest>,
    response: &Response,
    round: i32,
    new: &NewAttestation,
    binding: &Binding,
) -> Result<AttestationId> {
    let (of, own) = (&response.questionnaire, &response.entrustment);
    let id = AttestationId::new(tx.now);
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(of.tenant_id),
            t::id.eq(id),
            t::questionnaire_id.eq(of.id),
            t::round.eq(round),
            t::clauses.eq(&own.clauses),
            t::clauses_version.eq(own.clauses_version),
            t::exceptions.eq(json_text(&new.exceptions)?),
            t::questions_hash.eq(&binding.questions),
            t::answers_hash.eq(&binding.answers),
            t::evidence_hash.eq(&binding.evidence),
            t::clauses_hash.eq(&binding.clauses),
            t::binding_hash.eq(&binding.hash),
            t::name.eq(&new.name),
            t::title.eq(&new.title),
            t::person_id.eq(Some(**person)),
            t::attested_at.eq(tx.now),
        ))
        .execute(tx.connection)?;
    Ok(id)
}
