//! Characters that have no place in a field.

#[cfg(test)]
mod tests;

/// Whether a character is refused in every field: control characters (Unicode category Cc), line
/// and paragraph separators, and those that change the direction of the text around them (UAX #9
/// §2), which can make a file name or an amount look like another.
#[must_use]
pub fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

/// Whether a text holds a refused character ([`is_control`]); a text of several lines may hold
/// line breaks and tabs (HTML, `textarea`).
#[must_use]
pub fn has_control(text: &str, multiline: bool) -> bool {
    text.chars().any(|c| is_control(c) && !(multiline && matches!(c, '\n' | '\r' | '\t')))
}

/// The characters typed for a hyphen between digits: the hyphens and dashes of Unicode, the
/// minus sign, the katakana mark, each in both widths.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' | 'ー' | '\u{ff70}')
}

/// The text with full-width and compatibility forms folded (NFKC): `１２` becomes `12`.
#[must_use]
pub fn fold_width(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    text.nfkc().collect()
}
