//! An answer from the values of a form.

use chrono::NaiveDate;

use super::{AnswerFault, AnswerValue};
use crate::questionnaire::model::{Kind, YesNo};

/// Reads a day as people write it.
pub type ParseDate = fn(&str) -> Option<NaiveDate>;

impl AnswerValue {
    /// Reads the values a form sent for a question. Nothing but white space is blank, which is no
    /// fault here: an unfinished response is saved too. A file question has no values of its own.
    ///
    /// # Errors
    /// When the values are no answer to a question of this kind.
    pub fn parse(kind: &Kind, raw: &[String], parse_date: ParseDate) -> Result<Self, AnswerFault> {
        let mut given: Vec<&str> = raw.iter().map(String::as_str).collect();
        given.retain(|value| !value.trim().is_empty());
        if let Kind::Choices { .. } = kind {
            return parse_choices(kind, &given);
        }
        match given.as_slice() {
            [] => Ok(Self::Blank),
            [one] => parse_one(kind, one, parse_date),
            _ => Err(AnswerFault::Several),
        }
    }
}

fn parse_one(kind: &Kind, raw: &str, parse_date: ParseDate) -> Result<AnswerValue, AnswerFault> {
    match kind {
        Kind::YesNoNa { na_allowed } => {
            let value = YesNo::parse(raw).ok_or(AnswerFault::NotOffered)?;
            if value == YesNo::NotApplicable && !na_allowed {
                return Err(AnswerFault::NotApplicable);
            }
            Ok(AnswerValue::YesNo { value })
        }
        Kind::Choice { .. } => {
            let option = kind.option(raw).ok_or(AnswerFault::NotOffered)?.id.clone();
            Ok(AnswerValue::Choice { option })
        }
        Kind::Choices { .. } => parse_choices(kind, &[raw]),
        Kind::Number { min, max, .. } => parse_number(raw, *min, *max),
        Kind::Date => {
            let value = parse_date(raw.trim()).ok_or(AnswerFault::Date)?;
            Ok(AnswerValue::Date { value })
        }
        Kind::Text { max } => parse_text(raw, *max),
        Kind::File => Err(AnswerFault::NotOffered),
    }
}

fn parse_choices(kind: &Kind, given: &[&str]) -> Result<AnswerValue, AnswerFault> {
    if given.iter().any(|id| kind.option(id).is_none()) {
        return Err(AnswerFault::NotOffered);
    }
    let chosen = kind.options().iter().map(|o| &o.id);
    let options: Vec<String> = chosen.filter(|id| given.contains(&id.as_str())).cloned().collect();
    if options.is_empty() {
        return Ok(AnswerValue::Blank);
    }
    Ok(AnswerValue::Choices { options })
}

fn parse_number(raw: &str, min: i64, max: i64) -> Result<AnswerValue, AnswerFault> {
    let plain: String = raw.trim().chars().map(half_width).collect();
    let digits = without_separators(&plain).ok_or(AnswerFault::Number)?;
    let unsigned = digits.strip_prefix('-').unwrap_or(&digits);
    if unsigned.is_empty() || !unsigned.bytes().all(|b| b.is_ascii_digit()) {
        return Err(AnswerFault::Number);
    }
    // Only digits: what doesn't fit is too large or too small.
    match digits.parse() {
        Ok(value) if (min..=max).contains(&value) => Ok(AnswerValue::Number { value }),
        _ => Err(AnswerFault::NumberRange { min, max }),
    }
}

/// The ASCII character for a full-width digit, sign or comma.
fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
        '－' | '−' => '-',
        '，' => ',',
        _ => c,
    }
}

/// The number without the commas before each three digits; nothing, when they stand elsewhere.
fn without_separators(number: &str) -> Option<String> {
    let mut groups = number.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let leading = first.trim_start_matches('-').len();
    let grouped = (1..=3).contains(&leading) && rest.iter().all(|g| g.len() == 3);
    (rest.is_empty() || grouped).then(|| format!("{first}{}", rest.concat()))
}

fn parse_text(raw: &str, max: u16) -> Result<AnswerValue, AnswerFault> {
    let value = raw.replace("\r\n", "\n").replace('\r', "\n");
    if value.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        return Err(AnswerFault::TextCharacters);
    }
    let length = value.chars().count();
    if length > usize::from(max) {
        return Err(AnswerFault::TextLength { max, length });
    }
    Ok(AnswerValue::Text { value })
}
