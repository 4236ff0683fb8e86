//! Letters about sub-entrustments. They name the entrustment and nobody else.

use chrono::NaiveDate;

use super::model::{Application, ApplicationId};
use crate::account::{self, Recipient};
use crate::actor::Role;
use crate::database::{Connection, Tx};
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::notice::{self, Letter, Link};
use crate::organisation::{self, contractor, division};
use crate::web::locale::{self, ArgValue};
use crate::web::{Language, Settings};

/// Tells the principal's approvers and the division's officers that there is an application.
pub(super) fn applied(
    tx: &mut Tx<'_>,
    settings: &Settings,
    entrustment: &Entrustment,
    id: ApplicationId,
) -> Result<()> {
    let tenant = entrustment.tenant_id;
    let mut to = account::recipients(tx.connection, tenant, entrustment.division_id)?;
    let approvers = account::members_of(tx.connection, &[tenant], &[Role::Approver])?;
    to.extend(approvers.into_iter().map(|member| member.recipient));
    send(tx, settings, entrustment, &About { id, kind: "applied", until: None }, &to)?;
    Ok(())
}

/// Tells the contractor's representatives what was decided: `approved` or `refused`.
pub(super) fn decided(
    tx: &mut Tx<'_>,
    settings: &Settings,
    entrustment: &Entrustment,
    id: ApplicationId,
    kind: &'static str,
) -> Result<()> {
    let to = contractor(tx.connection, entrustment)?;
    send(tx, settings, entrustment, &About { id, kind, until: None }, &to)?;
    Ok(())
}

/// Reminds contractor and division that a permission ends; gives the number of letters.
pub(super) fn expiring(
    tx: &mut Tx<'_>,
    settings: &Settings,
    entrustment: &Entrustment,
    application: &Application,
) -> Result<usize> {
    let mut to = contractor(tx.connection, entrustment)?;
    to.extend(division(tx.connection, entrustment)?);
    let until = application.permitted_until;
    let about = About { id: application.id, kind: "expiring", until };
    send(tx, settings, entrustment, &about, &to)?;
    Ok(to.len())
}

/// The contractor's representatives; as long as there is none, the address in the register.
fn contractor(connection: &mut Connection, entrustment: &Entrustment) -> Result<Vec<Recipient>> {
    let row = contractor::find(connection, entrustment.tenant_id, entrustment.contractor_id)?;
    let people = match row.organisation_id {
        Some(organisation) => account::recipients_of_contractor(connection, organisation)?,
        None => Vec::new(),
    };
    if people.is_empty() {
        let (name, email) = (row.person_in_charge, row.email);
        return Ok(vec![Recipient { name, email, language: Language::Ja }]);
    }
    Ok(people)
}

/// The division's address; where it has none its officers, and without any the administrators.
fn division(connection: &mut Connection, entrustment: &Entrustment) -> Result<Vec<Recipient>> {
    let tenant = entrustment.tenant_id;
    let divisions = division::list(connection, tenant)?;
    let own = divisions.into_iter().find(|division| division.id == entrustment.division_id);
    if let Some((name, Some(email))) = own.map(|division| (division.name, division.email)) {
        return Ok(vec![Recipient { name, email, language: Language::Ja }]);
    }
    let officers = account::recipients(connection, tenant, entrustment.division_id)?;
    if !officers.is_empty() {
        return Ok(officers);
    }
    let administrators = account::members_of(connection, &[tenant], &[Role::Administrator])?;
    Ok(administrators.into_iter().map(|member| member.recipient).collect())
}

/// Of what a letter tells.
struct About {
    id: ApplicationId,
    kind: &'static str,
    until: Option<NaiveDate>,
}

fn send(
    tx: &mut Tx<'_>,
    settings: &Settings,
    entrustment: &Entrustment,
    about: &About,
    to: &[Recipient],
) -> Result<()> {
    let principal = organisation::find(tx.connection, entrustment.tenant_id)?.name;
    for recipient in to {
        let letter = letter(settings, entrustment, about, &principal, recipient);
        notice::enqueue(tx, settings, &letter)?;
    }
    Ok(())
}

fn letter(
    settings: &Settings,
    entrustment: &Entrustment,
    about: &About,
    principal: &str,
    to: &Recipient,
) -> Letter {
    let until = about.until.map(|date| locale::day(to.language, date));
    let args = [
        ("title", ArgValue::from(entrustment.title.as_str())),
        ("number", entrustment.number.as_str().into()),
        ("principal", principal.into()),
        ("until", until.unwrap_or_default().into()),
    ];
    let key = |part: &str| format!("mail-sub-entrustment-{}-{part}", about.kind);
    let say = |part: &str| locale::text_with(to.language, &key(part), &args);
    Letter {
        tenant_id: Some(entrustment.tenant_id),
        kind: match about.kind {
            "applied" => "sub_entrustment_applied",
            "approved" => "sub_entrustment_approved",
            "refused" => "sub_entrustment_refused",
            _ => "sub_entrustment_expiring",
        },
        to_address: to.email.clone(),
        to_name: to.name.clone(),
        language: to.language,
        subject: say("subject"),
        organisation: principal.to_owned(),
        paragraphs: vec![say("text"), say("next")],
        link: Some(Link {
            label: locale::text(to.language, "mail-sub-entrustment-link"),
            href: format!(
                "{}/entrustments/{}/sub-entrustments/{}",
                settings.base_url, entrustment.id, about.id
            ),
        }),
    }
}
