//! Who acts: a member of an organisation, a program with a token, the portal itself, or the command
//! line.

use chrono::NaiveDate;
use serde::Serialize;

use crate::clock::Timestamp;
use crate::{id_type, word_type};

id_type! {
    /// The id of an organisation (組織); as `tenant_id` the owner of a row.
    OrganisationId
}
id_type! {
    /// The id of a division (所管課) of a principal.
    DivisionId
}
id_type! {
    /// The id of a person (利用者), who may be a member of several organisations.
    PersonId
}
id_type! {
    /// The id of a membership: one person in one organisation in one role.
    MembershipId
}
id_type! {
    /// The id of a session.
    SessionId
}
id_type! {
    /// The id of an API token.
    ApiTokenId
}

word_type! {
    /// What a member is in an organisation (役割).
    Role {
        /// Administrator (管理者) of a principal: people, divisions, templates, and all entrustments.
        Administrator = "administrator",
        /// Officer (担当者): the entrustments of the own division, or of all when none is named.
        Officer = "officer",
        /// Approver (承認者): sees all entrustments of the principal and approves.
        Approver = "approver",
        /// Auditor (監査人): reads and downloads the entrustments that are named, from – until.
        Auditor = "auditor",
        /// Representative (責任者) of a contractor: answers and attests.
        Representative = "representative",
        /// Handler (従事者) of a contractor: answers.
        Handler = "handler",
    }
}

impl Role {
    /// Whether the role is one on the principal's side.
    #[must_use]
    pub fn is_principal(self) -> bool {
        !matches!(self, Self::Representative | Self::Handler)
    }
}

word_type! {
    /// What a program may do with an API token. A word is here only when a route asks for it.
    ApiScope {
        /// Reading entrustments.
        ReadEntrustments = "read_entrustments",
        /// Reading the audit records that were issued.
        ReadRecords = "read_records",
    }
}

/// A member who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Member {
    /// The person.
    pub person_id: PersonId,
    /// The person's name as typed.
    pub name: String,
    /// The membership in which the person acts.
    pub membership_id: MembershipId,
    /// The organisation in which the person acts.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// The role in it.
    pub role: Role,
    /// The division, for those who see only one.
    pub division_id: Option<DivisionId>,
    /// The session.
    pub session_id: SessionId,
    /// Whether a second factor is demanded of the member and none was proved: then only the pages on
    /// which one is set up are open.
    pub enrolling: bool,
    /// When the member last proved to be who it is, with all that is demanded.
    pub proved_at: Option<Timestamp>,
    /// The day of the request in Japan: by it an auditor's access begins, and ends at midnight.
    pub today: NaiveDate,
    /// Whether the person is a member of other organisations too.
    pub elsewhere: bool,
    /// For a contractor's people, the principals whose registers name the organisation: their rows
    /// are within reach too, as far as each query lets them be seen.
    pub tenants: Vec<OrganisationId>,
}

/// A program of an organisation, which showed an API token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// The token's id.
    pub id: ApiTokenId,
    /// The name that was given to it.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<ApiScope>,
    /// Who made it. The program sees what that member sees, and does nothing in its name.
    pub maker: Member,
    /// Whether this is the first use of the day.
    pub first_today: bool,
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A member who is signed in.
    Member(Box<Member>),
    /// A program of an organisation.
    Token(Box<ApiToken>),
    /// Somebody who is not signed in, on a public page.
    Visitor,
    /// The portal by itself: reminders, sending.
    System,
    /// The operator at the command line.
    Operator,
}

impl Actor {
    /// The member, if a member acts.
    #[must_use]
    pub fn member(&self) -> Option<&Member> {
        match self {
            Self::Member(member) => Some(member),
            _ => None,
        }
    }

    /// The program, if one acts.
    #[must_use]
    pub fn token(&self) -> Option<&ApiToken> {
        match self {
            Self::Token(token) => Some(token),
            _ => None,
        }
    }

    /// Whose eyes the actor reads with: the member's own, or of a program those of whoever made
    /// its token. For reading alone: what changes something asks for [`Self::member`].
    #[must_use]
    pub fn viewer(&self) -> Option<&Member> {
        self.member().or_else(|| self.token().map(|token| &token.maker))
    }

    /// The organisation for which the actor acts, if it acts for one.
    #[must_use]
    pub fn organisation_id(&self) -> Option<OrganisationId> {
        self.viewer().map(|m| m.organisation_id)
    }

    /// The person's id, if a person is known.
    #[must_use]
    pub fn person_id(&self) -> Option<PersonId> {
        self.member().map(|m| m.person_id)
    }

    /// The name that the ledger shows.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Member(member) => &member.name,
            Self::Token(token) => &token.name,
            Self::Visitor => "visitor",
            Self::System => "azukari",
            Self::Operator => "operator",
        }
    }

    /// The name of the organisation for which the actor acts; empty for the portal itself.
    #[must_use]
    pub fn organisation_name(&self) -> &str {
        self.viewer().map_or("", |m| &m.organisation_name)
    }
}

/// A thing together with the proof that the actor may do `Action` to it.
///
/// Only the `policy.rs` of a slice makes one (`Authorized::by_policy`); the writing functions of
/// a `store.rs` ask for one, so a handler that forgot to ask doesn't compile.
#[derive(Debug)]
pub struct Authorized<T, Action> {
    value: T,
    action: std::marker::PhantomData<Action>,
}

impl<T, Action> Authorized<T, Action> {
    /// Called by policies alone (a test reads the sources for it).
    pub(crate) fn by_policy(value: T) -> Self {
        Self { value, action: std::marker::PhantomData }
    }

    /// The thing itself.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T, Action> std::ops::Deref for Authorized<T, Action> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}
