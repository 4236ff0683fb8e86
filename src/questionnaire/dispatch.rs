//! Dispatch (送付): one act that sends a frozen copy of a template to any number of entrustments.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::answer::Answers;
use super::entity::QuestionnaireId;
use super::model::Template;
use super::rules::{Facts, visible};
use super::store::{self, dispatch::FrozenCopy};
use super::{mail, policy};
use crate::account::{self, Invite, Recipient};
use crate::actor::Role;
use crate::database::{Connection, Tx};
use crate::entrustment::{Entrustment, EntrustmentStatus};
use crate::error::{Error, Result};
use crate::notice;
use crate::organisation;
use crate::organisation::contractor::{self, Contractor, ContractorId};
use crate::web::Portal;

/// What is sent, to whom, until when.
#[derive(Clone, Debug)]
pub struct Dispatch<'a> {
    /// The template, of which every entrustment gets the same frozen copy.
    pub template: &'a Template,
    /// The entrustments, all of one principal.
    pub entrustments: Vec<Entrustment>,
    /// The last day to answer (Japan's time).
    pub deadline: NaiveDate,
    /// Whom the contractor may ask.
    pub contact: String,
    /// A message to the contractors; may be empty.
    pub message: String,
}

/// What a dispatch would do.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// The entrustments that get a questionnaire.
    pub send: Vec<Planned>,
    /// The entrustments that are left out.
    pub left_out: Vec<LeftOut>,
}

/// An entrustment that gets a questionnaire.
#[derive(Debug)]
pub(super) struct Planned {
    pub entrustment: Entrustment,
    pub contractor: Contractor,
    /// The representatives; when there is none, the person in charge is invited.
    pub recipients: Vec<Recipient>,
}

/// An entrustment that gets none.
#[derive(Debug)]
pub(super) struct LeftOut {
    pub entrustment: Entrustment,
    /// The message that says why.
    pub reason: &'static str,
}

/// Says what a dispatch of `template` to these entrustments of one principal would do: a closed
/// entrustment, and one with an open questionnaire of the same family, is left out.
pub(super) fn plan(
    connection: &mut Connection,
    template: &Template,
    entrustments: &[Entrustment],
) -> Result<Plan> {
    let mut plan = Plan::default();
    let Some(tenant) = entrustments.first().map(|e| e.tenant_id) else {
        return Ok(plan);
    };
    let ids: Vec<_> = entrustments.iter().map(|e| e.id).collect();
    let open = store::dispatch::with_open(connection, tenant, &ids, &template.id)?;
    let mut contractors: Vec<ContractorId> = entrustments.iter().map(|e| e.contractor_id).collect();
    contractors.sort_unstable();
    contractors.dedup();
    let contractors: HashMap<ContractorId, Contractor> =
        contractor::by_ids(connection, tenant, &contractors)?
            .into_iter()
            .map(|c| (c.id, c))
            .collect();
    let organisations: Vec<_> = contractors.values().filter_map(|c| c.organisation_id).collect();
    let recipients = account::recipients_of_contractors(connection, &organisations)?;
    for entrustment in entrustments.iter().cloned() {
        if entrustment.status == EntrustmentStatus::Closed {
            plan.left_out.push(LeftOut { entrustment, reason: "questionnaire-left-out-closed" });
        } else if open.contains(&entrustment.id) {
            plan.left_out.push(LeftOut { entrustment, reason: "questionnaire-left-out-open" });
        } else {
            let contractor =
                contractors.get(&entrustment.contractor_id).cloned().ok_or(Error::NotFound)?;
            let recipients = contractor
                .organisation_id
                .and_then(|organisation| recipients.get(&organisation))
                .cloned()
                .unwrap_or_default();
            plan.send.push(Planned { entrustment, contractor, recipients });
        }
    }
    Ok(plan)
}

/// Sends the questionnaires: a row and a ledger entry each, a mail to the representatives of each
/// contractor, and an invitation to a contractor without any. Entrustments that [`plan`] leaves out
/// get nothing.
///
/// # Errors
/// [`Error::Forbidden`] when an entrustment isn't the actor's to dispatch to;
/// [`Error::Conflict`] when all are left out; those of the database.
pub fn dispatch(
    tx: &mut Tx<'_>,
    portal: &Portal,
    new: &Dispatch<'_>,
) -> Result<Vec<QuestionnaireId>> {
    const NOTHING: Error = Error::Conflict("error-nothing-to-dispatch");
    let entrustments = policy::dispatch(tx.actor, new.entrustments.clone())?;
    if entrustments.is_empty() {
        return Err(NOTHING);
    }
    let frozen_hash = store::template::freeze(tx, new.template)?;
    let dispatch_id = store::dispatch::create(tx, &entrustments, new, &frozen_hash)?;
    let plan = plan(tx.connection, new.template, &entrustments)?;
    if plan.send.is_empty() {
        return Err(NOTHING);
    }
    let shown = visible(new.template, &Answers::new(), Facts::default()).len();
    let copy = FrozenCopy {
        dispatch_id,
        frozen_hash: &frozen_hash,
        deadline: new.deadline,
        questions: i32::try_from(shown).map_err(Error::internal)?,
    };
    let mut sent = Vec::with_capacity(plan.send.len());
    for planned in &plan.send {
        sent.push(store::dispatch::add(tx, &entrustments, &planned.entrustment, &copy)?);
    }
    tell(tx, portal, new, &plan, &sent)?;
    Ok(sent)
}

/// Writes to the contractors: one mail a representative, whatever the number of entrustments.
fn tell(
    tx: &mut Tx<'_>,
    portal: &Portal,
    new: &Dispatch<'_>,
    plan: &Plan,
    sent: &[QuestionnaireId],
) -> Result<()> {
    let mut groups: BTreeMap<ContractorId, Vec<(&Planned, QuestionnaireId)>> = BTreeMap::new();
    for (planned, id) in plan.send.iter().zip(sent) {
        groups.entry(planned.contractor.id).or_default().push((planned, *id));
    }
    let Some(tenant) = plan.send.first().map(|p| p.entrustment.tenant_id) else {
        return Ok(());
    };
    let principal = organisation::find(tx.connection, tenant)?.name;
    for group in groups.values() {
        let Some((first, _)) = group.first() else { continue };
        if first.recipients.is_empty() {
            account::invite(tx, portal, &invitation(first, &principal))?;
        }
        let items: Vec<_> =
            group.iter().map(|(p, id)| (*id, p.entrustment.title.as_str())).collect();
        for recipient in &first.recipients {
            let letter = mail::dispatched(portal, (tenant, &principal), recipient, new, &items);
            notice::enqueue(tx, &portal.settings, &letter)?;
        }
    }
    Ok(())
}

/// The invitation of a contractor nobody of whom has an account yet.
fn invitation(planned: &Planned, principal: &str) -> Invite {
    Invite {
        tenant_id: planned.entrustment.tenant_id,
        organisation_name: principal.to_owned(),
        email: planned.contractor.email.clone(),
        name: planned.contractor.person_in_charge.clone(),
        role: Role::Representative,
        division_id: None,
        contractor_id: Some(planned.contractor.id),
    }
}
