//! Kinds of personal data, as headings and values tell them, in Japanese as officers write it.
//!
//! The words are in `assets/kinds.txt`. A heading is compared after folding (width, case, kana,
//! spaces), by the longest word that fits: Japanese compounds have their head at the end.

mod loose;
#[cfg(test)]
mod tests;
mod value;
mod words;

use std::collections::BTreeSet;

pub use self::loose::loose;
pub(super) use self::value::{Digits, kind_of_value, plausible_year};
use self::words::{Word, words};
use super::model::DataKind;
use crate::japanese::fold_name;

/// What a heading tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heading {
    /// What the column holds.
    Kind(DataKind),
    /// A known heading of something that is no personal data by itself.
    Known,
    /// Nothing that is known.
    Unknown,
}

/// The kind that a column with this heading holds.
#[must_use]
pub fn kind_of_heading(heading: &str) -> Option<DataKind> {
    match read_heading(heading) {
        Heading::Kind(kind) => Some(kind),
        Heading::Known | Heading::Unknown => None,
    }
}

/// The kinds that the name of an entrusted item names: 「氏名・生年月日・住所」 names three.
#[must_use]
pub fn kinds_of_item(name: &str) -> Vec<DataKind> {
    let mut kinds = BTreeSet::new();
    for piece in name.split(is_between) {
        kinds.extend(kind_of_heading(piece));
    }
    let folded: Vec<char> = fold_name(name).chars().collect();
    let mut rest = folded.as_slice();
    while !rest.is_empty() {
        let longest = words().longest_at(rest);
        kinds.extend(longest.iter().filter_map(|word| word.kind));
        let step = longest.first().map_or(1, |word| word.text.len());
        rest = rest.get(step..).unwrap_or_default();
    }
    kinds.into_iter().collect()
}

/// Most characters of a heading; more is an explanation.
const MAX_HEADING: usize = 40;

/// Whether a folded text in a column of names is none: a sum, a note.
pub(super) fn is_nobody(folded: &str) -> bool {
    folded.starts_with('※') || words().nobody.contains(folded)
}

/// Whether a heading is about somebody who belongs to the person whom the row is about.
pub(super) fn is_of_others(heading: &str) -> bool {
    let folded = fold_name(heading);
    words().others.iter().any(|word| folded.contains(word.as_str()))
}

/// Whether a heading is that of family names alone.
pub(super) fn is_family_name(heading: &str) -> bool {
    words().family_names.contains(&fold_name(heading))
}

/// What a heading tells.
pub(super) fn read_heading(heading: &str) -> Heading {
    if heading.chars().count() > 4 * MAX_HEADING {
        return Heading::Unknown;
    }
    let Parts { whole, outside, inside } = Parts::of(&fold_name(heading));
    let (outer, all, inner) = (told(&outside), told(&whole), told(&inside));
    // 「氏名（フリガナ）」 and 「連絡先（メール）」 are what stands in the brackets;
    // 「生年月日（西暦）」 isn't.
    let closer = match inner {
        Heading::Kind(DataKind::Kana) => outer == Heading::Kind(DataKind::Name),
        Heading::Kind(DataKind::Mail) => outer == Heading::Kind(DataKind::Phone),
        _ => false,
    };
    if closer {
        return inner;
    }
    match (outer, all) {
        (Heading::Kind(_), _) => outer,
        (_, Heading::Kind(_)) => all,
        (Heading::Unknown, Heading::Unknown) => inner,
        _ => Heading::Known,
    }
}

/// A heading by its brackets.
#[derive(Default)]
struct Parts {
    /// All of it, without the brackets themselves.
    whole: String,
    outside: String,
    inside: String,
}

impl Parts {
    fn of(folded: &str) -> Self {
        let mut parts = Self::default();
        let mut depth = 0_u32;
        for c in folded.replace("(必須)", "").replace("(任意)", "").chars() {
            match c {
                '(' | '[' | '【' | '〔' | '<' | '〈' => depth += 1,
                ')' | ']' | '】' | '〕' | '>' | '〉' => depth = depth.saturating_sub(1),
                c if is_mark(c) => {}
                c => {
                    parts.whole.push(c);
                    let side = if depth == 0 { &mut parts.outside } else { &mut parts.inside };
                    side.push(c);
                }
            }
        }
        Self {
            whole: bare(&parts.whole),
            outside: bare(&parts.outside),
            inside: bare(&parts.inside),
        }
    }
}

/// Marks that stand around a heading and mean nothing.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '*' | '※'
            | '★'
            | '☆'
            | '●'
            | '○'
            | '◎'
            | '■'
            | '□'
            | '◆'
            | '◇'
            | '▼'
            | '▲'
            | '△'
            | '▽'
            | '"'
            | '\''
            | ':'
            | '「'
            | '」'
            | '『'
            | '』'
            | '_'
            | '#'
            | '.'
    )
}

/// Without the number before it (1.氏名) or behind it (住所2), unless there is nothing else.
fn bare(text: &str) -> String {
    let digit = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '、');
    let inner = text.trim_matches(digit);
    let inner = inner.strip_prefix("必須").unwrap_or(inner);
    if inner.is_empty() { text.to_owned() } else { inner.to_owned() }
}

/// What parts the names of several things.
fn is_between(c: char) -> bool {
    matches!(
        c,
        '・' | '/'
            | '／'
            | '、'
            | '，'
            | ','
            | '､'
            | '･'
            | ';'
            | '；'
            | '\n'
            | '+'
            | '＋'
            | '&'
            | '＆'
    )
}

fn told(text: &str) -> Heading {
    let chars: Vec<char> = text.chars().collect();
    if chars.is_empty() || chars.len() > MAX_HEADING {
        return Heading::Unknown;
    }
    if let Some(word) = words().exact(&chars) {
        return heading_of(word);
    }
    let mut pieces = text.split(is_between).filter(|piece| !piece.is_empty());
    let first = pieces.next().unwrap_or_default();
    if pieces.next().is_some() {
        // 「氏名・フリガナ」 is first of all a name; 「備考／障害」 tells of a disability.
        let all = || text.split(is_between).map(told);
        let kind = all().find(|told| matches!(told, Heading::Kind(_)));
        return kind.unwrap_or_else(|| told(first));
    }
    words().best(&chars).map_or(Heading::Unknown, heading_of)
}

fn heading_of(word: &Word) -> Heading {
    word.kind.map_or(Heading::Known, Heading::Kind)
}
