//! The folded search key of a name: 髙橋 finds 高橋, ﾔﾏﾀﾞ finds やまだ.

use unicode_normalization::UnicodeNormalization;

use super::itaiji::usual_form;
use super::kana::to_katakana;

#[cfg(test)]
mod tests;

/// Abbreviated kinds of corporations, as NFKC leaves them of ㈱ or （株）, and their full names
/// (会社法6条, 一般法人法5条 and the like).
const CORPORATIONS: [(&str, &str); 9] = [
    ("(株)", "株式会社"),
    ("(有)", "有限会社"),
    ("(同)", "合同会社"),
    ("(名)", "合名会社"),
    ("(資)", "合資会社"),
    ("(社)", "社団法人"),
    ("(財)", "財団法人"),
    ("(学)", "学校法人"),
    ("(医)", "医療法人"),
];

/// The key a name is searched by (law.md §5): NFKC, lower case, katakana for hiragana, the usual
/// form of a variant character, no spaces, no variation selectors. The name itself is kept as
/// typed; the key is never shown.
#[must_use]
pub fn fold_name(name: &str) -> String {
    let normal = name.chars().filter(|c| !is_invisible(*c)).nfkc();
    let folded = normal
        .flat_map(char::to_lowercase)
        .map(|c| usual_form(to_katakana(c)))
        .filter(|c| !c.is_whitespace());
    // Again: a removed space or a new katakana may leave a letter beside a voicing mark.
    let key: String = folded.nfkc().collect();
    CORPORATIONS.iter().fold(key, |key, (short, full)| key.replace(short, full))
}

/// Characters without a look of their own: variation selectors (Unicode §23.4), joiners and
/// zero-width spaces.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{fe00}'..='\u{fe0f}'
            | '\u{e0100}'..='\u{e01ef}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200d}'
            | '\u{2060}'
            | '\u{feff}'
    )
}
