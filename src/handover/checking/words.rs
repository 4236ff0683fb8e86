//! Stops, kinds and hidden things in the reader's words.

use crate::contents::{DataKind, Hidden, Unreadable};
use crate::entrustment::DataItemId;
use crate::handover::model::Stop;
use crate::rulebook::{self, ItemFact, RuleId};
use crate::web::Language;
use crate::web::locale::{text, text_with};

/// What a kind of data is called.
pub(in crate::handover) fn kind(language: Language, kind: DataKind) -> String {
    text(language, &format!("contents-kind-{kind}"))
}

/// What is hidden, in words.
pub(super) fn hidden(language: Language, what: Hidden) -> String {
    text(language, &format!("contents-hidden-{what}"))
}

/// Why a file can't be looked into.
pub(super) fn unreadable(language: Language, why: Unreadable) -> String {
    text(language, &format!("contents-unreadable-{why}"))
}

/// What is wrong, in a few words: of a broken rule what the rulebook calls it. Statistics use it too.
pub(in crate::handover) fn title(language: Language, stop: Stop, what: &str) -> String {
    match rule(stop, what) {
        Some(rule) => rulebook::title(language, rule),
        None => text(language, &format!("handover-stop-{stop}")),
    }
}

/// What to do about it; of a broken rule what it says.
pub(super) fn to_do(language: Language, stop: Stop, what: &str) -> String {
    match rule(stop, what) {
        Some(rule) => rulebook::text(language, rule),
        None => text(language, &format!("handover-stop-{stop}-do")),
    }
}

/// The rule that is broken.
pub(super) fn rule(stop: Stop, what: &str) -> Option<RuleId> {
    if stop == Stop::Rule { what.parse().ok() } else { None }
}

/// By what a stop is so, as a reader has it; empty where the stop itself says all.
pub(in crate::handover) fn what(
    language: Language,
    stop: Stop,
    what: &str,
    items: &[ItemFact],
) -> String {
    match stop {
        Stop::ItemsBeyond | Stop::RecipientItems => match what.parse::<DataKind>() {
            Ok(known) => kind(language, known),
            Err(_) => item(what, items),
        },
        Stop::PersonsBeyond | Stop::RecipientPersons => counted(language, "handover-persons", what),
        Stop::OthersRows => counted(language, "handover-rows", what),
        Stop::Hidden => concealed(language, what),
        Stop::Unreadable => {
            what.parse().map_or_else(|_| String::new(), |why| unreadable(language, why))
        }
        _ => String::new(),
    }
}

fn item(id: &str, items: &[ItemFact]) -> String {
    let id: Option<DataItemId> = id.parse().ok();
    let known = items.iter().find(|item| Some(item.id) == id);
    known.map(|item| item.name.clone()).unwrap_or_default()
}

fn counted(language: Language, key: &str, count: &str) -> String {
    let count: i64 = count.parse().unwrap_or_default();
    text_with(language, key, &[("count", count.into())])
}

/// `rows:名簿` as 表示されていない行（名簿）.
fn concealed(language: Language, what: &str) -> String {
    let (word, places) = what.split_once(':').unwrap_or((what, ""));
    let Ok(what) = word.parse() else {
        return String::new();
    };
    let what = hidden(language, what);
    if places.is_empty() {
        return what;
    }
    let args = [("what", what.into()), ("places", places.into())];
    text_with(language, "handover-hidden-at", &args)
}

