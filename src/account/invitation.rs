//! Invitations: a signed link by mail, used once, with which the invited sets the password.
//!
//! An invitation of a contractor joins the principal's register entry to the organisation of the
//! invited: the one for which the person already works here, or a new one.

use actix_web::HttpResponse;
use actix_web::web::Path;
use chrono::Duration;
use serde::Serialize;
use serde_json::{Value, json};

use super::arrival::{Method, Proof, arrive};
use super::guess;
use super::invitation_store::{self as invitations, Invitation, InvitationId};
use super::member::{InvitationState, state};
use super::model::{NewPerson, Person};
use super::password::{self, hash_password, verify_password};
use super::refused::{self, Refused};
use super::store;
use crate::actor::{Actor, DivisionId, OrganisationId, PersonId, Role};
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::ledger::{self, NewEntry};
use crate::notice::{self, Letter, Link};
use crate::organisation::contractor::{self, ContractorId};
use crate::organisation::{self, NewOrganisation};
use crate::web::locale::{self, ArgValue};
use crate::web::token::{self, Purpose};
use crate::web::{
    Access, Ctx, Fields, Form, FormView, Invalid, Message, Portal, Route, Rule, View,
};

/// How much longer than its invitation a link is readable: it can't be used, but its page says why.
const TOLD: Duration = Duration::days(90);

/// The routes of invitations.
pub(super) fn routes() -> Vec<Route> {
    const KEEPERS: Access = Access::Roles(&[Role::Administrator, Role::Officer]);
    vec![
        Route::get("/invitation/{token}", Access::Public, show),
        Route::post("/invitation/{token}", Access::Public, accept),
        Route::post("/contractors/{id}/invitation", KEEPERS, invite_contractor),
    ]
}

/// Whom to invite, as what.
#[derive(Clone, Debug)]
pub struct Invite {
    /// The inviting organisation: the new member's, or the principal of the contractor.
    pub tenant_id: OrganisationId,
    /// The name of the inviting organisation, for the mail.
    pub organisation_name: String,
    /// The mail address.
    pub email: String,
    /// The name.
    pub name: String,
    /// The role.
    pub role: Role,
    /// The division, for those who see only one.
    pub division_id: Option<DivisionId>,
    /// The register entry to join, for a contractor's representative.
    pub contractor_id: Option<ContractorId>,
}

/// Keeps an invitation and puts its mail into the outbox; earlier links to the same address die.
/// Gives the link, which besides the mail only the demonstration uses.
///
/// # Errors
/// Those of the database.
pub fn invite(tx: &mut Tx<'_>, portal: &Portal, new: &Invite) -> Result<String> {
    let id = InvitationId::new(tx.now);
    let days = i64::from(organisation::access_rules(tx.connection, new.tenant_id)?.invitation_days);
    let expires_at = tx.now + Duration::days(days);
    invitations::revoke_earlier(tx, new.tenant_id, &new.email)?;
    invitations::create(
        tx,
        &Invitation {
            tenant_id: new.tenant_id,
            id,
            email: new.email.clone(),
            name: new.name.clone(),
            role: new.role,
            division_id: new.division_id,
            contractor_id: new.contractor_id,
            expires_at,
            used_at: None,
            revoked_at: None,
        },
    )?;
    let subject = format!("{}/{id}", new.tenant_id);
    let token =
        token::issue(&portal.secret, Purpose::Invitation, &subject, tx.now, expires_at + TOLD)?;
    let url = format!("{}/invitation/{token}", portal.settings.base_url);
    notice::enqueue(tx, &portal.settings, &letter(tx, new, &url, days))?;
    ledger::append(
        tx,
        NewEntry {
            tenant_id: new.tenant_id,
            act: "invitation.sent",
            subject_kind: "invitation",
            subject_id: id.as_str(),
            entrustment_id: None,
            details: vec![("role", json!(new.role)), ("contractor", json!(new.contractor_id))],
        },
    )?;
    Ok(url)
}

