//! The data items (情報項目) of an entrustment and their marks.

use diesel::prelude::*;
use serde::Serialize;

use crate::clock::Timestamp;
use crate::database::schema::data_item;
use crate::web::{Fields, Form, Rule};
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
}

/// Most items of an entrustment.
pub const MOST: usize = 100;

/// Reads `item_name_N` and `item_mark_N`; empty rows are left out, at least one must be there.
pub(super) fn parse(f: &mut Fields<'_>, form: &Form) -> Option<Vec<NewItem>> {
    let mut items = Vec::new();
    let mut whole = true;
    for n in 0..MOST {
        let name = f.optional(&format!("item_name_{n}"), Rule::line(100));
        let mark_field = format!("item_mark_{n}");
        match name {
            Some(name) if name.is_empty() => {}
            Some(name) => {
                match if form.has(&mark_field) { f.word(&mark_field) } else { Some(ItemMark::None) }
                {
                    Some(mark) => items.push(NewItem { name, mark }),
                    None => whole = false,
                }
            }
            None => whole = false,
        }
    }
    f.check(!items.is_empty() || !whole, "item_name_0", "error-item-required");
    whole.then_some(items)
}

/// How many rows the form shows: all that are filled in and some empty ones.
pub(super) fn rows(form: &Form) -> usize {
    let filled = (0..MOST)
        .filter(|n| !form.value(&format!("item_name_{n}")).is_empty())
        .max()
        .map_or(0, |n| n + 1);
    (filled + 3).clamp(6, MOST)
}
