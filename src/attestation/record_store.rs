//! The attestations of an entrustment, for its audit record.

use diesel::prelude::*;

use super::clauses::Exception;
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::database::schema::{attestation, questionnaire};
use crate::database::types::Json;
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::questionnaire::QuestionnaireId;

/// An attestation as it is stored.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = attestation)]
pub struct Pledged {
    /// To which questionnaire.
    pub questionnaire_id: QuestionnaireId,
    /// For which round.
    pub round: i32,
    /// The set of clauses.
    pub clauses: String,
    /// Its version.
    pub clauses_version: i32,
    /// The exceptions claimed.
    pub exceptions: Json<Vec<Exception>>,
    /// The hash of the questions.
    pub questions_hash: String,
    /// The hash of the answers.
    pub answers_hash: String,
    /// The hash of the evidence.
    pub evidence_hash: String,
    /// The hash of the clauses.
    pub clauses_hash: String,
    /// The hash of the four.
    pub binding_hash: String,
    /// Who attested.
    pub name: String,
    /// The person's title.
    pub title: String,
    /// When.
    pub attested_at: Timestamp,
}

/// The attestations of an entrustment, oldest first.
pub(super) fn of_entrustment(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<Vec<Pledged>> {
    let ids: Vec<QuestionnaireId> = questionnaire::table
        .filter(questionnaire::tenant_id.eq(entrustment.tenant_id))
        .filter(questionnaire::entrustment_id.eq(entrustment.id))
        .select(questionnaire::id)
        .load(connection)?;
    Ok(attestation::table
        .filter(attestation::tenant_id.eq(entrustment.tenant_id))
        .filter(attestation::questionnaire_id.eq_any(ids))
        .order((attestation::attested_at.asc(), attestation::id.asc()))
        .select(Pledged::as_select())
        .load(connection)?)
}