/// A difference in words.
impl super::differences::Difference {
    /// As whoever decides reads it.
    pub fn view(&self, language: Language) -> super::differences::DifferenceView {
        use super::differences::{Difference as D, DifferenceView};
        let column = |sheet: &String, heading: &String| {
            if sheet.is_empty() {
                return heading.clone();
            }
            let args = [("sheet", sheet.as_str().into()), ("column", heading.as_str().into())];
            text_with(language, "handover-column-of", &args)
        };
        let counts = |before: u64, now: u64| {
            let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
            let args = [("before", number(before).into()), ("now", number(now).into())];
            text_with(language, "handover-difference-count", &args)
        };
        let (word, said, more) = match self {
            D::RecipientAdded(name) => ("recipient-added", name.clone(), true),
            D::RecipientRemoved(name) => ("recipient-removed", name.clone(), false),
            D::KindAdded(added) => ("kind-added", kind(language, *added), true),
            D::KindRemoved(removed) => ("kind-removed", kind(language, *removed), false),
            D::ColumnAdded(sheet, heading) => ("column-added", column(sheet, heading), true),
            D::ColumnRemoved(sheet, heading) => ("column-removed", column(sheet, heading), false),
            D::Rows(before, now) => ("rows", counts(*before, *now), now > before),
            D::Persons(before, now) => ("persons", counts(*before, *now), now > before),
            D::Files(before, now) => ("files", counts(*before, *now), now > before),
            D::Bytes(before, now) => ("bytes", counts(*before, *now), false),
        };
        let label = text(language, &format!("handover-difference-{word}"));
        DifferenceView { label, text: said, more }
    }
}

#[cfg(test)]
mod tests {
    use super::{hidden, kind, title, to_do, what};
    use crate::contents::{DataKind, Format, Hidden, Unreadable};
    use crate::entrustment::{DataItemId, ItemMark};
    use crate::handover::model::{FileState, Stop};
    use crate::rulebook::ItemFact;
    use crate::web::Language;
    use crate::web::locale::{has, text};

    #[test]
    fn everything_that_is_found_has_words() {
        for language in Language::ALL {
            let mut keys = Vec::new();
            for stop in Stop::ALL {
                keys.extend([format!("handover-stop-{stop}"), format!("handover-stop-{stop}-do")]);
            }
            keys.extend(DataKind::ALL.iter().map(|word| format!("contents-kind-{word}")));
            keys.extend(Hidden::ALL.iter().map(|word| format!("contents-hidden-{word}")));
            keys.extend(Unreadable::ALL.iter().map(|word| format!("contents-unreadable-{word}")));
            keys.extend(Format::ALL.iter().map(|word| format!("contents-format-{word}")));
            keys.extend(FileState::ALL.iter().map(|word| format!("handover-file-state-{word}")));
            for key in keys {
                assert!(has(language, &key), "{key} in {language}");
            }
        }
    }

    #[test]
    fn by_what_a_stop_is_so_is_said_to_its_reader() {
        let id: DataItemId = "018f0000-0000-7000-8000-000000000001".parse().unwrap();
        let items = [ItemFact {
            id,
            name: "相談内容".into(),
            mark: ItemMark::None,
            parent: None,
            entrusted: true,
        }];
        let ja = Language::Ja;
        for (stop, word, said) in [
            (Stop::ItemsBeyond, "disability", "障害"),
            (Stop::RecipientItems, id.as_str(), "相談内容"),
            (Stop::RecipientPersons, "1234", "1,234人"),
            (Stop::OthersRows, "2", "2行"),
            (Stop::Hidden, "rows:名簿、内訳", "表示されていない行（名簿、内訳）"),
            (Stop::Hidden, "program", "マクロなどのプログラム"),
            (Stop::Unreadable, "broken", "壊れているか、拡張子と中身が違います"),
            (Stop::NoFile, "", ""),
        ] {
            assert_eq!(what(ja, stop, word, &items), said, "{stop} {word}");
        }
        assert_eq!(title(ja, Stop::Rule, "free_mail"), text(ja, "rule-free_mail-title"));
        assert_eq!(to_do(ja, Stop::Rule, "free_mail"), text(ja, "rule-free_mail-text"));
        assert_eq!(kind(ja, DataKind::Pay), "給与・報酬");
        assert_eq!(hidden(Language::En, Hidden::Slide), "Hidden slide");
    }
}
