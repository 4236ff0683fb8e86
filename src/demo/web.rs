//! The pages of the demonstration: whom to sign in as, and the mailbox.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Serialize;
use serde_json::{Value, json};

use super::story::Story;
use crate::account;
use crate::actor::PersonId;
use crate::error::{Error, Result};
use crate::notice::{self, Mail};
use crate::web::{Access, Ctx, Form, Language, Route, View};

/// Mails that the mailbox shows.
const NEWEST: i64 = 100;

/// The routes of the demonstration.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/demo", Access::Public, people),
        Route::post("/demo/sign-in/{person}", Access::Public, sign_in).without_entry(),
        Route::get("/demo/mailbox", Access::Public, mailbox),
        Route::get("/demo/mailbox/{id}", Access::Public, mail),
    ]
}

/// Somebody to sign in as.
#[derive(Clone, Debug, Serialize)]
pub struct Player {
    /// The person.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// The organisation's name.
    pub organisation: String,
    /// The role.
    pub role: crate::actor::Role,
}

#[derive(Serialize)]
struct PeopleView {
    players: Vec<Player>,
}

impl View for PeopleView {
    const TEMPLATE: &'static str = "demo/people.html";
    const TITLE: &'static str = "demo-title";
}

#[derive(Serialize)]
struct MailboxView {
    mails: Vec<Mail>,
}

impl View for MailboxView {
    const TEMPLATE: &'static str = "demo/mailbox.html";
    const TITLE: &'static str = "demo-mailbox-title";
}

#[derive(Serialize)]
struct MailView {
    mail: Mail,
    link: Option<String>,
}

impl View for MailView {
    const TEMPLATE: &'static str = "demo/mail.html";
    const TITLE: &'static str = "demo-mailbox-title";

    fn title(&self, _: Language) -> String {
        self.mail.subject.clone()
    }
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, Value)> {
    let mail = json!({ "id": "0", "kind": "invitation", "to_address": "a@b.example", "to_name": "髙橋", "subject": "招待",
        "text_body": "本文", "created_at": "2026-04-01T00:00:00" });
    vec![
        (
            PeopleView::TEMPLATE,
            json!({ "players": [{ "id": "0", "name": "﨑山", "organisation": "青波県", "role": "officer" }] }),
        ),
        (MailboxView::TEMPLATE, json!({ "mails": [mail] })),
        (MailboxView::TEMPLATE, json!({ "mails": [] })),
        (MailView::TEMPLATE, json!({ "mail": mail, "link": "/invitation/x" })),
    ]
}

/// Shows whom one can sign in as.
async fn people(ctx: Ctx, story: Data<Story>) -> Result<HttpResponse> {
    ctx.page(&PeopleView { players: story.players.clone() })
}

/// Signs in as one of the players.
async fn sign_in(
    ctx: Ctx,
    person: Path<PersonId>,
    story: Data<Story>,
    _form: Form,
) -> Result<HttpResponse> {
    let person = person.into_inner();
    if !ctx.portal.settings.demo || !story.players.iter().any(|player| player.id == person) {
        return Err(Error::NotFound);
    }
    let cookie = ctx.write(move |tx, ctx| account::open_session(tx, &ctx.portal, person)).await?;
    let mut answer = ctx.see_other("/", "");
    let _ = answer.add_cookie(&cookie);
    Ok(answer)
}

/// Lists the newest mails.
async fn mailbox(ctx: Ctx) -> Result<HttpResponse> {
    let mails = ctx.read(|c, _| notice::outbox(c, NEWEST)).await?;
    ctx.page(&MailboxView { mails })
}

/// Shows a mail with its link.
async fn mail(ctx: Ctx, id: Path<String>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let mails = ctx.read(|c, _| notice::outbox(c, NEWEST)).await?;
    let mail = mails.into_iter().find(|mail| mail.id == id).ok_or(Error::NotFound)?;
    let link = mail
        .text_body
        .split_whitespace()
        .find_map(|word| word.strip_prefix(ctx.portal.settings.base_url.as_str()))
        .map(str::to_owned);
    ctx.page(&MailView { mail, link })
}
