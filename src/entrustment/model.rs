//! An entrustment and its form.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

use super::items::{self, DataItem, NewItem};
use super::rules::HandlingRules;
use crate::actor::{DivisionId, OrganisationId, PersonId};
use crate::clock::Timestamp;
use crate::database::schema::entrustment;
use crate::database::types::Json;
use crate::japanese::FiscalYear;
use crate::organisation::contractor::ContractorId;
use crate::web::{Fields, Form, Invalid, Rule};
use crate::{id_type, word_type};

id_type! {
    /// The id of an entrustment.
    EntrustmentId
}

word_type! {
    /// Whether an entrustment is still looked after.
    EntrustmentStatus {
        /// In force, or waiting for the disposal of its data.
        Active = "active",
        /// Closed: everything was disposed of.
        Closed = "closed",
    }
}

word_type! {
    /// Whether an auditor's access to an entrustment counts (監査人の閲覧).
    AuditorAccessStatus {
        /// Asked for; a second person decides.
        Asked = "asked",
        /// Given: it counts from its first day to its last.
        Granted = "granted",
        /// Refused.
        Refused = "refused",
        /// Ended before its last day.
        Ended = "ended",
    }
}

/// An entrustment (委託案件).
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = entrustment)]
pub struct Entrustment {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The id.
    pub id: EntrustmentId,
    /// The contractor in the principal's register.
    pub contractor_id: ContractorId,
    /// The division that looks after it.
    pub division_id: DivisionId,
    /// The officer who registered it.
    pub officer_id: Option<PersonId>,
    /// 契約番号, unique in the principal.
    pub number: String,
    /// 件名.
    pub title: String,
    /// 利用目的 and what the contractor does.
    pub purpose: String,
    /// 年度 of its begin.
    pub fiscal_year: i32,
    /// First day of the contract.
    pub starts_on: NaiveDate,
    /// Last day of the contract.
    pub ends_on: NaiveDate,
    /// 消去期限.
    pub erase_by: NaiveDate,
    /// 件数: number of persons.
    pub persons: i64,
    /// Whether 要配慮個人情報 or an ordinance's like is among the items.
    pub sensitive: bool,
    /// Whether 特定個人情報 is among the items.
    pub my_number: bool,
    /// 受渡方法 in words.
    pub handover_way: String,
    /// Whether it is closed.
    pub status: EntrustmentStatus,
    /// 所見.
    pub note: String,
    /// The handling rules.
    pub rules: Json<HandlingRules>,
    /// The set of clauses.
    pub clauses: String,
    /// Its version.
    pub clauses_version: i32,
    /// For optimistic locking.
    pub version: i32,
    /// When it was closed: everything was disposed of.
    pub closed_at: Option<Timestamp>,
}

/// An entrustment as it is registered or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntrustment {
    /// The contractor.
    pub contractor_id: ContractorId,
    /// The division.
    pub division_id: DivisionId,
    /// 契約番号.
    pub number: String,
    /// 件名.
    pub title: String,
    /// 利用目的.
    pub purpose: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// 消去期限.
    pub erase_by: NaiveDate,
    /// 件数.
    pub persons: i64,
    /// 受渡方法.
    pub handover_way: String,
    /// 所見.
    pub note: String,
    /// The data items.
    pub items: Vec<NewItem>,
    /// The handling rules.
    pub rules: HandlingRules,
}

impl NewEntrustment {
    /// Reads the form. Whether contractor and division are the principal's own is for the store.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(form: &Form) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let number = f.text("number", Rule::line(60));
        let title = f.text("title", Rule::line(200));
        let contractor_id = f.word("contractor");
        let division_id = f.word("division");
        let purpose = f.text("purpose", Rule::text(2000));
        let starts_on = f.date("starts_on");
        let ends_on = f.date("ends_on");
        let erase_by = f.date("erase_by");
        if let (Some(start), Some(end)) = (starts_on, ends_on) {
            f.check(start <= end, "ends_on", "error-end-before-start");
        }
        if let (Some(end), Some(erase)) = (ends_on, erase_by) {
            f.check(end <= erase, "erase_by", "error-erase-before-end");
        }
        let persons = f.number("persons", 0, 200_000_000);
        let items = items::parse(&mut f, form);
        let handover_way = f.optional("handover_way", Rule::line(200));
        let rules = HandlingRules::parse(&mut f);
        let note = f.optional("note", Rule::text(4000));
        f.finish(|| {
            Some(Self {
                contractor_id: contractor_id?,
                division_id: division_id?,
                number: number?,
                title: title?,
                purpose: purpose?,
                starts_on: starts_on?,
                ends_on: ends_on?,
                erase_by: erase_by?,
                persons: persons?,
                handover_way: handover_way?,
                note: note?,
                items: items?,
                rules: rules?,
            })
        })
    }

    /// 年度 in which it begins.
    #[must_use]
    pub fn fiscal_year(&self) -> FiscalYear {
        FiscalYear::of(self.starts_on)
    }

    /// The empty form: a public body's usual rules filled in.
    #[must_use]
    pub fn empty_form() -> Form {
        Form::from_pairs(HandlingRules::default().pairs())
    }
}

impl Entrustment {
    /// The form filled in with this entrustment and its items.
    #[must_use]
    pub fn form(&self, items: &[DataItem]) -> Form {
        let mut pairs: Vec<(String, String)> = vec![
            ("number".into(), self.number.clone()),
            ("title".into(), self.title.clone()),
            ("contractor".into(), self.contractor_id.to_string()),
            ("division".into(), self.division_id.to_string()),
            ("purpose".into(), self.purpose.clone()),
            ("starts_on".into(), self.starts_on.to_string()),
            ("ends_on".into(), self.ends_on.to_string()),
            ("erase_by".into(), self.erase_by.to_string()),
            ("persons".into(), self.persons.to_string()),
            ("handover_way".into(), self.handover_way.clone()),
            ("note".into(), self.note.clone()),
            ("version".into(), self.version.to_string()),
        ];
        for (n, item) in items.iter().enumerate() {
            pairs.push((format!("item_name_{n}"), item.name.clone()));
            pairs.push((format!("item_mark_{n}"), item.mark.to_string()));
            let above = items.iter().find(|above| Some(above.id) == item.parent_id);
            pairs.push((format!("item_under_{n}"), above.map_or("", |a| &a.name).to_owned()));
        }
        pairs.extend(self.rules.0.pairs().into_iter().map(|(n, v)| (n.to_owned(), v)));
        Form::from_pairs(pairs)
    }
}
