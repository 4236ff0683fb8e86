//! What follows a proof that stands for a person: the session, or the question for the second factor.

use actix_web::HttpResponse;
use actix_web::cookie::Cookie;
use chrono::Duration;
use serde_json::json;

use super::arrival_store::{self as rows, Pending, SignInId};
use super::store::{self, Membership};
use super::{device, factor};
use crate::actor::{OrganisationId, PersonId, SessionId};
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::event;
use crate::ledger::{self, NewEntry};
use crate::organisation;
use crate::web::cookie::{self, Name};
use crate::web::token::{self, Purpose};
use crate::web::{Ctx, Portal, SessionName};
use crate::word_type;

/// How long the second factor is waited for (ASVS 5.0, 6.5.5: at most ten minutes).
const WAIT: Duration = Duration::minutes(10);
/// What the ledger calls a sign-in.
const OPENED: &str = "session.opened";
/// What it calls a session that goes on under a new id.
const RENEWED: &str = "session.renewed";

word_type! {
    /// By what a session was opened.
    Method {
        /// Mail address and password.
        Password = "password",
        /// A passkey, which proves possession and the person at once.
        Passkey = "passkey",
        /// A link by mail.
        Link = "link",
        /// The organisation's identity provider.
        Identity = "identity",
        /// An invitation that was accepted.
        Invitation = "invitation",
        /// The operator, for the demonstration.
        Operator = "operator",
    }
}

/// What a person has proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Proof {
    /// By what.
    pub method: Method,
    /// Whether that is as good as two factors.
    pub complete: bool,
}

/// A session that was opened, or a sign-in that waits for the second factor.
pub(super) struct Arrival {
    cookies: Vec<Cookie<'static>>,
    to: Option<&'static str>,
}

impl Arrival {
    /// Leads on: to `next` with the session, or to the question for the second factor.
    pub(super) fn answer(self, ctx: &Ctx, next: &str) -> HttpResponse {
        let mut answer = ctx.see_other(self.to.unwrap_or(next), "");
        self.give(&mut answer);
        answer
    }

    /// The same with a message to show there.
    pub(super) fn answer_with(self, ctx: &Ctx, to: &str, message: &'static str) -> HttpResponse {
        let mut answer = ctx.see_other(to, message);
        self.give(&mut answer);
        answer
    }

    /// Puts the cookies on an answer.
    pub(super) fn give(self, answer: &mut HttpResponse) {
        for cookie in &self.cookies {
            // The values are tokens of our own making: they always fit a header.
            let _ = answer.add_cookie(cookie);
        }
    }
}

/// Goes on from a proof: in `tenant`, or in the first organisation; `None` for a member of nothing.
pub(super) fn arrive(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    person: PersonId,
    tenant: Option<OrganisationId>,
    proof: Proof,
    next: &str,
) -> Result<Option<Arrival>> {
    let all = store::memberships(tx.connection, person)?;
    let of = all.into_iter().find(|m| tenant.is_none_or(|tenant| m.tenant_id == tenant));
    let Some(of) = of else { return Ok(None) };
    if proof.complete || !factor::ways(tx.connection, person)?.any() {
        return enter(tx, ctx, person, of, proof).map(|(arrival, _)| Some(arrival));
    }
    let id = rows::begin(tx, person, of, proof.method, next, WAIT)?;
    let expires = tx.now + WAIT;
    let secret = &ctx.portal.secret;
    let token = token::issue(secret, Purpose::SignIn, id.as_str(), tx.now, expires)?;
    let cookie = cookie::make(Name::SignIn, token, &ctx.portal.settings);
    Ok(Some(Arrival { cookies: vec![cookie], to: Some("/sign-in/second") }))
}

/// The sign-in that the browser's cookie names, as long as it waits.
pub(super) async fn pending(ctx: &Ctx) -> Result<Pending> {
    let named = ctx.kept.sign_in.as_deref().and_then(|token| {
        token::subject(&ctx.portal.secret, Purpose::SignIn, token, ctx.now)?.parse().ok()
    });
    let id: SignInId = named.ok_or(Error::SignIn)?;
    ctx.read(move |c, ctx| rows::find(c, id, ctx.now)?.ok_or(Error::SignIn)).await
}

