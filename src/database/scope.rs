//! Whose rows a connection may see. On PostgreSQL the database itself refuses all others by
//! row-level security: the second lock, behind the keys and the filters of every query.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use super::connection::{AnyConnection as Connection, DatabaseError};
use crate::actor::{Actor, OrganisationId};

/// Everything: for the portal's own work and the operator.
const EVERYTHING: &str = "*";
/// The accounts: for public pages, on which people prove who they are.
const ACCOUNTS: &str = "accounts";

/// Whose rows a connection may see and change, as the setting `azukari.scope` says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope(String);

impl Scope {
    /// The rows of every organisation.
    #[must_use]
    pub fn everything() -> Self {
        Self(EVERYTHING.to_owned())
    }

    /// What an actor may see: a member the own organisation (which comes first: the policies ask it
    /// for what belongs to that one alone), the own account, and the principals whose registers name
    /// the organisation; a program the same without an account; a visitor nothing but the accounts;
    /// the portal everything.
    #[must_use]
    pub fn of(actor: &Actor) -> Self {
        match actor {
            Actor::Member(member) => {
                let mut ids = vec![member.organisation_id.as_str(), member.person_id.as_str()];
                ids.extend(member.tenants.iter().map(OrganisationId::as_str));
                Self(ids.join(","))
            }
            Actor::Token(token) => {
                let tenants = token.maker.tenants.iter().map(OrganisationId::as_str);
                let own = [token.maker.organisation_id.as_str()];
                Self(own.into_iter().chain(tenants).collect::<Vec<_>>().join(","))
            }
            Actor::Visitor => Self(ACCOUNTS.to_owned()),
            Actor::System | Actor::Operator => Self::everything(),
        }
    }

    /// The same and the accounts: for public pages, whoever reads them.
    #[must_use]
    pub fn with_accounts(self) -> Self {
        self.with(ACCOUNTS)
    }

    /// The same and the rows of the organisation that a signed token names.
    #[must_use]
    pub fn with_tenant(self, tenant: OrganisationId) -> Self {
        self.with(tenant.as_str())
    }

    fn with(self, word: &str) -> Self {
        if self.0 == EVERYTHING || self.0.split(',').any(|said| said == word) {
            return self;
        }
        Self(format!("{},{word}", self.0))
    }
}

/// Whether the database holds organisations apart by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowSecurity {
    /// SQLite has none.
    Absent,
    /// The policies hold the role that the portal connects as.
    Held,
    /// The role is a superuser or has BYPASSRLS: the policies don't hold it.
    Bypassed,
    /// A table of an organisation or person has no policy, or doesn't force it on its owner.
    Missing,
}

#[derive(QueryableByName)]
struct Asked {
    #[diesel(sql_type = Bool)]
    bypassed: bool,
    #[diesel(sql_type = BigInt)]
    unlocked: i64,
}

impl Connection {
    /// Says whose rows this connection may see from now on: one round trip to PostgreSQL, none to
    /// SQLite.
    ///
    /// # Errors
    /// Those of the database.
    pub fn enter(&mut self, scope: &Scope) -> Result<(), DatabaseError> {
        if let Self::Postgresql(c) = self {
            diesel::sql_query("SELECT set_config('azukari.scope', $1, false)")
                .bind::<Text, _>(&scope.0)
                .execute(c)?;
        }
        Ok(())
    }

    /// Whether the second lock holds this connection's role: for a warning at the start, and for
    /// whoever examines an installation.
    ///
    /// # Errors
    /// Those of the database.
    pub fn row_security(&mut self) -> Result<RowSecurity, DatabaseError> {
        let Self::Postgresql(c) = self else {
            return Ok(RowSecurity::Absent);
        };
        let asked: Asked = diesel::sql_query(
            "SELECT (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) AS bypassed,
                    (SELECT count(*) FROM pg_class c
                      WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
                        AND NOT (c.relrowsecurity AND c.relforcerowsecurity
                            AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))
                        AND (c.relname IN ('organisation', 'person') OR EXISTS (
                            SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND NOT a.attisdropped
                               AND a.attname IN ('tenant_id', 'person_id')))) AS unlocked",
        )
        .get_result(c)?;
        Ok(match asked {
            Asked { bypassed: true, .. } => RowSecurity::Bypassed,
            Asked { unlocked: 1.., .. } => RowSecurity::Missing,
            Asked { .. } => RowSecurity::Held,
        })
    }
}
