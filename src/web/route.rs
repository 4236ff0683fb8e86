//! The route table: from it the server is built, requests are let in, and `azukari routes` prints.

use std::fmt;

use actix_web::guard::fn_guard;
use actix_web::http::Method as HttpMethod;
use actix_web::{FromRequest, Handler, Responder, web};
use serde::{Serialize, Serializer};

use super::form::MAX_FORM;
use super::upload::Upload;
use crate::actor::{ApiScope, Role};

/// Who may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Any member who is signed in.
    Session,
    /// Members in one of these roles.
    Roles(&'static [Role]),
    /// Programs whose token has this scope, and nobody else: no cookie counts here.
    Token(ApiScope),
}

/// The methods that routes use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// Shows something.
    Get,
    /// Does something.
    Post,
    /// Says about something what showing it would say, without it.
    Head,
    /// Says what can be done.
    Options,
    /// Adds to something.
    Patch,
    /// Takes something away.
    Delete,
}

impl Method {
    /// The method's name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// Whether it only reads.
    #[must_use]
    pub fn is_safe(self) -> bool {
        matches!(self, Self::Get | Self::Head | Self::Options)
    }

    /// The same as the server knows it.
    fn http(self) -> HttpMethod {
        match self {
            Self::Get => HttpMethod::GET,
            Self::Post => HttpMethod::POST,
            Self::Head => HttpMethod::HEAD,
            Self::Options => HttpMethod::OPTIONS,
            Self::Patch => HttpMethod::PATCH,
            Self::Delete => HttpMethod::DELETE,
        }
    }
}

/// That a request was held against its row of the route table: a handler answers no other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known;

type Make = Box<dyn Fn() -> actix_web::Route + Send + Sync>;

/// One route of the portal.
#[expect(clippy::struct_excessive_bools, reason = "what a route is, one by one")]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path pattern, with names in braces.
    pub path: &'static str,
    /// Who may call it.
    pub access: Access,
    /// Whether it changes something that the ledger tells of.
    pub changes: bool,
    /// Most bytes of a request's body.
    pub limit: usize,
    /// Whether it takes so much work that it is counted how often it is asked.
    pub costly: bool,
    /// Whether its handler reads a form with a file.
    pub takes_file: bool,
    /// Whether it takes requests from wherever they come: it knows no session and keeps nothing.
    pub any_origin: bool,
    /// Whether it is open to a member who still has to set up a second factor.
    pub while_enrolling: bool,
    /// Whether the member must have proved a moment ago to be who it is.
    pub stepped_up: bool,
    make: Make,
}

impl Route {
    /// A route that shows something.
    pub fn get<F, A>(path: &'static str, access: Access, handler: F) -> Self
    where
        F: Handler<A> + Send + Sync,
        A: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        Self::on(Method::Get, path, access, handler)
    }

    /// A route that changes something.
    pub fn post<F, A>(path: &'static str, access: Access, handler: F) -> Self
    where
        F: Handler<A> + Send + Sync,
        A: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        Self::on(Method::Post, path, access, handler)
    }

    /// A route of any method: for protocols that have more than a browser's forms.
    pub fn on<F, A>(method: Method, path: &'static str, access: Access, handler: F) -> Self
    where
        F: Handler<A> + Send + Sync,
        A: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        let known = || fn_guard(|context| context.req_data().contains::<Known>());
        let make = Box::new(move || web::method(method.http()).guard(known()).to(handler.clone()));
        Self::new::<A>(method, path, access, make)
    }

    fn new<A>(method: Method, path: &'static str, access: Access, make: Make) -> Self {
        // The handler's arguments are a tuple: their names tell what the handler reads.
        let takes_file = std::any::type_name::<A>().contains(std::any::type_name::<Upload>());
        let changes = !method.is_safe();
        Self {
            method,
            path,
            access,
            changes,
            limit: MAX_FORM,
            costly: false,
            takes_file,
            any_origin: false,
            while_enrolling: false,
            stepped_up: false,
            make,
        }
    }

    /// Takes bodies of at most `bytes`; otherwise it is [`MAX_FORM`].
    #[must_use]
    pub fn limit(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    /// Takes requests from wherever they come: for what knows no session and keeps nothing.
    #[must_use]
    pub fn from_any_origin(mut self) -> Self {
        self.any_origin = true;
        self
    }

    /// Marks a route that takes so much work that it is counted how often a session and an address ask.
    #[must_use]
    pub fn costly(mut self) -> Self {
        self.costly = true;
        self
    }

    /// Marks a route that changes nothing the ledger would tell of (signing in, choosing a language).
    #[must_use]
    pub fn without_entry(mut self) -> Self {
        self.changes = false;
        self
    }

    /// Opens the route to members who still have to set up a second factor.
    #[must_use]
    pub fn while_enrolling(mut self) -> Self {
        self.while_enrolling = true;
        self
    }

    /// Asks for a fresh proof before what can't be undone, or hands out everything (ASVS 7.5.3).
    #[must_use]
    pub fn stepped_up(mut self) -> Self {
        self.stepped_up = true;
        self
    }

    /// The route for one actix worker.
    #[must_use]
    pub fn build(&self) -> actix_web::Route {
        (self.make)()
    }

    /// Who may call it, in words: `public`, `session`, role names, or `token` and a scope.
    #[must_use]
    pub fn who(&self) -> Vec<&'static str> {
        match self.access {
            Access::Public => vec!["public"],
            Access::Session => vec!["session"],
            Access::Roles(roles) => roles.iter().map(|role| role.as_str()).collect(),
            Access::Token(scope) => vec!["token", scope.as_str()],
        }
    }
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {:?}", self.method.as_str(), self.path, self.who())
    }
}

impl Serialize for Route {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;
        let mut row = serializer.serialize_struct("Route", 7)?;
        row.serialize_field("method", self.method.as_str())?;
        row.serialize_field("path", self.path)?;
        row.serialize_field("who", &self.who())?;
        row.serialize_field("changes", &self.changes)?;
        row.serialize_field("limit", &self.limit)?;
        row.serialize_field("costly", &self.costly)?;
        row.serialize_field("stepped_up", &self.stepped_up)?;
        row.end()
    }
}
