//! The encoding of a text file: UTF-8 with or without its mark, or CP932.

use std::borrow::Cow;

use encoding_rs::{EUC_JP, SHIFT_JIS};

/// Why a file isn't text that we read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// UTF-16, as some programs export it.
    Utf16,
    /// Bytes that no text has.
    Binary,
    /// EUC-JP, which would read as rows of half-width katakana.
    EucJp,
    /// Neither UTF-8 nor CP932: the line of the first byte that fits neither, from 1.
    Mixed(u32),
}

/// The text of a file.
pub(crate) fn text(bytes: &[u8]) -> Result<Cow<'_, str>, Unreadable> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Unreadable::Utf16);
    }
    if bytes.contains(&0) {
        return Err(Unreadable::Binary);
    }
    let (bytes, marked) = match bytes.strip_prefix(&[0xef, 0xbb, 0xbf]) {
        Some(rest) => (rest, true),
        None => (bytes, false),
    };
    let valid = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(Cow::Borrowed(text)),
        Err(error) => error.valid_up_to(),
    };
    let japanese = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes);
    match japanese {
        Some(text) if !marked => {
            if is_euc(bytes, &text) {
                Err(Unreadable::EucJp)
            } else {
                Ok(text)
            }
        }
        _ if !marked
            && EUC_JP.decode_without_bom_handling_and_without_replacement(bytes).is_some() =>
        {
            Err(Unreadable::EucJp)
        }
        _ => Err(Unreadable::Mixed(line(bytes, broken(bytes).max(valid)))),
    }
}

/// Where CP932 ends to make sense.
fn broken(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(first) = bytes.get(at) {
        let second = bytes.get(at + 1);
        at += match first {
            0x00..=0x80 | 0xa0..=0xdf => 1,
            0x81..=0x9f | 0xe0..=0xfc
                if second.is_some_and(|b| matches!(b, 0x40..=0x7e | 0x80..=0xfc)) =>
            {
                2
            }
            _ => return at,
        };
    }
    at
}

fn line(bytes: &[u8], at: usize) -> u32 {
    let before = bytes.iter().take(at).filter(|b| **b == b'\n').count();
    u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
}

/// Whether bytes that could be CP932 are EUC-JP: then they read as half-width katakana in CP932, and
/// as kana and kanji in EUC-JP.
fn is_euc(bytes: &[u8], as_cp932: &str) -> bool {
    let Some(as_euc) = EUC_JP.decode_without_bom_handling_and_without_replacement(bytes) else {
        return false;
    };
    let count = |text: &str, fits: fn(char) -> bool| text.chars().filter(|c| fits(*c)).count();
    let half = count(as_cp932, |c| matches!(c, '\u{ff61}'..='\u{ff9f}'));
    let others = count(as_cp932, |c| !c.is_ascii()) - half;
    let full = count(&as_euc, |c| matches!(c, 'ぁ'..='ヿ' | '一'..='龥'));
    half > others && full > 0
}
