//! The members of an organisation: listed, invited, and found when there is mail for them.

use std::collections::HashMap;

use actix_web::HttpResponse;
use serde::Serialize;
use serde_json::{Value, json};

use super::export::Members;
use super::invitation::{Invite, invite};
use super::model::NewPerson;
use super::store::{self, MemberRow};
use crate::actor::{Actor, DivisionId, OrganisationId, PersonId, Role};
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::ledger::{self, NewEntry};
use crate::organisation::division::{self, Division};
use crate::sheet;
use crate::web::{Access, Choice, Ctx, Fields, Form, FormView, Language, Route, Rule, View};

/// The roles to which an administrator invites.
const INVITED: &[Role] = &[Role::Administrator, Role::Officer, Role::Approver, Role::Auditor];

/// The routes of members.
pub(super) fn routes() -> Vec<Route> {
    const ADMINISTRATOR: Access = Access::Roles(&[Role::Administrator]);
    let mut routes = vec![
        Route::get("/members", ADMINISTRATOR, index),
        Route::get("/members/new", ADMINISTRATOR, new),
        Route::post("/members", ADMINISTRATOR, create),
    ];
    routes.extend(sheet::downloads::<Members>("/members.xlsx", "/members.csv", ADMINISTRATOR));
    routes
}

#[derive(Serialize)]
struct ListView {
    members: Vec<MemberRow>,
    divisions: Vec<Division>,
}

impl View for ListView {
    const TEMPLATE: &'static str = "account/members.html";
    const TITLE: &'static str = "member-list-title";
}

#[derive(Serialize)]
struct FormPage {
    form: FormView,
    roles: Vec<Choice>,
    divisions: Vec<Choice>,
}

impl View for FormPage {
    const TEMPLATE: &'static str = "account/member_form.html";
    const TITLE: &'static str = "member-form-title";
}

pub(super) fn samples() -> Vec<(&'static str, Value)> {
    vec![
        (
            ListView::TEMPLATE,
            json!({ "members": [{ "id": "0", "name": "﨑山", "email": "a@b.example", "language": "ja",
                    "role": "officer", "division_id": null }], "divisions": [] }),
        ),
        (
            FormPage::TEMPLATE,
            json!({ "form": FormView::default(), "roles": [{ "value": "officer", "label": "担当者", "hint": "" }], "divisions": [] }),
        ),
    ]
}

/// Lists the members.
async fn index(ctx: Ctx) -> Result<HttpResponse> {
    let view = ctx
        .read(|c, ctx| {
            let tenant = ctx.organisation_id()?;
            Ok(ListView {
                members: store::members(c, tenant, Role::ALL)?,
                divisions: division::list(c, tenant)?,
            })
        })
        .await?;
    ctx.page(&view)
}

async fn form_page(ctx: &Ctx, form: FormView) -> Result<FormPage> {
    let divisions = ctx.read(|c, ctx| division::list(c, ctx.organisation_id()?)).await?;
    Ok(FormPage {
        form,
        roles: Choice::words(ctx.language, "role-", INVITED),
        divisions: divisions.into_iter().map(|d| Choice::new(d.id, d.name)).collect(),
    })
}

/// Shows the empty form.
async fn new(ctx: Ctx) -> Result<HttpResponse> {
    let view = form_page(&ctx, Form::default().view(ctx.language)).await?;
    ctx.page(&view)
}

/// Invites a member.
async fn create(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    let divisions = ctx.read(|c, ctx| division::list(c, ctx.organisation_id()?)).await?;
    let mut fields = Fields::of(&form);
    let name = fields.text("name", Rule::line(100));
    let email = fields.email("email");
    let role = fields.word::<Role>("role");
    fields.check(role.is_none_or(|role| INVITED.contains(&role)), "role", "error-choose-from-list");
    let division: Option<DivisionId> = form.value("division").parse().ok();
    fields.check(
        form.value("division").is_empty()
            || division.is_some_and(|id| divisions.iter().any(|d| d.id == id)),
        "division",
        "error-choose-from-list",
    );
    let command = fields.finish(|| Some((name?, email?, role?)));
    let (name, email, role) = match command {
        Ok(command) => command,
        Err(invalid) => {
            let view = form_page(&ctx, form.view_with(ctx.language, &invalid)).await?;
            return ctx.invalid(&view);
        }
    };
    ctx.write(move |tx, ctx| {
        let member = ctx.member()?;
        let new = Invite {
            tenant_id: member.organisation_id,
            organisation_name: member.organisation_name.clone(),
            email,
            name,
            role,
            division_id: division,
            contractor_id: None,
        };
        invite(tx, &ctx.portal, &new)
    })
    .await?;
    Ok(ctx.see_other("/members", "done-invited"))
}

