//! What a single value looks like.

use chrono::Datelike as _;

use super::words::words;
use crate::contents::model::DataKind;
use crate::japanese::{
    CorporateNumber, contains_my_number, fold_name, fold_width, is_katakana_name, parse_date,
    to_katakana,
};

/// Most bytes of a value that is looked at; more is prose.
const MAX_VALUE: usize = 240;

/// The kind that a value looks like. A date looks like a birth date; whether a column of dates holds
/// birth dates, their spread tells.
pub(in crate::contents) fn kind_of_value(text: &str) -> Option<DataKind> {
    let text = text.trim();
    if text.is_empty() || text.len() > MAX_VALUE {
        return None;
    }
    let folded = if text.is_ascii() { text.to_owned() } else { fold_width(text) };
    let value = folded.trim();
    if is_mail(value) {
        return Some(DataKind::Mail);
    }
    if let Some(digits) = Digits::of(value) {
        return digits.kind().or_else(|| date(value));
    }
    date(value)
        .or_else(|| sex(value))
        .or_else(|| in_words(value))
        .or_else(|| address(value))
        .or_else(|| name(value))
}

/// Whether a text is one mail address.
pub(super) fn is_mail(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let dotted = domain.rsplit_once('.').is_some_and(|(_, top)| top.len() >= 2);
    !local.is_empty() && dotted && local.chars().all(plain) && domain.chars().all(plain)
}

/// A text of digits, with marks between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::contents) struct Digits {
    /// The digits alone.
    pub(in crate::contents) digits: String,
    /// The digits with a hyphen for every mark.
    grouped: String,
}

impl Digits {
    /// The digits of a text that has nothing but digits, hyphens, spaces and brackets, in half or
    /// full width.
    pub(in crate::contents) fn of(text: &str) -> Option<Self> {
        let (mut digits, mut grouped) = (String::new(), String::new());
        for c in text.chars() {
            match digit(c) {
                Some(digit) => {
                    digits.push(digit);
                    grouped.push(digit);
                }
                None if is_joint(c) => grouped.push('-'),
                None if c == '+' && digits.is_empty() => grouped.push('+'),
                None => return None,
            }
        }
        (!digits.is_empty()).then_some(Self { digits, grouped })
    }

    /// The kind of number it looks like.
    pub(super) fn kind(&self) -> Option<DataKind> {
        let length = self.digits.len();
        if length == 12 && contains_my_number(&self.digits) {
            return Some(DataKind::MyNumber);
        }
        if length == 13 && self.digits.parse::<CorporateNumber>().is_ok() {
            return Some(DataKind::CorporateNumber);
        }
        if self.is_card() {
            return Some(DataKind::Card);
        }
        if self.is_phone() {
            return Some(DataKind::Phone);
        }
        let mut parts = self.grouped.split('-').map(str::len);
        let postal = (parts.next(), parts.next(), parts.next()) == (Some(3), Some(4), None);
        postal.then_some(DataKind::Address)
    }

    /// A telephone number of Japan, the leading zero lost to a spreadsheet or not.
    pub(super) fn is_phone(&self) -> bool {
        let digits = self.digits.as_str();
        let national = digits.strip_prefix("81").filter(|_| self.grouped.starts_with('+'));
        if let Some(rest) = national {
            return matches!(rest.len(), 9..=11);
        }
        if let Some(rest) = digits.strip_prefix('0') {
            return matches!(rest.len(), 9 | 10) && !rest.starts_with('0');
        }
        let mobile = ["70", "80", "90"].iter().any(|start| digits.starts_with(start));
        digits.len() == 10 && mobile
    }

    /// A number of a payment card: its first digits, its length and its check digit (Luhn).
    pub(super) fn is_card(&self) -> bool {
        let start = |length: usize| {
            self.digits.get(..length).and_then(|start| start.parse::<u32>().ok()).unwrap_or(0)
        };
        let issued = match self.digits.len() {
            13 | 19 => start(1) == 4 || start(2) == 62,
            14 => start(2) == 36 || start(2) == 38 || (300..=305).contains(&start(3)),
            15 => matches!(start(2), 34 | 37),
            16 => {
                start(1) == 4
                    || (51..=55).contains(&start(2))
                    || (2221..=2720).contains(&start(4))
                    || (3528..=3589).contains(&start(4))
                    || start(4) == 6011
                    || matches!(start(2), 62 | 65)
            }
            17 | 18 => start(2) == 62,
            _ => false,
        };
        issued && luhn(&self.digits)
    }
}

/// A digit in half or full width.
pub(super) fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32),
        _ => None,
    }
}

/// What stands between the groups of a number.
pub(super) fn is_joint(c: char) -> bool {
    matches!(
        c,
        '-' | ' ' | '(' | ')' | '（' | '）' | '\u{3000}' | '\u{a0}' | '\u{2010}'
            ..='\u{2015}' | '\u{2212}' | '\u{ff0d}' | 'ー' | '\u{ff70}'
    )
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .chars()
        .rev()
        .filter_map(|c| c.to_digit(10))
        .zip([1, 2].into_iter().cycle())
        .map(|(digit, weight)| digit * weight)
        .map(|product| product / 10 + product % 10)
        .sum();
    sum.is_multiple_of(10)
}

