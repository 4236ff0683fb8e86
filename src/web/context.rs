//! The context of a request: who, when, in which language, and the only way to the database.

use actix_web::dev::Payload;
use actix_web::http::{StatusCode, header};
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, HttpResponse, web};
use chrono::Duration;
use serde::Serialize;
use std::future::{Ready, ready};
use std::sync::Arc;

use super::client::Client;
use super::cookie;
use super::locale;
use super::session_name::SessionName;
use super::templates;
use super::{Language, Portal};
use crate::actor::{Actor, Member, OrganisationId, Role};
use crate::clock::Timestamp;
use crate::database::{Connection, Scope, Tx};
use crate::error::{Error, Result};
use crate::event::Origin;

/// What a page shows: serialised for its template.
pub trait View: Serialize {
    /// The template's name.
    const TEMPLATE: &'static str;
    /// The key of the page's title.
    const TITLE: &'static str;

    /// The page's title in the reader's language.
    fn title(&self, language: Language) -> String {
        locale::text(language, Self::TITLE)
    }
}

/// A request's context. Made by the guard for every request, and by jobs and commands for theirs.
#[derive(Clone, Debug)]
pub struct Ctx {
    /// The running portal.
    pub portal: Portal,
    /// Who acts.
    pub actor: Actor,
    /// When the request came.
    pub now: Timestamp,
    /// The language of the reader.
    pub language: Language,
    /// The path of the request.
    pub path: String,
    /// Its query.
    pub query: String,
    /// The key of a message to show once.
    pub flash: Option<String>,
    /// The CSRF token of this sign-in or visitor.
    pub csrf: String,
    /// The same from older keys of the secret, for forms that were open when it was rotated.
    pub older_csrf: Vec<String>,
    /// The session that the browser's cookie names, where it counts.
    pub session: Option<SessionName>,
    /// From where the request came.
    pub client: Client,
    /// Whose rows it may see and change.
    pub scope: Scope,
    /// The same as events tell it.
    pub origin: Arc<Origin>,
    /// The values of the cookies that only some pages ask for: a sign-in under way, a known browser.
    pub kept: Kept,
    /// When the session ends; nothing without one.
    pub ends: Option<Ends>,
}

/// When a session ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends {
    /// If it isn't used any more.
    pub idle: Timestamp,
    /// Used or not.
    pub at_last: Timestamp,
    /// For how long it may stay unused.
    pub unused: Duration,
}

/// Cookies that name something beside the session.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// The token of a sign-in that waits for its second factor.
    pub sign_in: Option<String>,
    /// The token of a browser from which somebody has signed in before.
    pub device: Option<String>,
}

impl Ctx {
    /// A context outside a request, for jobs, commands and the demonstration.
    #[must_use]
    pub fn outside(portal: Portal, actor: Actor, language: Language) -> Self {
        let now = portal.clock.now();
        Self {
            portal,
            scope: Scope::of(&actor),
            actor,
            now,
            language,
            path: String::new(),
            query: String::new(),
            flash: None,
            csrf: String::new(),
            older_csrf: Vec::new(),
            session: None,
            client: Client::default(),
            kept: Kept::default(),
            ends: None,
            origin: Arc::default(),
        }
    }

    /// The same at another moment and for another actor: for the demonstration, which tells a story.
    #[must_use]
    pub fn at(&self, now: Timestamp, actor: Actor) -> Self {
        Self { scope: Scope::of(&actor), actor, now, ..self.clone() }
    }

    /// The same with the rows of the organisation that a signed token names.
    #[must_use]
    pub fn naming(&self, tenant: OrganisationId) -> Self {
        Self { scope: self.scope.clone().with_tenant(tenant), ..self.clone() }
    }

    /// The same with all that the member's own account has, in whichever organisation.
    #[must_use]
    pub fn with_own_account(&self) -> Self {
        Self { scope: self.scope.clone().with_accounts(), ..self.clone() }
    }

    /// The member who is signed in.
    ///
    /// # Errors
    /// [`Error::SignIn`] when nobody is.
    pub fn member(&self) -> Result<&Member> {
        self.actor.member().ok_or(Error::SignIn)
    }

    /// Whose eyes are read with: the member's, or of a program those of its token's maker.
    ///
    /// # Errors
    /// [`Error::SignIn`] when it is nobody.
    pub fn viewer(&self) -> Result<&Member> {
        self.actor.viewer().ok_or(Error::SignIn)
    }

    /// The organisation for which the member acts.
    ///
    /// # Errors
    /// [`Error::SignIn`] when nobody is signed in.
    pub fn organisation_id(&self) -> Result<OrganisationId> {
        Ok(self.member()?.organisation_id)
    }