/// Makes an account and its membership at once: the first administrator, and the demonstration.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but the operator; [`Error::Conflict`] when the address has an account.
pub fn create_member(
    tx: &mut Tx<'_>,
    organisation: OrganisationId,
    new: &NewPerson,
    role: Role,
    division: Option<DivisionId>,
) -> Result<PersonId> {
    if !matches!(tx.actor, Actor::Operator) {
        return Err(Error::Forbidden("operator"));
    }
    if store::person_by_email(tx.connection, &new.email)?.is_some() {
        return Err(Error::Conflict("error-email-taken"));
    }
    let person = store::create_person(tx, new)?;
    store::create_membership(tx, organisation, person, role, division)?;
    ledger::append(
        tx,
        NewEntry {
            tenant_id: organisation,
            act: "member.joined",
            subject_kind: "person",
            subject_id: person.as_str(),
            entrustment_id: None,
            details: vec![("role", json!(role))],
        },
    )?;
    Ok(person)
}

/// Somebody to whom a mail goes.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// The language.
    pub language: Language,
}

/// The officers of a division (and those of no division), for notices about its entrustments.
///
/// # Errors
/// Those of the database.
pub fn recipients(
    connection: &mut Connection,
    tenant: OrganisationId,
    division: DivisionId,
) -> Result<Vec<Recipient>> {
    let officers = store::members(connection, tenant, &[Role::Officer])?;
    Ok(officers
        .into_iter()
        .filter(|m| m.division_id.is_none_or(|d| d == division))
        .map(recipient)
        .collect())
}

/// The representatives of a contractor's organisation.
///
/// # Errors
/// Those of the database.
pub fn recipients_of_contractor(
    connection: &mut Connection,
    organisation: OrganisationId,
) -> Result<Vec<Recipient>> {
    Ok(store::members(connection, organisation, &[Role::Representative])?
        .into_iter()
        .map(recipient)
        .collect())
}

/// The representatives of several contractors' organisations, in one query.
///
/// # Errors
/// Those of the database.
pub fn recipients_of_contractors(
    connection: &mut Connection,
    organisations: &[OrganisationId],
) -> Result<HashMap<OrganisationId, Vec<Recipient>>> {
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for member in members_of(connection, organisations, &[Role::Representative])? {
        found.entry(member.organisation_id).or_default().push(member.recipient);
    }
    Ok(found)
}

fn recipient(member: MemberRow) -> Recipient {
    Recipient {
        name: member.name,
        email: member.email,
        language: member.language.parse().unwrap_or_default(),
    }
}

/// A member to whom mail may go.
#[derive(Clone, Debug)]
pub struct Member {
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// The division, for those who see only one.
    pub division_id: Option<DivisionId>,
    /// The role.
    pub role: Role,
    /// Name, address and language.
    pub recipient: Recipient,
}

/// The members of several organisations in some roles, in one query: for what writes to many.
///
/// # Errors
/// Those of the database.
pub fn members_of(
    connection: &mut Connection,
    organisations: &[OrganisationId],
    roles: &[Role],
) -> Result<Vec<Member>> {
    let rows = store::members_of(connection, organisations, roles)?;
    Ok(rows
        .into_iter()
        .map(|(organisation_id, division_id, role, name, email, language)| Member {
            organisation_id,
            division_id,
            role,
            recipient: Recipient { name, email, language: language.parse().unwrap_or_default() },
        })
        .collect())
}