/// Opens the session of a sign-in whose second factor has been proved; the row counts once.
pub(super) fn complete(tx: &mut Tx<'_>, ctx: &Ctx, pending: &Pending) -> Result<Arrival> {
    if !rows::use_up(tx, pending.id)? {
        return Err(Error::SignIn);
    }
    let all = store::memberships(tx.connection, pending.person_id)?;
    let of = all.into_iter().find(|m| m.id == pending.membership_id).ok_or(Error::SignIn)?;
    let proof = Proof { method: pending.method, complete: true };
    let (mut arrival, _) = enter(tx, ctx, pending.person_id, of, proof)?;
    arrival.cookies.push(cookie::remove(Name::SignIn, &ctx.portal.settings));
    Ok(arrival)
}

/// Opens a session in a membership, from the browser of this request. Those in other memberships end.
pub(super) fn enter(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    person: PersonId,
    of: Membership,
    proof: Proof,
) -> Result<(Arrival, SessionId)> {
    enter_as(tx, ctx, person, of, proof, None)
}

/// Goes on in a new session, for a member who has just proved anew to be who it is; forms that are open
/// in other tabs stay good.
pub(super) fn go_on(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    person: PersonId,
    of: Membership,
    proof: Proof,
) -> Result<(Arrival, SessionId)> {
    let first = ctx.session.ok_or(Error::SignIn)?.first;
    enter_as(tx, ctx, person, of, proof, Some(first))
}

fn enter_as(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    person: PersonId,
    of: Membership,
    proof: Proof,
    renewed: Option<SessionId>,
) -> Result<(Arrival, SessionId)> {
    rows::end_elsewhere(tx, person, of)?;
    let known = device::recognise(tx, ctx, person, proof.method)?;
    let (cookie, session) = open_as(tx, &ctx.portal, person, of, proof, renewed)?;
    rows::place(tx, session, &device::network(ctx), &ctx.client.agent)?;
    Ok((Arrival { cookies: vec![cookie, known], to: None }, session))
}

/// Puts a session into another membership of the same person: under a new id, with what was proved
/// and when, and for no longer than the old one. Nobody acts in two memberships at once.
pub(super) fn switch(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    person: PersonId,
    old: SessionId,
    of: Membership,
) -> Result<Arrival> {
    let kept = rows::kept(tx.connection, old)?;
    let proof = rows::replace(tx, old)?;
    rows::end_elsewhere(tx, person, of)?;
    let (cookie, session) = open(tx, &ctx.portal, person, of, proof)?;
    rows::carry_over(tx, session, kept)?;
    rows::place(tx, session, &device::network(ctx), &ctx.client.agent)?;
    Ok(Arrival { cookies: vec![cookie], to: None })
}

/// Opens a session for a person's membership and gives its cookie and id.
pub(super) fn open(
    tx: &mut Tx<'_>,
    portal: &Portal,
    person: PersonId,
    of: Membership,
    proof: Proof,
) -> Result<(Cookie<'static>, SessionId)> {
    open_as(tx, portal, person, of, proof, None)
}

fn open_as(
    tx: &mut Tx<'_>,
    portal: &Portal,
    person: PersonId,
    of: Membership,
    proof: Proof,
    renewed: Option<SessionId>,
) -> Result<(Cookie<'static>, SessionId)> {
    let rules = organisation::access_rules(tx.connection, of.tenant_id)?;
    let life = Duration::hours(i64::from(rules.session_hours));
    let session = store::create_session(tx, person, of, life)?;
    rows::prove(tx, session, proof)?;
    ledger::append(
        tx,
        NewEntry {
            tenant_id: of.tenant_id,
            act: if renewed.is_some() { RENEWED } else { OPENED },
            subject_kind: "person",
            subject_id: person.as_str(),
            entrustment_id: None,
            details: vec![
                ("role", json!(of.role)),
                ("method", json!(proof.method)),
                ("second_factor", json!(proof.complete)),
                ("session", json!(event::session_key(session))),
            ],
        },
    )?;
    let expires = tx.now + life;
    let name = SessionName { id: session, first: renewed.unwrap_or(session) };
    let name = name.to_string();
    let token = token::issue(&portal.secret, Purpose::Session, &name, tx.now, expires)?;
    Ok((cookie::make(Name::Session, token, &portal.settings), session))
}
