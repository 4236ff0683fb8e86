//! Kinds of data and items: what the items that were chosen let go.

use std::collections::BTreeSet;

use crate::contents::{self, ColumnFound, DataKind};
use crate::entrustment::{DataItemId, ItemMark};
use crate::japanese::fold_name;
use crate::rulebook::ItemFact;

/// What stands between the parts of an item that names several: 氏名・生年月日・住所.
const BETWEEN: &[char] = &['・', '･', '、', '，', ',', '/', '／', ' ', '　', '(', ')', '（', '）'];

/// A kind that comes with another: who may have a name may have its reading.
const WITH: &[(DataKind, DataKind)] =
    &[(DataKind::Name, DataKind::Kana), (DataKind::BirthDate, DataKind::Age)];

/// What some items let go: kinds of data, and columns that are called like an item.
#[derive(Clone, Debug, Default)]
pub(in crate::handover) struct Cover {
    kinds: BTreeSet<DataKind>,
    names: Vec<String>,
    /// The other entrusted items, by their names.
    others: Vec<(DataItemId, Vec<String>)>,
    my_number: bool,
}

impl Cover {
    /// What `chosen` lets go, with what stands below it: who needs the item above needs this one.
    pub fn of(items: &[ItemFact], chosen: &[DataItemId]) -> Self {
        let mut cover = Self::default();
        for item in items.iter().filter(|item| item.entrusted) {
            if !is_among(items, item.id, chosen) {
                cover.others.push((item.id, names(&item.name)));
                continue;
            }
            cover.names.extend(names(&item.name));
            cover.kinds.extend(contents::kinds_of_item(&item.name));
            cover.my_number |= item.mark == ItemMark::MyNumber;
        }
        for (kind, with) in WITH {
            if cover.kinds.contains(kind) {
                cover.kinds.insert(*with);
            }
        }
        cover
    }

    /// Whether a folded heading is called like one of the items.
    pub fn is_named(&self, heading: &str) -> bool {
        calls(&self.names, heading)
    }

    /// Whether a kind of data may go. 法人番号 is no personal data.
    pub fn holds(&self, kind: DataKind) -> bool {
        kind == DataKind::CorporateNumber || self.kinds.contains(&kind)
    }

    /// Whether 個人番号 may go: an item is marked as 特定個人情報.
    pub fn holds_my_number(&self) -> bool {
        self.my_number
    }

    /// What of a column may not go: the word of its kind, or the id of the entrusted item that it is
    /// called by. 個人番号 are looked for by themselves.
    pub fn beyond(&self, column: &ColumnFound) -> Option<String> {
        let heading = fold_name(&column.heading);
        if column.kind == Some(DataKind::MyNumber) || self.is_named(&heading) {
            return None;
        }
        if let Some(kind) = column.kind {
            return (!self.holds(kind)).then(|| kind.to_string());
        }
        let called = self.others.iter().find(|(_, names)| calls(names, &heading));
        called.map(|(id, _)| id.to_string())
    }
}

/// Whether an item, or one above it, is among some.
pub(super) fn is_among(items: &[ItemFact], id: DataItemId, among: &[DataItemId]) -> bool {
    let mut at = Some(id);
    // A hierarchy has no more levels than items: a circle can't hold us.
    for _ in 0..=items.len() {
        match at {
            Some(id) if among.contains(&id) => return true,
            Some(id) => at = items.iter().find(|item| item.id == id).and_then(|item| item.parent),
            None => return false,
        }
    }
    false
}

/// The names that an item's name holds, folded.
fn names(item: &str) -> Vec<String> {
    let parts = item.split(BETWEEN).map(fold_name);
    parts.filter(|part| part.chars().count() > 1).collect()
}

/// Whether a folded heading is, or has in it, one of the names.
fn calls(names: &[String], heading: &str) -> bool {
    !heading.is_empty() && names.iter().any(|name| heading.contains(name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::{Cover, is_among};
    use crate::contents::{ColumnFound, DataKind};
    use crate::entrustment::{DataItemId, ItemMark};
    use crate::rulebook::ItemFact;

    fn id(n: u8) -> DataItemId {
        format!("018f0000-0000-7000-8000-0000000000{n:02x}").parse().unwrap()
    }

    fn item(n: u8, name: &str, parent: Option<u8>) -> ItemFact {
        let mark = if n == 5 { ItemMark::MyNumber } else { ItemMark::None };
        ItemFact { id: id(n), name: name.into(), mark, parent: parent.map(id), entrusted: n != 6 }
    }

    fn items() -> Vec<ItemFact> {
        vec![
            item(1, "氏名・生年月日", None),
            item(2, "連絡先", None),
            item(3, "電話番号", Some(2)),
            item(4, "相談の記録", None),
            item(5, "個人番号", None),
            item(6, "住所", None),
        ]
    }

    fn column(heading: &str, kind: Option<DataKind>) -> ColumnFound {
        ColumnFound { at: 0, heading: heading.into(), kind, filled: 1, hidden: false }
    }

    #[test]
    fn items_let_their_kinds_go_and_what_stands_below_them() {
        let cover = Cover::of(&items(), &[id(1), id(2), id(6)]);
        for kind in [
            DataKind::Name,
            DataKind::Kana,
            DataKind::BirthDate,
            DataKind::Age,
            DataKind::Phone,
            DataKind::CorporateNumber,
        ] {
            assert!(cover.holds(kind), "{kind}");
        }
        // What was taken off is no longer entrusted, whoever chose it.
        for kind in [DataKind::Address, DataKind::Pay, DataKind::MyNumber] {
            assert!(!cover.holds(kind), "{kind}");
        }
        assert!(!cover.holds_my_number() && Cover::of(&items(), &[id(5)]).holds_my_number());
        let child = Cover::of(&items(), &[id(3)]);
        assert!(child.holds(DataKind::Phone) && !is_among(&items(), id(2), &[id(3)]));
    }

    #[test]
    fn a_column_is_known_by_its_kind_or_by_what_it_is_called() {
        let cover = Cover::of(&items(), &[id(1)]);
        for (heading, kind, beyond) in [
            ("氏名", Some(DataKind::Name), None),
            ("保護者氏名", Some(DataKind::Family), None),
            ("ｼﾒｲ", Some(DataKind::Kana), None),
            ("備考", None, None),
            ("", None, None),
            ("", Some(DataKind::Mail), Some("mail".to_owned())),
            ("電話", Some(DataKind::Phone), Some("phone".to_owned())),
            ("相談の記録（要約）", None, Some(id(4).to_string())),
            ("番号", Some(DataKind::MyNumber), None),
            ("取引先番号", Some(DataKind::CorporateNumber), None),
        ] {
            assert_eq!(cover.beyond(&column(heading, kind)), beyond, "{heading} {kind:?}");
        }
    }

    #[test]
    fn a_circle_of_items_comes_to_an_end() {
        let circle = [item(1, "甲乙", Some(2)), item(2, "丙丁", Some(1))];
        assert!(!is_among(&circle, id(1), &[id(9)]));
        assert!(is_among(&circle, id(1), &[id(2)]));
    }
}
