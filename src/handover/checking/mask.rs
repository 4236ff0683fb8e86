//! Values behind masks: enough to see what kind of thing a column holds, not what it says.

use crate::contents::DataKind;
use crate::japanese::{find_my_numbers, fold_width};

/// What stands for a character.
const MASK: char = '＊';

/// Most characters of a value that is shown open.
const LONGEST: usize = 200;

/// A value masked: of a date the year, of a number how long it is, of words the first character and
/// whether they are short or long. Of what needs special care nothing, and of 個人番号 nothing ever.
pub(in crate::handover) fn masked(kind: Option<DataKind>, text: &str) -> String {
    let text = text.trim();
    if text.is_empty() {
        return String::new();
    }
    if kind == Some(DataKind::MyNumber) || !find_my_numbers(text).is_empty() {
        return stars(12);
    }
    if kind.is_some_and(DataKind::is_sensitive) {
        return stars(3);
    }
    let folded = fold_width(text);
    if let Some(year) = year(&folded) {
        return format!("{year}-{}-{}", stars(2), stars(2));
    }
    if is_number(&folded) {
        let star = |c: char| if c.is_ascii_digit() { MASK } else { c };
        return folded.chars().take(20).map(star).collect();
    }
    words(text)
}

/// A value as it is, without 個人番号 and without an end.
pub(super) fn open(kind: Option<DataKind>, text: &str) -> String {
    if kind == Some(DataKind::MyNumber) {
        return stars(12);
    }
    let mut shown = String::new();
    let mut from = 0;
    for place in find_my_numbers(text) {
        shown.push_str(text.get(from..place.start).unwrap_or_default());
        shown.push_str(&stars(12));
        from = place.end;
    }
    shown.push_str(text.get(from..).unwrap_or_default());
    shown.chars().take(LONGEST).collect()
}

fn stars(count: usize) -> String {
    std::iter::repeat_n(MASK, count).collect()
}

/// The year of a date as readers of tables give it (ISO 8601), with or without a time.
fn year(text: &str) -> Option<&str> {
    let day = text.get(..10)?;
    let date: chrono::NaiveDate = day.parse().ok()?;
    let rest = text.get(10..)?;
    let timed = rest.is_empty() || rest.starts_with(['T', ' ']);
    (timed && date.to_string() == day).then(|| day.get(..4))?
}

/// A number: of a telephone, of a sum, of a certificate.
fn is_number(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || "+-,.() ー−".contains(c))
}

/// The first character of words, and about how many there are. A single character (男, 女, 有)
/// would be all of it.
fn words(text: &str) -> String {
    let first = text.chars().next().unwrap_or(MASK);
    match text.chars().count() {
        0 | 1 => stars(1),
        2..=6 => format!("{first}{}", stars(2)),
        7..=20 => format!("{first}{}", stars(5)),
        _ => format!("{first}{}", stars(10)),
    }
}

#[cfg(test)]
mod tests {
    use super::{masked, open};
    use crate::contents::DataKind;

    #[test]
    fn a_masked_value_tells_its_kind_and_not_itself() {
        for (text, shown) in [
            ("", ""),
            ("女", "＊"),
            ("山田 花子", "山＊＊"),
            ("株式会社なみおと事業所", "株＊＊＊＊＊"),
            ("1985-04-02", "1985-＊＊-＊＊"),
            ("1985-04-02T00:00:00", "1985-＊＊-＊＊"),
            ("0１２３４５６7", "＊＊＊＊＊＊＊＊"),
            ("059-000-1234", "＊＊＊-＊＊＊-＊＊＊＊"),
            ("250,000", "＊＊＊,＊＊＊"),
            ("hanako@example.jp", "h＊＊＊＊＊"),
            ("1985-04-02生まれ", "1＊＊＊＊＊"),
        ] {
            assert_eq!(masked(None, text), shown, "{text}");
        }
        assert_eq!(masked(Some(DataKind::Disability), "精神障害2級"), "＊＊＊");
        assert_eq!(masked(Some(DataKind::Health), "5"), "＊＊＊");
    }

    #[test]
    fn my_numbers_stay_masked_when_the_rest_is_opened() {
        let number = "123456789018";
        for text in [number.to_owned(), format!("番号 {number}"), "1234-5678-9018".to_owned()] {
            let shown = [masked(None, &text), open(None, &text)];
            assert!(
                shown.iter().all(|shown| !shown.contains('1') && shown.contains("＊＊＊＊")),
                "{shown:?}"
            );
        }
        assert_eq!(open(Some(DataKind::MyNumber), "123"), "＊＊＊＊＊＊＊＊＊＊＊＊");
        assert_eq!(open(None, "山田 花子"), "山田 花子");
        assert_eq!(open(None, &"長".repeat(500)).chars().count(), 200);
    }
}
