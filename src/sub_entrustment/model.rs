//! An application for sub-entrustment (再委託承認申請).

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::schema::sub_application;
use crate::database::types::Json;
use crate::entrustment::{DataItemId, EntrustmentId};
pub use crate::rulebook::ApplicationId;
use crate::web::Form;
use crate::word_type;

word_type! {
    /// How far an application is.
    ApplicationStatus {
        /// Applied for.
        Applied = "applied",
        /// Approved, under conditions and until a day.
        Approved = "approved",
        /// Refused.
        Refused = "refused",
        /// Taken back by the contractor.
        Withdrawn = "withdrawn",
    }
}

impl ApplicationStatus {
    /// The tone of its tag.
    #[must_use]
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Applied => "info",
            Self::Approved => "good",
            Self::Refused => "bad",
            Self::Withdrawn => "neutral",
        }
    }
}

/// An application (再委託承認申請書) with its decision.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = sub_application)]
pub struct Application {
    /// The first principal.
    pub tenant_id: OrganisationId,
    /// The id.
    pub id: ApplicationId,
    /// The entrustment from which something is to be re-entrusted.
    pub entrustment_id: EntrustmentId,
    /// Its number in the entrustment, from 1.
    pub position: i32,
    /// 再委託先.
    pub name: String,
    /// カナ.
    pub name_kana: String,
    /// 法人番号, or empty.
    pub corporate_number: String,
    /// 所在地.
    pub address: String,
    /// 代表者.
    pub representative: String,
    /// Where the invitation goes.
    pub email: String,
    /// 電話.
    pub phone: String,
    /// 再委託の理由.
    pub reason: String,
    /// 業務の範囲.
    pub scope: String,
    /// 情報項目 of the entrustment.
    pub items: Json<Vec<DataItemId>>,
    /// 件数.
    pub persons: i64,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day that is asked for.
    pub ends_on: NaiveDate,
    /// 作業場所.
    pub place: String,
    /// Country of storage and access.
    pub country: String,
    /// 安全管理措置.
    pub safety: String,
    /// 監督方法.
    pub supervision: String,
    /// 再々委託の予定; empty when there is none.
    pub further: String,
    /// How far.
    pub status: ApplicationStatus,
    /// Conditions of the approval, or why it was refused.
    pub conditions: String,
    /// Until when it is permitted.
    pub permitted_until: Option<NaiveDate>,
    /// Who applied.
    pub applied_by_name: String,
    /// Who decided.
    pub decided_by_name: String,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// The entrustment below that came of it.
    pub child_id: Option<EntrustmentId>,
    /// When it was applied for.
    pub created_at: Timestamp,
    /// For optimistic locking.
    pub version: i32,
}

/// The kind of subject in the ledger and of attachments.
pub const SUBJECT: &str = "sub_application";

impl Application {
    /// The form filled in with this application.
    #[must_use]
    pub fn form(&self) -> Form {
        let mut form = Form::from_pairs([
            ("name", self.name.clone()),
            ("name_kana", self.name_kana.clone()),
            ("corporate_number", self.corporate_number.clone()),
            ("address", self.address.clone()),
            ("representative", self.representative.clone()),
            ("email", self.email.clone()),
            ("phone", self.phone.clone()),
            ("reason", self.reason.clone()),
            ("scope", self.scope.clone()),
            ("persons", self.persons.to_string()),
            ("starts_on", self.starts_on.to_string()),
            ("ends_on", self.ends_on.to_string()),
            ("place", self.place.clone()),
            ("country", self.country.clone()),
            ("safety", self.safety.clone()),
            ("supervision", self.supervision.clone()),
            ("further", self.further.clone()),
            ("version", self.version.to_string()),
        ]);
        for item in &self.items.0 {
            form.add("items", item.as_str());
        }
        form
    }

    /// The form for asking for a longer time: everything but the days.
    #[must_use]
    pub fn renewal_form(&self) -> Form {
        let mut form = self.form();
        form.remove("version");
        form.remove("ends_on");
        form
    }
}