    /// Reads from the database, off the async workers.
    ///
    /// # Errors
    /// Those of `work`, and [`Error::Unavailable`] when no connection becomes free.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection, &Self) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let ctx = self.clone();
        block(move || ctx.read_now(work)).await
    }

    /// Writes in one transaction, off the async workers: all of `work` is kept, or nothing.
    ///
    /// # Errors
    /// Those of `work`.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Tx<'_>, &Self) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let ctx = self.clone();
        block(move || ctx.write_now(work)).await
    }

    /// [`Self::read`] on this thread, for commands and jobs.
    ///
    /// # Errors
    /// Those of `work`.
    pub fn read_now<T>(&self, work: impl FnOnce(&mut Connection, &Self) -> Result<T>) -> Result<T> {
        let mut loan = self.portal.database.reader(&self.scope)?;
        work(&mut loan, self)
    }

    /// [`Self::write`] on this thread, for commands and jobs.
    ///
    /// # Errors
    /// Those of `work`.
    pub fn write_now<T>(&self, work: impl FnOnce(&mut Tx<'_>, &Self) -> Result<T>) -> Result<T> {
        let Self { portal, scope, origin, actor, now, language, .. } = self;
        portal.database.write_in(scope, origin, actor, *now, *language, |tx| work(tx, self))
    }

    /// The message of `key` in the reader's language.
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        locale::text(self.language, key)
    }

    /// Whether `token` is this session's or visitor's CSRF token.
    #[must_use]
    pub fn csrf_matches(&self, token: &str) -> bool {
        use subtle::ConstantTimeEq as _;
        unmask(token).is_some_and(|token| {
            let same = |own: &String| own.as_bytes().ct_eq(token.as_bytes()).into();
            !self.csrf.is_empty() && (same(&self.csrf) || self.older_csrf.iter().any(same))
        })
    }

    /// The page of `view`.
    ///
    /// # Errors
    /// [`Error::Internal`] when the template fails.
    pub fn page<V: View>(&self, view: &V) -> Result<HttpResponse> {
        self.page_with(StatusCode::OK, view)
    }

    /// The page of `view` again, with the errors of its form: 422.
    ///
    /// # Errors
    /// [`Error::Internal`] when the template fails.
    pub fn invalid<V: View>(&self, view: &V) -> Result<HttpResponse> {
        self.page_with(StatusCode::UNPROCESSABLE_ENTITY, view)
    }

    /// The page of `view` with a status.
    ///
    /// # Errors
    /// [`Error::Internal`] when the template fails.
    pub fn page_with<V: View>(&self, status: StatusCode, view: &V) -> Result<HttpResponse> {
        let html = self.render(V::TEMPLATE, view.title(self.language), view)?;
        let mut answer = HttpResponse::build(status);
        answer.content_type("text/html; charset=utf-8");
        if self.flash.is_some() {
            answer.cookie(cookie::remove(cookie::Name::Flash, &self.portal.settings));
        }
        Ok(answer.body(html))
    }

    /// The HTML of a template with a view and the frame of the page.
    ///
    /// # Errors
    /// [`Error::Internal`] when the template fails.
    pub fn render(&self, template: &str, title: String, view: &impl Serialize) -> Result<String> {
        let framed = Framed { lang: self.language, page: Frame::of(self, title), view };
        templates::render(template, &framed).map_err(|error| {
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            Error::Internal(format!("{error}: {}", cause.unwrap_or_default()))
        })
    }

    /// 303 to another page of ours, with a message to show there: the key of one, or empty.
    #[must_use]
    pub fn see_other(&self, to: &str, message: &'static str) -> HttpResponse {
        let mut answer = HttpResponse::SeeOther();
        answer.insert_header((header::LOCATION, to));
        if !message.is_empty() {
            answer.cookie(cookie::make(
                cookie::Name::Flash,
                message.to_owned(),
                &self.portal.settings,
            ));
        }
        answer.finish()
    }
}

/// The CSRF token as a page carries it: under a new mask every time, so that what is typed into a
/// compressed page can't be used to guess it (BREACH).
fn mask(token: &str) -> String {
    let mask: [u8; 32] = rand::random();
    let masked: Vec<u8> =
        hex::decode(token).unwrap_or_default().iter().zip(mask).map(|(a, b)| a ^ b).collect();
    hex::encode(mask) + &hex::encode(masked)
}

/// The token under its mask.
fn unmask(text: &str) -> Option<String> {
    let (mask, masked) = text.split_at_checked(64)?;
    let (mask, masked) = (hex::decode(mask).ok()?, hex::decode(masked).ok()?);
    Some(hex::encode(mask.iter().zip(masked).map(|(a, b)| a ^ b).collect::<Vec<u8>>()))
}