fn letter(tx: &Tx<'_>, new: &Invite, url: &str, days: i64) -> Letter {
    let say = |key: &str| {
        let args = [
            ("organisation", ArgValue::from(new.organisation_name.as_str())),
            ("days", days.into()),
        ];
        locale::text_with(tx.language, key, &args)
    };
    Letter {
        tenant_id: Some(new.tenant_id),
        kind: "invitation",
        to_address: new.email.clone(),
        to_name: new.name.clone(),
        language: tx.language,
        subject: say("mail-invitation-subject"),
        organisation: new.organisation_name.clone(),
        paragraphs: vec![say("mail-invitation-text"), say("mail-invitation-validity")],
        link: Some(Link { label: say("mail-invitation-link"), href: url.to_owned() }),
    }
}

/// Invites the person in charge of a registered contractor.
async fn invite_contractor(ctx: Ctx, id: Path<ContractorId>, _form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    ctx.write(move |tx, ctx| {
        let member = ctx.member()?;
        let contractor = contractor::find(tx.connection, member.organisation_id, id)?;
        invite(
            tx,
            &ctx.portal,
            &Invite {
                tenant_id: member.organisation_id,
                organisation_name: member.organisation_name.clone(),
                email: contractor.email,
                name: contractor.person_in_charge,
                role: Role::Representative,
                division_id: None,
                contractor_id: Some(id),
            },
        )
    })
    .await?;
    Ok(ctx.see_other(&format!("/contractors/{id}"), "done-invited"))
}

/// The page on which the invited sets the password.
#[derive(Debug, Serialize)]
struct AcceptView {
    form: FormView,
    organisation: String,
    email: String,
    role: Role,
    known: bool,
    min_length: usize,
}

impl View for AcceptView {
    const TEMPLATE: &'static str = "account/invitation.html";
    const TITLE: &'static str = "invitation-title";
}

pub(super) fn samples() -> Vec<(&'static str, Value)> {
    let sample = |known: bool| {
        json!({ "form": FormView::default(), "organisation": "三重野県", "email": "a@b.example",
                "role": "representative", "known": known, "min_length": 12 })
    };
    vec![(AcceptView::TEMPLATE, sample(false)), (AcceptView::TEMPLATE, sample(true))]
}

/// What the link leads to: the invitation, the inviting organisation, the account if there is one.
struct Opened {
    invitation: Invitation,
    organisation: String,
    person: Option<Person>,
}

async fn open(ctx: &Ctx, token: &str) -> Result<Opened> {
    let subject = token::subject(&ctx.portal.secret, Purpose::Invitation, token, ctx.now);
    let (tenant, id) = subject
        .as_deref()
        .and_then(|subject| subject.split_once('/'))
        .and_then(|(tenant, id)| Some((tenant.parse().ok()?, id.parse().ok()?)))
        .ok_or(Error::Gone("error-invitation"))?;
    ctx.naming(tenant)
        .read(move |c, ctx| {
            let invitation = invitations::find(c, tenant, id)?;
            let invitation = invitation.ok_or(Error::Gone("error-invitation"))?;
            match state(invitation.moments(), ctx.now) {
                InvitationState::Open => {}
                InvitationState::Accepted => return Err(Error::Gone("error-invitation-used")),
                InvitationState::Expired => return Err(Error::Gone("error-invitation-expired")),
                InvitationState::Revoked if invitations::replaced(c, &invitation)? => {
                    return Err(Error::Gone("error-invitation-replaced"));
                }
                InvitationState::Revoked => return Err(Error::Gone("error-invitation-revoked")),
            }
            Ok(Opened {
                organisation: organisation::find(c, tenant)?.name,
                person: store::person_by_email(c, &invitation.email)?,
                invitation,
            })
        })
        .await
}

