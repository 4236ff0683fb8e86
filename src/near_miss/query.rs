//! What the addresses of the list and of the analysis ask for. Anything unreadable asks for nothing.

use chrono::NaiveDate;
use serde::Deserialize;

use super::model::{Cause, NearMissKind, StoppedBy};
use crate::entrustment::EntrustmentId;
use crate::japanese::Month;
use crate::organisation::contractor::ContractorId;
use crate::web::Form;
use crate::web::paging::ListQuery;

/// How many months are shown, this one among them.
pub(super) const MONTHS: u32 = 12;

/// The word for the principal's own people among the contractors.
pub(super) const OWN: &str = "own";

/// What an address asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct NearMissQuery {
    /// A kind to keep to.
    pub kind: String,
    /// What stopped it.
    pub stopped_by: String,
    /// A cause to keep to.
    pub cause: String,
    /// A month to keep to.
    pub month: String,
    /// The month with which it begins.
    pub since: String,
    /// A contractor to keep to.
    pub contractor: String,
    /// An entrustment to keep to.
    pub entrustment: String,
    /// The page.
    pub page: String,
}

impl NearMissQuery {
    /// The filter's fields as the page shows them again.
    pub fn form(&self) -> Form {
        Form::from_pairs([
            ("kind", &self.kind),
            ("stopped_by", &self.stopped_by),
            ("cause", &self.cause),
            ("month", &self.month),
            ("since", &self.since),
            ("contractor", &self.contractor),
            ("entrustment", &self.entrustment),
        ])
    }

    /// The page that is asked for.
    pub fn list(&self) -> ListQuery {
        ListQuery { page: self.page.clone(), ..ListQuery::default() }
    }

    /// What it keeps to.
    pub fn filter(&self) -> Filter {
        let month = Month::parse(&self.month);
        let since = Month::parse(&self.since);
        Filter {
            from: month.or(since).map(Month::first_day),
            until: month.map(Month::end),
            kind: self.kind.parse().ok(),
            stopped_by: self.stopped_by.parse().ok(),
            cause: self.cause.parse().ok(),
            contractor: self.contractor.parse().ok(),
            own: self.contractor == OWN,
            entrustment: self.entrustment.parse().ok(),
        }
    }
}

/// What is counted or listed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Filter {
    /// From which day.
    pub from: Option<NaiveDate>,
    /// Until which day, which isn't part of it.
    pub until: Option<NaiveDate>,
    /// One kind.
    pub kind: Option<NearMissKind>,
    /// What stopped it.
    pub stopped_by: Option<StoppedBy>,
    /// One cause.
    pub cause: Option<Cause>,
    /// One contractor.
    pub contractor: Option<ContractorId>,
    /// The principal's own people.
    pub own: bool,
    /// One entrustment.
    pub entrustment: Option<EntrustmentId>,
}

impl Filter {
    /// The same of one month.
    pub fn month(self, month: Month) -> Self {
        Self { from: Some(month.first_day()), until: Some(month.end()), ..self }
    }
}