/// Runs blocking work off the async workers.
async fn block<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    match web::block(work).await {
        Ok(result) => result,
        Err(_) => Err(Error::Unavailable("the workers are busy".into())),
    }
}

#[derive(Serialize)]
struct Framed<'a, V: Serialize> {
    lang: Language,
    page: Frame,
    #[serde(flatten)]
    view: &'a V,
}

/// What every page shows around its content.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    title: String,
    path: String,
    query: String,
    csrf: String,
    demo: bool,
    person: Option<PersonView>,
    nav: Vec<NavItem>,
    flash: Option<FlashView>,
    session: Option<SessionView>,
    version: &'static str,
}

/// When the session ends, for the script that warns before: in seconds from now.
#[derive(Clone, Debug, Serialize)]
struct SessionView {
    /// Until it ends if it isn't used.
    idle: i64,
    /// For how long it may stay unused.
    unused: i64,
    /// Until it ends, used or not.
    rest: i64,
    /// How long before the end the warning comes.
    warning: i64,
}

/// The longest time before a session's end at which the warning comes.
const WARNING: Duration = Duration::minutes(5);

impl SessionView {
    fn of(ends: &Ends, now: Timestamp) -> Self {
        Self {
            idle: (ends.idle - now).num_seconds(),
            unused: ends.unused.num_seconds(),
            rest: (ends.at_last - now).num_seconds(),
            // Of a short session a part, so that the page isn't always warning.
            warning: WARNING.min(ends.unused / 4).num_seconds(),
        }
    }
}

#[derive(Clone, Debug, Serialize)]
struct PersonView {
    /// The person's id, by which what is kept in the browser is told apart.
    id: String,
    name: String,
    organisation: String,
    role: &'static str,
    role_label: String,
    initials: String,
    /// Whether there is another organisation to go over to.
    elsewhere: bool,
}

#[derive(Clone, Debug, Serialize)]
struct NavItem {
    href: &'static str,
    label: String,
    current: bool,
}

#[derive(Clone, Debug, Serialize)]
struct FlashView {
    tone: &'static str,
    text: String,
}

impl Frame {
    fn of(ctx: &Ctx, title: String) -> Self {
        let person = ctx.actor.member().map(|member| PersonView {
            id: member.person_id.to_string(),
            name: member.name.clone(),
            organisation: member.organisation_name.clone(),
            role: member.role.as_str(),
            role_label: ctx.text(&format!("role-{}", member.role)),
            initials: member.name.chars().take(1).collect(),
            elsewhere: member.elsewhere,
        });
        let nav = ctx.actor.member().map_or_else(Vec::new, |m| navigation(ctx, m.role));
        let flash = ctx
            .flash
            .as_deref()
            .filter(|key| locale::has(ctx.language, key))
            .map(|key| FlashView { tone: "good", text: ctx.text(key) });
        Self {
            title,
            path: ctx.path.clone(),
            query: ctx.query.clone(),
            csrf: mask(&ctx.csrf),
            demo: ctx.portal.settings.demo,
            person,
            nav,
            flash,
            session: ctx.ends.as_ref().map(|ends| SessionView::of(ends, ctx.now)),
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}

/// The entries of the navigation for a role; the words are in `common.ftl`.
fn navigation(ctx: &Ctx, role: Role) -> Vec<NavItem> {
    let mut entries = vec![("/", "nav-home"), ("/entrustments", "nav-entrustments")];
    if role == Role::Auditor {
        entries.push(("/auditor-access", "nav-auditor-access"));
    } else if role.is_principal() {
        entries.push(("/contractors", "nav-contractors"));
    }
    entries.push(("/questionnaires", "nav-questionnaires"));
    if role != Role::Auditor {
        entries.push(("/received-hand-overs", "nav-received"));
    }
    entries.push(("/findings", "nav-findings"));
    entries.push(("/incidents", "nav-incidents"));
    entries.push(("/near-misses", "nav-near-misses"));
    if role.is_principal() {
        entries.push(("/inspections", "nav-inspections"));
    }
    if role == Role::Administrator {
        entries.extend([
            ("/templates", "nav-templates"),
            ("/divisions", "nav-divisions"),
            ("/members", "nav-members"),
        ]);
    }
    if role == Role::Representative {
        entries.push(("/members", "nav-members"));
    }
    entries
        .into_iter()
        .map(|(href, key)| NavItem {
            href,
            label: ctx.text(key),
            current: if href == "/" { ctx.path == "/" } else { ctx.path.starts_with(href) },
        })
        .collect()
}

impl FromRequest for Ctx {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let ctx = request.extensions().get::<Self>().cloned();
        ready(ctx.ok_or_else(|| Error::internal("the guard made no context")))
    }
}
