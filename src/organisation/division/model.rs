//! A division, and the form that registers one.

use diesel::prelude::*;
use serde::Serialize;

use crate::actor::{DivisionId, OrganisationId};
use crate::database::schema::division;
use crate::web::{Fields, Form, Invalid, Rule};

/// A division of a principal.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = division)]
pub struct Division {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// Its id.
    pub id: DivisionId,
    /// Its name, unique in the principal.
    pub name: String,
    /// The address to which escalations go.
    pub email: Option<String>,
    /// The telephone number shown to contractors.
    pub phone: String,
    /// For optimistic locking.
    pub version: i32,
}

/// A division as it is registered or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDivision {
    /// The name.
    pub name: String,
    /// The address to which escalations go.
    pub email: Option<String>,
    /// The telephone number.
    pub phone: String,
}

impl NewDivision {
    /// Reads the form.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(form: &Form) -> Result<Self, Invalid> {
        let mut fields = Fields::of(form);
        let name = fields.text("name", Rule::line(100));
        let email = if form.value("email").trim().is_empty() {
            Some(None)
        } else {
            fields.email("email").map(Some)
        };
        let phone = fields.optional("phone", Rule::line(40));
        fields.finish(|| Some(Self { name: name?, email: email?, phone: phone? }))
    }
}
