//! 個人番号 (My Number) in free text: found and refused, never stored.

use std::ops::Range;

use super::text::is_hyphen;

#[cfg(test)]
mod tests;

/// Whether a text holds a well-formed 個人番号 (番号法20条: it must not be kept here); see
/// [`find_my_numbers`].
#[must_use]
pub fn contains_my_number(text: &str) -> bool {
    !find_my_numbers(text).is_empty()
}

/// The byte ranges of the well-formed 個人番号 in a text (番号法施行令8条: 11 digits and a check
/// digit), in half or full width, in one piece or as 4-4-4 with hyphens or spaces.
///
/// Part of a longer number is none: 13 digits, four groups of four (a payment card), or a
/// further group behind a hyphen (a 法人番号 as 7-0000-1205-0002). About one in nine of all
/// other 12-digit numbers fits the check digit by chance.
#[must_use]
pub fn find_my_numbers(text: &str) -> Vec<Range<usize>> {
    let runs = digit_runs(text);
    let whole = runs.iter().filter(|run| is_well_formed(&run.digits));
    let mut found: Vec<Range<usize>> = whole.map(|run| run.place.clone()).collect();
    found.extend((0..runs.len()).filter_map(|first| grouped(&runs, first)));
    found.sort_by_key(|place| place.start);
    found
}

/// What stands between two runs of digits, if it is a single mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Join {
    Hyphen,
    Space,
}

impl Join {
    fn of(c: char) -> Option<Self> {
        match c {
            ' ' | '\u{a0}' | '\u{3000}' => Some(Self::Space),
            c if is_hyphen(c) => Some(Self::Hyphen),
            _ => None,
        }
    }
}

/// Digits without anything between them.
struct Run {
    place: Range<usize>,
    digits: Vec<u32>,
    /// The mark that alone parts the run from the one before.
    join: Option<Join>,
}

/// All runs of digits in a text.
fn digit_runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut gap: Vec<char> = Vec::new();
    for (start, c) in text.char_indices() {
        let Some(digit) = digit(c) else {
            gap.push(c);
            continue;
        };
        let end = start + c.len_utf8();
        match runs.last_mut() {
            Some(run) if gap.is_empty() => {
                run.place.end = end;
                run.digits.push(digit);
            }
            _ => runs.push(Run {
                place: start..end,
                digits: vec![digit],
                join: single(&gap).and_then(Join::of),
            }),
        }
        gap.clear();
    }
    runs
}

/// The only element of a slice.
fn single(gap: &[char]) -> Option<char> {
    match gap {
        [c] => Some(*c),
        _ => None,
    }
}

/// A digit in half or full width. Circled and other digits head a line; they join no number.
fn digit(c: char) -> Option<u32> {
    match c {
        '０'..='９' => u32::from(c).checked_sub(u32::from('０')),
        _ => c.to_digit(10),
    }
}

/// The number that three groups of four make, from `first` on.
fn grouped(runs: &[Run], first: usize) -> Option<Range<usize>> {
    let [a, b, c] = runs.get(first..)?.first_chunk()?;
    let join = b.join.filter(|join| c.join == Some(*join))?;
    let fours = [a, b, c].iter().all(|run| run.digits.len() == 4);
    let before = first.checked_sub(1).and_then(|index| runs.get(index));
    let after = runs.get(first + 3);
    let longer = before.is_some_and(|run| goes_on(join, a.join, run))
        || after.is_some_and(|run| goes_on(join, run.join, run));
    let digits = [&*a.digits, &b.digits, &c.digits].concat();
    (fours && !longer && is_well_formed(&digits)).then_some(a.place.start..c.place.end)
}

/// Whether the group beside a number belongs to it: any behind a hyphen, four digits behind a
/// space, where a count or a date may follow.
fn goes_on(inner: Join, outer: Option<Join>, beside: &Run) -> bool {
    outer == Some(inner) && (inner == Join::Hyphen || beside.digits.len() == 4)
}

/// Twelve digits, the last of which is the check digit of the others (平成26年総務省令85号5条;
/// law.md §5).
fn is_well_formed(digits: &[u32]) -> bool {
    let Some((check, base)) = digits.split_last() else {
        return false;
    };
    if base.len() != 11 {
        return false;
    }
    let weights = (2..=7).chain(2..=6);
    let sum: u32 = base.iter().rev().zip(weights).map(|(d, w)| d * w).sum();
    let expected = match sum % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    };
    *check == expected
}