fn date(value: &str) -> Option<DataKind> {
    plausible_year(value).map(|_| DataKind::BirthDate)
}

/// The year of a date on which somebody who lives may be born.
pub(in crate::contents) fn plausible_year(value: &str) -> Option<i32> {
    if value.len() > 40 {
        return None;
    }
    let value = value.trim();
    if let Ok(date) = parse_date(value) {
        return Some(date.year()).filter(|year| (1900..2100).contains(year));
    }
    older_era(value).or_else(|| {
        let plain = value.len() == 8 && value.bytes().all(|byte| byte.is_ascii_digit());
        let date = chrono::NaiveDate::parse_from_str(value, "%Y%m%d").ok().filter(|_| plain)?;
        Some(date.year()).filter(|year| (1900..2100).contains(year))
    })
}

/// The year of a date in 大正 or 明治, in which the oldest were born.
fn older_era(value: &str) -> Option<i32> {
    let eras = [("大正", 1911), ("T", 1911), ("明治", 1867), ("M", 1867)];
    let (rest, zero) =
        eras.iter().find_map(|(era, zero)| Some((value.strip_prefix(era)?, zero)))?;
    let year: String = rest.trim_start().chars().take_while(char::is_ascii_digit).collect();
    let then = rest.trim_start().strip_prefix(year.as_str())?;
    let marked = then.starts_with(['.', '/', '-', '年']);
    let days = then.chars().filter(char::is_ascii_digit).count();
    let year: i32 = year.parse().ok().filter(|year| (1..=45).contains(year))?;
    (marked && (2..=4).contains(&days)).then_some(zero + year)
}

fn sex(value: &str) -> Option<DataKind> {
    matches!(value, "男" | "女" | "男性" | "女性" | "男子" | "女子" | "男児" | "女児")
        .then_some(DataKind::Sex)
}

/// Words that tell of health or of a disability, and how grades are written.
fn in_words(value: &str) -> Option<DataKind> {
    let folded = fold_name(value);
    let told = words().in_text.iter().find(|(word, _)| folded.contains(word.as_str()));
    if let Some((_, kind)) = told {
        return Some(*kind);
    }
    let graded = ["身体", "療育", "精神", "身障"].iter().any(|start| folded.starts_with(start))
        && folded.ends_with(['級', '度', 'a', 'b', '1', '2', '3', '4']);
    let class = folded.ends_with('級') && (folded.contains("種") || folded.contains("手帳"));
    (graded || class).then_some(DataKind::Disability)
}

fn address(value: &str) -> Option<DataKind> {
    let value = value
        .trim_start_matches('〒')
        .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | ' '));
    if value.chars().count() > 80 {
        return None;
    }
    let begins = words().prefectures.iter().any(|name| value.starts_with(name.as_str()));
    let town = value.chars().take(9).skip(1).any(|c| matches!(c, '市' | '区' | '町' | '村' | '郡'));
    let numbered = value.chars().any(|c| c.is_ascii_digit()) || value.contains("丁目");
    let prose = value.contains(['。', ':', '@']);
    ((begins || (town && numbered)) && !prose).then_some(DataKind::Address)
}

/// A name: two short words of kanji or kana with a space between, or one that begins with a common
/// family name.
fn name(value: &str) -> Option<DataKind> {
    let length = value.chars().count();
    if !(2..=24).contains(&length) {
        return None;
    }
    let mut parts = value.split_whitespace();
    let (first, second, third) = (parts.next()?, parts.next(), parts.next());
    let Some(given) = second else {
        let whole = length <= 7 && first.chars().all(is_name_letter) && !ends_as_place(first);
        return (whole && words().begins_with_surname(&fold_name(first))).then_some(DataKind::Name);
    };
    let kana: String = value.chars().map(to_katakana).collect();
    if is_katakana_name(&kana) {
        return Some(DataKind::Kana);
    }
    let short = |part: &str| (1..=5).contains(&part.chars().count());
    let letters = [first, given].iter().all(|part| short(part) && part.chars().all(is_name_letter));
    let kanji = first.chars().any(is_kanji);
    (third.is_none() && letters && kanji && !ends_as_place(given)).then_some(DataKind::Name)
}

fn is_name_letter(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '々' | '〆') || is_kanji(c)
}

fn is_kanji(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}')
}

/// Endings of places, offices and shops, which no given name has.
fn ends_as_place(word: &str) -> bool {
    word.ends_with([
        '部', '課', '係', '局', '園', '校', '院', '所', '店', '社', '市', '町', '県', '区', '科',
        '組', '号', '棟', '階', '業', '会', '室', '用', '地', '版', '年', '月',
    ])
}
