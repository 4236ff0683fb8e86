//! Names folded for comparison, quickly: tables hold millions of them.
//!
//! Most texts have nothing but kana, usual kanji, letters and digits, for which folding is a matter of
//! single characters. Whatever else there is, `japanese::fold_name` does.

use std::sync::LazyLock;

use crate::japanese::{fold_name, to_katakana};

/// The first and the last kanji of Unicode's first two blocks of them.
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9fff;

/// Which kanji are their own usual form.
static USUAL: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let kanji = (FIRST..=LAST).map(|code| char::from_u32(code).map(String::from));
    kanji.map(|kanji| kanji.is_some_and(|kanji| fold_name(&kanji) == kanji)).collect()
});

/// A name's key, the same as `japanese::fold_name` gives.
pub(super) fn fold(text: &str) -> String {
    let usual = &*USUAL;
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        let same = match c {
            ' ' | '\t' | '\n' | '\r' | '\u{3000}' => continue,
            // A bracket may be that of （株）.
            '(' => None,
            '!'..='~' => Some(c.to_ascii_lowercase()),
            '０'..='９' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ' => half(c),
            // The small か and け have another usual form.
            'ぁ'..='ゔ' | 'ァ'..='ヴ' | 'ヷ'..='ヺ' | 'ー' => Some(to_katakana(c)),
            '々' | '・' => Some(c),
            '\u{3400}'..='\u{9fff}' => Some(c).filter(|c| is_usual(usual, *c)),
            _ => None,
        };
        match same {
            Some(c) => folded.push(c),
            None => return fold_name(text),
        }
    }
    folded
}

/// A letter or digit in half width and small.
fn half(c: char) -> Option<char> {
    let half = u32::from(c).checked_sub(0xfee0).and_then(char::from_u32)?;
    Some(half.to_ascii_lowercase())
}

fn is_usual(usual: &[bool], c: char) -> bool {
    let place = u32::from(c).checked_sub(FIRST).and_then(|place| usize::try_from(place).ok());
    place.and_then(|place| usual.get(place)).copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::fold;
    use crate::japanese::fold_name;

    #[test]
    fn a_name_is_folded_as_everywhere() {
        for name in [
            "髙橋　はなこ",
            "（株）あおぞら",
            "ﾔﾏﾀﾞ ﾀﾛｳ",
            "ＡＢＣ abc",
            "が",
            "か\u{3099}",
            "森﨑々",
            "霞ゕ関ヶ原",
            "",
        ] {
            assert_eq!(fold(name), fold_name(name), "{name}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_folded_as_everywhere(text in "[ぁ-ヿ一-龥Ａ-ｚa-zA-Z0-9０-９ ()（）・々ｦ-ﾟ\u{3099}\u{309a}\u{3000}-]{0,12}") {
            prop_assert_eq!(fold(&text), fold_name(&text));
        }

        #[test]
        fn any_text_at_all_is(text in any::<String>()) {
            prop_assert_eq!(fold(&text), fold_name(&text));
        }
    }
}
