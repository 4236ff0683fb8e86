//! A token as it is kept, and its form.

use chrono::Duration;
use diesel::prelude::*;

use crate::actor::{ApiScope, ApiToken, ApiTokenId, Member, MembershipId, OrganisationId, Role};
use crate::clock::Timestamp;
use crate::database::schema::api_token;
use crate::database::types::Json;
use crate::japanese::jst_date;
use crate::web::{Fields, Form, Invalid, Rule};
use crate::word_type;

use super::policy;

/// The longest life of a token in days.
pub(super) const MOST_DAYS: i64 = 365;

/// How long a token lives when nobody says otherwise, in days.
pub(super) const USUAL_DAYS: i64 = 90;

word_type! {
    /// Whether a token counts, and why not.
    Standing {
        /// It counts.
        Active = "active",
        /// Its time is over.
        Expired = "expired",
        /// It was taken back.
        Revoked = "revoked",
        /// Who made it has left or has another role.
        Left = "left",
    }
}

/// A token as it is kept: its hash stays in the table.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = api_token)]
pub(super) struct Token {
    pub tenant_id: OrganisationId,
    pub id: ApiTokenId,
    pub membership_id: MembershipId,
    pub name: String,
    pub scopes: Json<Vec<ApiScope>>,
    pub hint: String,
    pub made_by_name: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
    pub revoked_by_name: String,
    pub expired_at: Option<Timestamp>,
}

impl Token {
    /// The program that shows the token, which counts.
    pub fn acting(&self, maker: Member, now: Timestamp) -> ApiToken {
        let today = jst_date(now);
        ApiToken {
            id: self.id,
            name: self.name.clone(),
            scopes: self.scopes.0.clone(),
            maker,
            first_today: self.last_used_at.is_none_or(|at| jst_date(at) < today),
        }
    }
}

/// How a token stands; `maker` is the role of who made it, as long as that membership counts.
pub(super) fn standing(token: &Token, maker: Option<Role>, now: Timestamp) -> Standing {
    if token.revoked_at.is_some() {
        Standing::Revoked
    } else if token.expired_at.is_some() || now >= token.expires_at {
        Standing::Expired
    } else if maker.is_some_and(|role| policy::KEEPERS.contains(&role)) {
        Standing::Active
    } else {
        Standing::Left
    }
}

/// A token as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NewToken {
    pub name: String,
    pub scopes: Vec<ApiScope>,
    pub life: Duration,
}

impl NewToken {
    /// Reads the form.
    pub fn parse(form: &Form) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let name = f.text("name", Rule::line(60));
        let scopes: Option<Vec<ApiScope>> = f.words("scopes");
        let some = scopes.as_ref().is_none_or(|scopes| !scopes.is_empty());
        f.check(some, "scopes", "error-choose-one");
        let days = f.number("days", 1, MOST_DAYS);
        f.finish(|| {
            let mut scopes = scopes?;
            scopes.sort_unstable();
            scopes.dedup();
            Some(Self { name: name?, scopes, life: Duration::days(days?) })
        })
    }
}
