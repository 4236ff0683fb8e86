//! Free texts of incidents hold no data of anybody: a My Number is refused, what looks like somebody's
//! data is asked about.

use crate::japanese::{contains_my_number, fold_width};
use crate::web::{Fields, Message};

/// The box that says that a text holds nothing of anybody's data although it looks so.
pub const CONFIRMED: &str = "text_confirmed";

/// Refuses a My Number in the texts (番号法20条), and asks to look again at those with mail addresses,
/// telephone or card numbers, unless the box says that somebody did.
pub fn check(fields: &mut Fields<'_>, texts: &[(&str, Option<&str>)]) {
    let mut suspicious = false;
    for (field, text) in texts {
        let text = text.unwrap_or_default();
        fields.check(!contains_my_number(text), field, "incident-error-my-number");
        suspicious |= looks_personal(text);
    }
    if suspicious && !fields.ticked(CONFIRMED) {
        fields.error(CONFIRMED, Message::new("incident-error-looks-personal"));
    }
}

/// Whether a text seems to hold a mail address, a telephone number or a card number.
pub(super) fn looks_personal(text: &str) -> bool {
    let text = fold_width(text);
    has_address(&text) || text.split(|c: char| !of_number(c)).any(is_number)
}

fn has_address(text: &str) -> bool {
    let of_word = |c: char| c.is_ascii_alphanumeric();
    text.split_once('@').is_some_and(|(before, after)| {
        (before.ends_with(of_word) && after.starts_with(of_word)) || has_address(after)
    })
}

fn of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '-' | '(' | ')' | '+' | ' ' | '‐' | '−' | '–')
}

/// A telephone number of Japan, or a payment card's number with its check digit.
fn is_number(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
    let phone = matches!(digits.len(), 10 | 11) && digits.first() == Some(&0);
    phone || (matches!(digits.len(), 14..=16) && luhn(&digits))
}

fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => *digit,
            (_, twice) if twice > 9 => twice - 9,
            (_, twice) => twice,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::Form;

    #[test]
    fn what_looks_like_somebodys_data_is_asked_about() {
        for text in [
            "宛先は hanako@example.jp でした",
            "ｔａｒｏ＠example.com",
            "電話 0599-12-3456",
            "090 1234 5678 に電話",
            "カード 4111-1111-1111-1111",
        ] {
            assert!(looks_personal(text), "{text}");
        }
        for text in [
            "4月1日 16:08 に49人分の名簿を誤送信",
            "契約番号 2026-10、件数 1234567 件",
            "@の前がない",
            "4111-1111-1111-1112",
            "",
        ] {
            assert!(!looks_personal(text), "{text}");
        }
    }

    #[test]
    fn a_my_number_is_refused_and_the_rest_passes_once_it_is_confirmed() {
        let said = |text: &str, ticked: &str| {
            let form = Form::from_pairs([("summary", text), (CONFIRMED, ticked)]);
            let mut fields = Fields::of(&form);
            check(&mut fields, &[("summary", Some(text))]);
            match fields.finish(|| Some(())) {
                Ok(()) => Vec::new(),
                Err(invalid) => invalid.errors.into_iter().map(|(field, _)| field).collect(),
            }
        };
        assert_eq!(said("番号は 123456789018", ""), ["summary"]);
        assert_eq!(said("番号は 123456789018", "on"), ["summary"]);
        assert_eq!(said("a@example.jp へ", ""), [CONFIRMED]);
        assert!(said("a@example.jp へ", "on").is_empty());
    }
}
