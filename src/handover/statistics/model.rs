//! What the statistics ask about.

use chrono::NaiveDate;
use serde::Deserialize;

use super::super::model::Stop;
use crate::clock::Timestamp;
use crate::entrustment::EntrustmentId;
use crate::japanese::Month;
use crate::web::Form;
use crate::web::paging::ListQuery;
use crate::word_type;

/// How many months are shown, this one among them.
const MONTHS: u32 = 12;

/// The stops that are counted: what only says that a hand-over isn't finished yet stopped no mistake.
pub(super) fn counted() -> Vec<Stop> {
    Stop::ALL.iter().copied().filter(|stop| !stop.is_unfinished()).collect()
}

word_type! {
    /// How a stop ended.
    End {
        /// The files, recipients or words were changed until nothing stopped them.
        Mended = "mended",
        /// The sender said why it may go all the same, and a second person agreed.
        Explained = "explained",
        /// The hand-over was given up.
        Discarded = "discarded",
        /// It still stops.
        Standing = "standing",
    }
}

/// The months that are shown, the oldest first; the last is that of `today`.
pub(super) fn months(today: NaiveDate) -> Vec<Month> {
    Month::until(today, MONTHS)
}

/// What the address of the list asks for. Anything unreadable asks for nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct StopQuery {
    /// A month to keep to.
    pub month: String,
    /// A stop to keep to.
    pub stop: String,
    /// An end to keep to.
    pub end: String,
    /// An entrustment to keep to.
    pub entrustment: String,
    /// The page.
    pub page: String,
}

impl StopQuery {
    /// The filter's fields as the page shows them again.
    pub fn form(&self) -> Form {
        Form::from_pairs([
            ("month", &self.month),
            ("stop", &self.stop),
            ("end", &self.end),
            ("entrustment", &self.entrustment),
        ])
    }

    /// The page that is asked for.
    pub fn list(&self) -> ListQuery {
        ListQuery { page: self.page.clone(), ..ListQuery::default() }
    }

    /// What it keeps to, within the months that are shown.
    pub fn filter(&self, today: NaiveDate) -> Filter {
        Filter {
            month: Month::parse(&self.month),
            stop: self.stop.parse().ok(),
            end: self.end.parse().ok(),
            entrustment: self.entrustment.parse().ok(),
            ..Filter::of(today)
        }
    }
}

/// What is counted or listed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Filter {
    /// From when.
    pub from: Timestamp,
    /// Until when, which isn't part of it.
    pub until: Timestamp,
    /// One month of them.
    pub month: Option<Month>,
    /// One kind of stop.
    pub stop: Option<Stop>,
    /// One end.
    pub end: Option<End>,
    /// One entrustment.
    pub entrustment: Option<EntrustmentId>,
}

impl Filter {
    /// All of the months that are shown.
    pub fn of(today: NaiveDate) -> Self {
        let this = Month::of(today);
        let first = months(today).first().copied().unwrap_or(this);
        Self {
            from: first.span().0,
            until: this.span().1,
            month: None,
            stop: None,
            end: None,
            entrustment: None,
        }
    }

    /// The same of one month.
    pub fn month(self, month: Month) -> Self {
        Self { month: Some(month), ..self }
    }

    /// The same of one end.
    pub fn end(self, end: End) -> Self {
        Self { end: Some(end), ..self }
    }

    /// From when until when.
    pub fn span(&self) -> (Timestamp, Timestamp) {
        let (from, until) = self.month.map_or((self.from, self.until), Month::span);
        (from.max(self.from), until.min(self.until))
    }
}