fn view(ctx: &Ctx, opened: &Opened, form: FormView) -> AcceptView {
    let _ = ctx;
    AcceptView {
        form,
        organisation: opened.organisation.clone(),
        email: opened.invitation.email.clone(),
        role: opened.invitation.role,
        known: opened.person.is_some(),
        min_length: password::MIN_LENGTH,
    }
}

/// Shows who invites, as what, and the form.
async fn show(ctx: Ctx, token: Path<String>) -> Result<HttpResponse> {
    let opened = open(&ctx, &token).await?;
    let form = Form::from_pairs([("name", opened.invitation.name.clone())]).view(ctx.language);
    ctx.page(&view(&ctx, &opened, form))
}

/// Accepts: makes the account or proves the existing one, makes the membership, signs in. Who has no
/// second factor yet is led to setting it up.
async fn accept(ctx: Ctx, token: Path<String>, form: Form) -> Result<HttpResponse> {
    let opened = open(&ctx, &token).await?;
    let again = |invalid: &Invalid| {
        let mut shown = form.view_with(ctx.language, invalid);
        for secret in ["password", "password_again"] {
            shown.fields.entry(secret.into()).and_modify(|field| field.value = None);
        }
        ctx.invalid(&view(&ctx, &opened, shown))
    };
    let name = match read(&form, &opened) {
        Ok(name) => name,
        Err(invalid) => return again(&invalid),
    };
    let typed = form.value("password").to_owned();
    let hash = match &opened.person {
        Some(person) => {
            if !proves(&ctx, person.clone(), typed).await? {
                return again(&Invalid::at("password", Message::new("error-password-wrong")));
            }
            String::new()
        }
        None => hash_password(typed).await?,
    };
    let language = ctx.language.as_str();
    let Opened { invitation, person, .. } = opened;
    let arrived = ctx
        .naming(invitation.tenant_id)
        .write(move |tx, ctx| {
            use_up(tx, &invitation)?;
            let person = match person {
                Some(person) => person.id,
                None => store::create_person(
                    tx,
                    &NewPerson {
                        email: invitation.email.clone(),
                        name,
                        language,
                        password_hash: hash,
                    },
                )?,
            };
            let organisation = join(tx, &ctx.portal, person, &invitation)?;
            let proof = Proof { method: Method::Invitation, complete: false };
            arrive(tx, ctx, person, Some(organisation), proof, "/")
        })
        .await?;
    Ok(arrived.ok_or(Error::SignIn)?.answer(&ctx, "/"))
}

/// Whether a password is the one of a known account; guesses at it are counted as at signing in.
async fn proves(ctx: &Ctx, person: Person, typed: String) -> Result<bool> {
    let (id, email) = (person.id, person.email);
    let account = refused::account(&ctx.portal, &email);
    let counter = ctx
        .write(move |tx, ctx| {
            let counter = guess::counter(tx, ctx, "password", &email, Some(id))?;
            guess::attempt(tx, &counter)?;
            Ok(counter)
        })
        .await?;
    let right = verify_password(typed, person.password_hash).await?;
    let refused = Refused { method: "invitation", account, person: Some(id), reason: "wrong" };
    ctx.write(
        move |tx, _| if right { guess::right(tx, &counter) } else { refused::tell(tx, &refused) },
    )
    .await?;
    Ok(right)
}

/// Reads the form: the name, and a new password typed twice; for a known account only the password.
fn read(form: &Form, opened: &Opened) -> Result<String, Invalid> {
    let mut fields = Fields::of(form);
    if opened.person.is_some() {
        fields.check(!form.value("password").is_empty(), "password", "error-required");
        return fields.finish(|| Some(String::new()));
    }
    let name = fields.text("name", Rule::line(100));
    let words = [&opened.organisation, &opened.invitation.email, &opened.invitation.name];
    let chosen = password::chosen(form, &words.map(Clone::clone));
    for (field, message) in chosen.errors {
        fields.error(&field, message);
    }
    fields.finish(|| name)
}

