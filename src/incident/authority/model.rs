//! The report to the authority, and what was filed of it.

use std::collections::BTreeMap;

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::database::schema::{incident_filing, incident_report};
use crate::database::types::Json;
use crate::incident::duty::Facts;
use crate::incident::model::IncidentId;
use crate::rulebook::Party;
use crate::{id_type, word_type};

id_type! {
    /// The id of a report that was filed.
    FilingId
}

word_type! {
    /// The nine items of the report (個人情報保護法施行規則 8条1項, 44条1項), in their order.
    Item {
        /// 概要.
        Outline = "outline",
        /// 項目: the kinds of data.
        Kinds = "kinds",
        /// 本人の数.
        Persons = "persons",
        /// 原因.
        Cause = "cause",
        /// 二次被害又はそのおそれ.
        Secondary = "secondary",
        /// 本人への対応.
        Response = "response",
        /// 公表.
        Publication = "publication",
        /// 再発防止.
        Prevention = "prevention",
        /// その他.
        Other = "other",
    }
}

word_type! {
    /// Which report.
    Report {
        /// The preliminary one (速報): what is known so far.
        Preliminary = "preliminary",
        /// The final one (確報): all nine items.
        Final = "final",
    }
}

/// The items with their texts; what isn't known yet isn't there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(in crate::incident) struct Items(BTreeMap<String, String>);

impl Items {
    /// The text of an item; empty where nothing is known.
    pub fn get(&self, item: Item) -> &str {
        self.0.get(item.as_str()).map_or("", String::as_str)
    }

    /// Sets the text of an item.
    pub fn set(&mut self, item: Item, text: String) {
        if text.is_empty() {
            self.0.remove(item.as_str());
        } else {
            self.0.insert(item.as_str().to_owned(), text);
        }
    }

    /// The items of which nothing is known yet.
    pub fn missing(&self) -> Vec<Item> {
        Item::ALL.iter().copied().filter(|item| self.get(*item).is_empty()).collect()
    }

    /// The items whose text differs from that of others.
    pub fn changed_from(&self, others: &Self) -> Vec<Item> {
        let changed = |item: &Item| self.get(*item) != others.get(*item);
        Item::ALL.iter().copied().filter(changed).collect()
    }
}

/// The report as it stands.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = incident_report)]
pub(super) struct Draft {
    /// Its items.
    pub items: Json<Items>,
    /// Who changed it last.
    pub changed_by_name: String,
    /// When.
    pub changed_at: Timestamp,
    /// For optimistic locking.
    pub version: i32,
}

/// A report that was filed.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = incident_filing)]
pub(in crate::incident) struct Filing {
    /// The id.
    pub id: FilingId,
    /// The incident.
    pub incident_id: IncidentId,
    /// Its number in the incident, from 1.
    pub position: i32,
    /// Which report.
    pub report: Report,
    /// Which side filed it.
    pub side: Party,
    /// Whether for the other side too.
    pub joint: bool,
    /// To whom.
    pub authority: String,
    /// The number of receipt; may be empty.
    pub receipt: String,
    /// When.
    pub filed_at: Timestamp,
    /// What was reported.
    pub items: Json<Items>,
    /// What the duties depended on then.
    pub facts: Json<Facts>,
    /// Who entered it here.
    pub entered_by_name: String,
    /// When.
    pub entered_at: Timestamp,
}

/// When the reports of a side went to the authority.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::incident) struct Reports {
    /// The preliminary one.
    pub preliminary: Option<Timestamp>,
    /// The final one.
    pub last: Option<Timestamp>,
}

/// When the reports of both sides went there, the first of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::incident) struct Filed {
    /// The principal's.
    pub principal: Reports,
    /// The contractor's.
    pub contractor: Reports,
}

impl Filed {
    /// Those of a side.
    pub fn of(self, side: Party) -> Reports {
        if side == Party::Principal { self.principal } else { self.contractor }
    }

    /// Takes one more into account.
    pub(super) fn add(&mut self, report: Report, side: Party, joint: bool, at: Timestamp) {
        if joint || side == Party::Principal {
            self.principal.add(report, at);
        }
        if joint || side != Party::Principal {
            self.contractor.add(report, at);
        }
    }
}

impl Reports {
    fn add(&mut self, report: Report, at: Timestamp) {
        let place = match report {
            Report::Preliminary => &mut self.preliminary,
            Report::Final => &mut self.last,
        };
        *place = Some(place.map_or(at, |first| first.min(at)));
    }
}
