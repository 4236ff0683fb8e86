//! An organisation.

use diesel::prelude::*;
use serde::Serialize;

use crate::actor::OrganisationId;
use crate::database::schema::organisation;
use crate::japanese::CorporateNumber;
use crate::word_type;

word_type! {
    /// What an organisation is; the law's thresholds depend on it.
    OrganisationKind {
        /// A public body (行政機関等, 地方公共団体).
        PublicBody = "public_body",
        /// A company or another corporation.
        Company = "company",
        /// A sole proprietor (個人事業主).
        SoleProprietor = "sole_proprietor",
    }
}

/// An organisation (組織).
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = organisation)]
pub struct Organisation {
    /// Its id; as `tenant_id` the owner of rows.
    pub id: OrganisationId,
    /// What it is.
    pub kind: OrganisationKind,
    /// The name as typed.
    pub name: String,
    /// The name in katakana.
    pub name_kana: String,
    /// 法人番号, where it has one.
    pub corporate_number: Option<String>,
    /// The address.
    pub address: String,
    /// The telephone number.
    pub phone: String,
    /// For optimistic locking.
    pub version: i32,
}

/// What is needed to create an organisation.
#[derive(Clone, Debug)]
pub struct NewOrganisation {
    /// What it is.
    pub kind: OrganisationKind,
    /// The name.
    pub name: String,
    /// The name in katakana; may be empty.
    pub name_kana: String,
    /// 法人番号, where it has one.
    pub corporate_number: Option<CorporateNumber>,
    /// The address; may be empty.
    pub address: String,
    /// The telephone number; may be empty.
    pub phone: String,
}