/// Uses an invitation up, before anything comes of it: whoever else follows the same link at the same
/// moment is told that it was used.
fn use_up(tx: &mut Tx<'_>, invitation: &Invitation) -> Result<()> {
    if invitations::use_up(tx, invitation)? {
        Ok(())
    } else {
        Err(Error::Gone("error-invitation-used"))
    }
}

/// Makes the person a member of the right organisation; the invitation is used up already.
fn join(
    tx: &mut Tx<'_>,
    portal: &Portal,
    person: PersonId,
    invitation: &Invitation,
) -> Result<OrganisationId> {
    let organisation = match invitation.contractor_id {
        Some(contractor) => organisation_of(tx, portal, person, invitation.tenant_id, contractor)?,
        None => invitation.tenant_id,
    };
    let already = store::memberships(tx.connection, person)?
        .into_iter()
        .any(|m| m.tenant_id == organisation && m.role == invitation.role);
    if !already {
        store::create_membership(
            tx,
            organisation,
            person,
            invitation.role,
            invitation.division_id,
        )?;
    }
    ledger::append(
        tx,
        NewEntry {
            tenant_id: organisation,
            act: "member.joined",
            subject_kind: "person",
            subject_id: person.as_str(),
            entrustment_id: None,
            details: vec![("role", json!(invitation.role))],
        },
    )?;
    Ok(organisation)
}

/// The organisation of a contractor's representative: the one to which the register entry was
/// joined, the one the person already represents, or a new one out of the register entry.
fn organisation_of(
    tx: &mut Tx<'_>,
    portal: &Portal,
    person: PersonId,
    tenant: OrganisationId,
    id: ContractorId,
) -> Result<OrganisationId> {
    let registered = contractor::find(tx.connection, tenant, id)?;
    if let Some(organisation) = registered.organisation_id {
        return Ok(organisation);
    }
    let represented = store::memberships(tx.connection, person)?
        .into_iter()
        .find(|m| m.role == Role::Representative)
        .map(|m| m.tenant_id);
    let organisation = match represented {
        Some(organisation) => organisation,
        None => organisation::create(
            tx,
            &portal.secret,
            &NewOrganisation {
                kind: registered.kind,
                name: registered.name.clone(),
                name_kana: registered.name_kana.clone(),
                corporate_number: registered
                    .corporate_number
                    .as_deref()
                    .and_then(|n| n.parse().ok()),
                address: registered.address.clone(),
                phone: registered.phone.clone(),
            },
        )?,
    };
    contractor::join(tx, tenant, id, organisation)?;
    Ok(organisation)
}

/// Accepts an invitation outside a request: for the demonstration and the command line.
///
/// # Errors
/// [`Error::Forbidden`] for a member; those of the database.
pub fn accept_as_operator(
    tx: &mut Tx<'_>,
    portal: &Portal,
    link: &str,
    new: &NewPerson,
) -> Result<PersonId> {
    if !matches!(tx.actor, Actor::Operator) {
        return Err(Error::Forbidden("operator"));
    }
    let token = link.rsplit('/').next().unwrap_or_default();
    let subject = token::subject(&portal.secret, Purpose::Invitation, token, tx.now);
    let (tenant, id) = subject
        .as_deref()
        .and_then(|subject| subject.split_once('/'))
        .and_then(|(tenant, id)| Some((tenant.parse().ok()?, id.parse().ok()?)))
        .ok_or(Error::Gone("error-invitation"))?;
    let invitation =
        invitations::find(tx.connection, tenant, id)?.ok_or(Error::Gone("error-invitation"))?;
    use_up(tx, &invitation)?;
    let person = match store::person_by_email(tx.connection, &invitation.email)? {
        Some(person) => person.id,
        None => store::create_person(tx, new)?,
    };
    join(tx, portal, person, &invitation)?;
    Ok(person)
}
