//! Which part of a file is asked for: RFC 9110 §14, for one range of bytes.

use std::ops::Range;

/// What a request asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All of it.
    Whole,
    /// A part: 206.
    Part(Range<u64>),
    /// Bytes that aren't there: 416.
    Beyond,
}

/// Reads `Range` and `If-Range` of a request for a file of `size` bytes with this entity tag. What
/// isn't understood, several ranges, and a part of what the file no longer is, give all of it.
pub(super) fn wanted(range: Option<&str>, if_range: Option<&str>, tag: &str, size: u64) -> Wanted {
    let same = if_range.is_none_or(|known| known.trim() == tag);
    let Some(asked) = range.filter(|_| same).and_then(spec) else {
        return Wanted::Whole;
    };
    let part = match asked {
        (Some(first), Some(last)) if last < first => return Wanted::Whole,
        (Some(first), Some(last)) => first..last.saturating_add(1).min(size),
        (Some(first), None) => first..size,
        (None, Some(last)) => size.saturating_sub(last)..size,
        (None, None) => return Wanted::Whole,
    };
    if part.start < part.end { Wanted::Part(part) } else { Wanted::Beyond }
}

/// The first and last byte that a header names.
fn spec(header: &str) -> Option<(Option<u64>, Option<u64>)> {
    let (unit, set) = header.split_once('=')?;
    let (first, last) = set.trim().split_once('-')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    Some((position(first).ok()?, position(last).ok()?))
}

/// Something else than a position.
struct NoPosition;

/// A position: digits alone; nothing where none is given.
fn position(text: &str) -> Result<Option<u64>, NoPosition> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NoPosition);
    }
    // More than there are numbers for is beyond every file.
    Ok(Some(text.parse().unwrap_or(u64::MAX)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Wanted, wanted};

    const TAG: &str = "\"abc\"";

    #[test]
    fn one_range_is_a_part() {
        let part = |start, end| Wanted::Part(start..end);
        for (header, expected) in [
            ("bytes=0-0", part(0, 1)),
            ("bytes=0-", part(0, 100)),
            ("bytes=10-19", part(10, 20)),
            ("bytes=10-1000", part(10, 100)),
            ("bytes=-1", part(99, 100)),
            ("bytes=-1000", part(0, 100)),
            ("BYTES = 5 - 6", part(5, 7)),
            ("bytes=99-99999999999999999999999", part(99, 100)),
            ("bytes=100-", Wanted::Beyond),
            ("bytes=100-200", Wanted::Beyond),
            ("bytes=-0", Wanted::Beyond),
            ("bytes=99999999999999999999999-", Wanted::Beyond),
            ("bytes=9-5", Wanted::Whole),
            ("bytes=-", Wanted::Whole),
            ("bytes=", Wanted::Whole),
            ("bytes=a-b", Wanted::Whole),
            ("bytes=+1-2", Wanted::Whole),
            ("bytes=--5", Wanted::Whole),
            ("bytes=0-1,3-4", Wanted::Whole),
            ("items=0-1", Wanted::Whole),
            ("", Wanted::Whole),
        ] {
            assert_eq!(wanted(Some(header), None, TAG, 100), expected, "{header}");
        }
        assert_eq!(wanted(None, None, TAG, 100), Wanted::Whole);
        assert_eq!(wanted(Some("bytes=0-"), None, TAG, 0), Wanted::Beyond);
    }

    #[test]
    fn a_part_of_something_else_is_all_of_it() {
        let asked = |tag| wanted(Some("bytes=10-"), Some(tag), TAG, 100);
        assert_eq!(asked(TAG), Wanted::Part(10..100));
        for other in ["\"abd\"", "W/\"abc\"", "abc", "Wed, 01 Apr 2026 00:00:00 GMT", ""] {
            assert_eq!(asked(other), Wanted::Whole, "{other}");
        }
    }

    proptest! {
        #[test]
        fn a_part_lies_within_the_file(header in "(bytes=)?[0-9,=a -]{0,24}", size in 0_u64..200) {
            if let Wanted::Part(part) = wanted(Some(&header), None, TAG, size) {
                prop_assert!(part.start < part.end && part.end <= size);
            }
        }
    }
}
