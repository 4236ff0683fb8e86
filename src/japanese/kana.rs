//! Katakana: what a カナ field takes.

use unicode_normalization::UnicodeNormalization;

#[cfg(test)]
mod tests;

/// Whether a text is a name in full-width katakana, as the カナ columns of registers hold it
/// (law.md §4): katakana, ー, ・ and spaces, at least one of them a letter.
#[must_use]
pub fn is_katakana_name(text: &str) -> bool {
    let letter = |c: char| matches!(c, 'ァ'..='ヺ');
    text.nfc().any(letter)
        && text
            .nfc()
            .all(|c| letter(c) || matches!(c, 'ー' | '・' | 'ヽ' | 'ヾ' | ' ' | '\u{3000}'))
}

/// Hiragana as katakana, everything else as it is (Unicode blocks Hiragana and Katakana lie 0x60
/// apart).
#[must_use]
pub fn to_katakana(c: char) -> char {
    match c {
        'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => char::from_u32(u32::from(c) + 0x60).unwrap_or(c),
        _ => c,
    }
}
