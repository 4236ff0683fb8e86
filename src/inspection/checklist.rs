//! The checklist of an inspection: an asset by version, frozen into each inspection with its
//! results.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::questionnaire::Text;
use crate::rulebook::Severity;
use crate::word_type;

const STANDARD: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/inspections/standard.json"));

word_type! {
    /// When an item is looked at.
    Only {
        /// Always.
        Always = "always",
        /// Where 特定個人情報 was entrusted.
        MyNumber = "my_number",
    }
}

word_type! {
    /// What an item came to.
    ItemResult {
        /// It is kept.
        Kept = "kept",
        /// It is not kept: a finding.
        NotKept = "not_kept",
        /// It doesn't apply.
        NotApplicable = "not_applicable",
        /// It could not be seen.
        NotSeen = "not_seen",
    }
}

/// An item as the asset has it. Its id begins with the number of its clause (`c10-2`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Unique in the checklist.
    pub id: String,
    /// The clause from which it follows.
    pub clause: u8,
    /// How grave it is when it is not kept.
    pub severity: Severity,
    /// What is to be so.
    pub text: Text,
    /// What is looked at.
    pub look_at: Text,
    /// When it is looked at.
    pub only: Only,
}

/// A checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    /// The checklist: the same over all versions.
    pub id: String,
    /// Its version.
    pub version: u16,
    /// What it is called.
    pub title: Text,
    /// Its items in their order.
    pub items: Vec<Item>,
}

/// An item with what it came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The item.
    pub item: Item,
    /// What it came to; nothing as long as it wasn't looked at.
    pub result: Option<ItemResult>,
    /// What was noted.
    pub note: String,
}

/// A checklist frozen into an inspection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// The checklist.
    pub id: String,
    /// Its version.
    pub version: u16,
    /// What it is called.
    pub title: Text,
    /// Its items with their results.
    pub lines: Vec<Line>,
}

impl Checklist {
    /// The checklist that ships with the portal.
    ///
    /// # Errors
    /// When the asset is not of this shape.
    pub fn standard() -> Result<Self> {
        let list: Self = serde_json::from_str(STANDARD)?;
        let ids: BTreeSet<&str> = list.items.iter().map(|item| item.id.as_str()).collect();
        if ids.len() == list.items.len() { Ok(list) } else { Err(Error::internal("item twice")) }
    }

    /// The sheet for an entrustment, nothing looked at.
    #[must_use]
    pub fn sheet(self, my_number: bool) -> Sheet {
        let looked_at = |item: &Item| my_number || item.only == Only::Always;
        let line = |item| Line { item, result: None, note: String::new() };
        Sheet {
            id: self.id,
            version: self.version,
            title: self.title,
            lines: self.items.into_iter().filter(looked_at).map(line).collect(),
        }
    }
}

impl Sheet {
    /// The lines that came to a result.
    pub fn of(&self, result: ItemResult) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.result == Some(result))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checklist_follows_from_the_clauses_in_both_languages() {
        let list = Checklist::standard().unwrap();
        assert!(list.items.len() >= 20);
        for item in &list.items {
            assert!(item.id.starts_with(&format!("c{}-", item.clause)), "{}", item.id);
            assert!((1..=17).contains(&item.clause));
            assert!(!item.text.is_blank() && !item.text.en.is_empty(), "{}", item.id);
            assert!(!item.look_at.is_blank() && !item.look_at.en.is_empty(), "{}", item.id);
        }
    }

    #[test]
    fn my_number_is_looked_at_where_it_was_entrusted() {
        let has = |my_number| {
            let sheet = Checklist::standard().unwrap().sheet(my_number);
            sheet.lines.iter().any(|line| line.item.clause == 17)
        };
        assert!(has(true) && !has(false));
    }
}
