//! The data items (情報項目) of an entrustment and their marks.

use diesel::prelude::*;
use serde::Serialize;

use crate::clock::Timestamp;
use crate::database::schema::data_item;
use crate::web::{Fields, Form, Language, Message, Rule, locale};
use crate::{id_type, word_type};

id_type! {
    /// The id of a data item.
    DataItemId
}

word_type! {
    /// What makes an item special by law, from the least to the gravest.
    ItemMark {
        /// Nothing.
        None = "none",
        /// 要配慮個人情報 (個人情報保護法 2条3項).
        Sensitive = "sensitive",
        /// 条例要配慮個人情報 (同 60条5項).
        OrdinanceSensitive = "ordinance_sensitive",
        /// 特定個人情報 (番号法 2条8項).
        MyNumber = "my_number",
    }
}

/// A data item of an entrustment.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = data_item)]
pub struct DataItem {
    /// The id.
    pub id: DataItemId,
    /// What it is, such as 氏名 or 給与.
    pub name: String,
    /// What makes it special.
    pub mark: ItemMark,
    /// The item under which it stands.
    pub parent_id: Option<DataItemId>,
    /// When it was taken off; the registers may still name it.
    pub removed_at: Option<Timestamp>,
}

/// A data item as it is typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewItem {
    /// What it is.
    pub name: String,
    /// What makes it special.
    pub mark: ItemMark,
    /// The name of the item under which it stands; empty at the top.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub under: String,
}

/// An item with its place in the hierarchy.
#[derive(Clone, Debug, Serialize)]
pub struct PlacedItem {
    /// The item.
    #[serde(flatten)]
    pub item: DataItem,
    /// How many stand above it.
    pub depth: usize,
    /// How many levels end with it, so that a nested list can be closed.
    pub closes: usize,
    /// Whether others stand under it.
    pub opens: bool,
}

/// The items from the top down, each followed by what stands under it.
#[must_use]
pub fn placed(items: &[DataItem]) -> Vec<PlacedItem> {
    let mut rows = Vec::new();
    let known = |id: DataItemId| items.iter().any(|item| item.id == id);
    for top in items.iter().filter(|item| item.parent_id.is_none_or(|id| !known(id))) {
        place(items, top, 0, &mut rows);
    }
    let depths: Vec<usize> = rows.iter().map(|row| row.depth).chain([0]).collect();
    for (row, next) in rows.iter_mut().zip(depths.into_iter().skip(1)) {
        row.opens = next > row.depth;
        row.closes = row.depth.saturating_sub(next);
    }
    rows
}

fn place(items: &[DataItem], item: &DataItem, depth: usize, rows: &mut Vec<PlacedItem>) {
    // A circle, which the form refuses, would end here.
    if depth > items.len() {
        return;
    }
    rows.push(PlacedItem { item: item.clone(), depth, closes: 0, opens: false });
    for below in items.iter().filter(|below| below.parent_id == Some(item.id)) {
        place(items, below, depth + 1, rows);
    }
}

/// The name of an item after the names of those above it.
#[must_use]
pub fn full_name(language: Language, items: &[DataItem], item: &DataItem) -> String {
    let mut names = vec![item.name.as_str()];
    let mut above = item.parent_id;
    for _ in 0..items.len() {
        let Some(upper) = above.and_then(|id| items.iter().find(|other| other.id == id)) else {
            break;
        };
        names.push(&upper.name);
        above = upper.parent_id;
    }
    names.reverse();
    names.join(&locale::text(language, "entrustment-item-between"))
}

/// Most items of an entrustment.
pub const MOST: usize = 100;

/// Reads `item_name_N`, `item_mark_N` and `item_under_N`; empty rows are left out, at least one must
/// be there.
pub(super) fn parse(f: &mut Fields<'_>, form: &Form) -> Option<Vec<NewItem>> {
    let mut rows = Vec::new();
    let mut whole = true;
    for n in 0..MOST {
        match f.optional(&format!("item_name_{n}"), Rule::line(100)) {
            Some(name) if name.is_empty() => {}
            Some(name) => match parse_row(f, form, n, name) {
                Some(item) => rows.push((n, item)),
                None => whole = false,
            },
            None => whole = false,
        }
    }
    f.check(!rows.is_empty() || !whole, "item_name_0", "error-item-required");
    if whole {
        check_hierarchy(f, &rows);
    }
    whole.then(|| rows.into_iter().map(|(_, item)| item).collect())
}

fn parse_row(f: &mut Fields<'_>, form: &Form, n: usize, name: String) -> Option<NewItem> {
    let mark_field = format!("item_mark_{n}");
    let mark = if form.has(&mark_field) { f.word(&mark_field) } else { Some(ItemMark::None) };
    let under = f.optional(&format!("item_under_{n}"), Rule::line(100));
    Some(NewItem { name, mark: mark?, under: under? })
}

/// Each name is there once, each item stands under one that is there, and none under itself.
fn check_hierarchy(f: &mut Fields<'_>, rows: &[(usize, NewItem)]) {
    let find = |name: &str| rows.iter().find(|(_, item)| item.name == name).map(|(_, item)| item);
    for (place, (n, item)) in rows.iter().enumerate() {
        let twice = rows.iter().take(place).any(|(_, other)| other.name == item.name);
        f.check(!twice, &format!("item_name_{n}"), "error-item-twice");
        if item.under.is_empty() {
            continue;
        }
        let field = format!("item_under_{n}");
        let mut above = find(&item.under);
        if above.is_none() {
            f.error(&field, Message::new("error-item-under-unknown"));
        }
        for _ in 0..rows.len() {
            let Some(upper) = above else { break };
            if upper.name == item.name {
                f.error(&field, Message::new("error-item-under-itself"));
                break;
            }
            above = find(&upper.under);
        }
    }
}

/// How many rows the form shows: all that are filled in and some empty ones.
pub(super) fn rows(form: &Form) -> usize {
    let filled = (0..MOST)
        .filter(|n| !form.value(&format!("item_name_{n}")).is_empty())
        .max()
        .map_or(0, |n| n + 1);
    (filled + 3).clamp(6, MOST)
}
