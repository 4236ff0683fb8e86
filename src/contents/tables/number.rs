//! Numbers as a sheet shows them: dates in ISO, digits with their leading zeros.

use std::fmt::Write as _;

use chrono::{Days, NaiveDate};

/// How a cell's format shows a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// As the number itself.
    Plain,
    /// As a date, with the time of day where the number has one.
    Date,
    /// As a time of day or a span.
    Time,
    /// As digits in a pattern: `0000-0000` with leading zeros.
    Digits(Box<str>),
}

/// As the number itself.
pub(super) static PLAIN: Shown = Shown::Plain;

impl Shown {
    /// A built-in format (ECMA-376 part 1, 18.8.30, with those of Japan).
    pub(super) fn built_in(id: u32) -> Self {
        match id {
            14..=17 | 22 | 27..=31 | 34..=36 | 50..=58 => Self::Date,
            18..=21 | 32 | 33 | 45..=47 => Self::Time,
            _ => Self::Plain,
        }
    }

    /// A format by its code.
    pub(super) fn of_code(code: &str) -> Self {
        let mut read = Code::default();
        read.read(code);
        if read.time && !read.date {
            Self::Time
        } else if read.date || read.month {
            Self::Date
        } else if read.zeros > 1 && !read.other {
            Self::Digits(read.pattern.into_boxed_str())
        } else {
            Self::Plain
        }
    }
}

/// What a format's code asks for.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "what a code may ask for, one by one")]
struct Code {
    date: bool,
    /// m alone: a month, or minutes beside hours.
    month: bool,
    time: bool,
    /// Something that no pattern of digits has.
    other: bool,
    zeros: usize,
    pattern: String,
}

impl Code {
    fn read(&mut self, code: &str) {
        let lower = code.to_lowercase().replace("general", "");
        let mut rest = lower.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                ';' => break,
                '"' => self.pattern.extend(rest.by_ref().take_while(|c| *c != '"')),
                '\\' => self.pattern.extend(rest.next()),
                '_' | '*' => {
                    rest.next();
                }
                '[' => {
                    let inner: String = rest.by_ref().take_while(|c| *c != ']').collect();
                    let span = !inner.is_empty() && inner.chars().all(|c| "hms".contains(c));
                    self.time |= span;
                }
                'e' if matches!(rest.peek(), Some('+' | '-')) => self.other = true,
                'y' | 'd' | 'e' | 'g' => self.date = true,
                'h' | 's' => self.time = true,
                'm' => self.month = true,
                '0' => {
                    self.zeros += 1;
                    self.pattern.push('0');
                }
                '-' | ' ' | '(' | ')' => self.pattern.push(c),
                _ => self.other = true,
            }
        }
    }
}

/// Writes a stored number as it is shown.
pub(super) fn write(raw: &str, shown: &Shown, since_1904: bool, out: &mut String) {
    match shown {
        Shown::Plain => write_plain(raw, out),
        Shown::Digits(pattern) => write_digits(raw, pattern, out),
        Shown::Date | Shown::Time => {
            let moment = raw.parse().ok().and_then(|serial| moment(serial, since_1904));
            match moment {
                Some(moment) => moment.write(*shown == Shown::Time, out),
                None => write_plain(raw, out),
            }
        }
    }
}

/// The number without the noise and the exponent that storing gave it.
fn write_plain(raw: &str, out: &mut String) {
    let digits = raw.strip_prefix('-').unwrap_or(raw);
    if digits.len() <= 15 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        out.push_str(raw);
        return;
    }
    match raw.parse::<f64>() {
        // Seventeen digits are stored, fifteen are meant.
        Ok(number) if number.is_finite() => {
            let rounded = format!("{number:.14e}").parse().unwrap_or(number);
            // Writing into text never fails.
            let _ = write!(out, "{rounded}");
        }
        _ => out.push_str(raw),
    }
}

fn write_digits(raw: &str, pattern: &str, out: &mut String) {
    let mut plain = String::new();
    write_plain(raw, &mut plain);
    let whole = plain.split('.').next().unwrap_or_default();
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        out.push_str(&plain);
        return;
    }
    let places = pattern.chars().filter(|c| *c == '0').count();
    let missing = places.saturating_sub(whole.len());
    let mut digits = std::iter::repeat_n('0', missing).chain(whole.chars());
    let mut surplus = whole.len().saturating_sub(places);
    for c in pattern.chars() {
        if c == '0' {
            out.extend(digits.by_ref().take(std::mem::take(&mut surplus) + 1));
        } else {
            out.push(c);
        }
    }
}

/// A moment of a sheet's calendar.
struct Moment {
    /// Nothing on the day zero, which is a time of day alone.
    date: Option<NaiveDate>,
    days: u64,
    seconds: u64,
}

/// The largest day that sheets know, 9999-12-31.
const LAST_DAY: f64 = 2_958_465.0;

fn moment(serial: f64, since_1904: bool) -> Option<Moment> {
    if !(0.0..=LAST_DAY + 1.0).contains(&serial) {
        return None;
    }
    let mut days = whole(serial.floor())?;
    let mut seconds = whole((serial.fract() * 86_400.0).round())?;
    if seconds >= 86_400 {
        days += 1;
        seconds -= 86_400;
    }
    // Sheets count a February 29, 1900, which there wasn't.
    let (year, month, day) = match days {
        _ if since_1904 => (1904, 1, 1),
        0..60 => (1899, 12, 31),
        _ => (1899, 12, 30),
    };
    let date = NaiveDate::from_ymd_opt(year, month, day)
        .and_then(|start| start.checked_add_days(Days::new(days)))
        .filter(|_| days > 0 || since_1904);
    Some(Moment { date, days, seconds })
}

/// A number without a fraction as an integer.
fn whole(number: f64) -> Option<u64> {
    format!("{number:.0}").parse().ok()
}

impl Moment {
    fn write(&self, time_alone: bool, out: &mut String) {
        let (minutes, second) = (self.seconds / 60, self.seconds % 60);
        let (hour, minute) = (minutes / 60, minutes % 60);
        let seconds = if second == 0 { String::new() } else { format!(":{second:02}") };
        // Writing into text never fails.
        let _ = match self.date.filter(|_| !time_alone) {
            Some(date) if self.seconds == 0 => write!(out, "{}", date.format("%Y-%m-%d")),
            Some(date) => {
                write!(out, "{}T{hour:02}:{minute:02}{seconds}", date.format("%Y-%m-%d"))
            }
            None => write!(out, "{:02}:{minute:02}{seconds}", hour + self.days * 24),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::{Shown, write};

    #[test]
    fn codes_tell_how_numbers_are_shown() {
        for code in ["yyyy/m/d", "m\"月\"d\"日\"", "[$-411]ggge.m.d", "yyyy/m/d h:mm", "d-mmm"] {
            assert_eq!(Shown::of_code(code), Shown::Date, "{code}");
        }
        for code in ["h:mm", "[h]:mm:ss", "h\"時\"mm\"分\""] {
            assert_eq!(Shown::of_code(code), Shown::Time, "{code}");
        }
        for code in ["General", "#,##0", "0.00E+00", "@", "0", "0.00", "General\"人\"", "0\"日\""]
        {
            assert_eq!(Shown::of_code(code), Shown::Plain, "{code}");
        }
        for (code, pattern) in [("000000", "000000"), ("\"〒\"000\\-0000;@", "〒000-0000")] {
            assert_eq!(Shown::of_code(code), Shown::Digits(pattern.into()), "{code}");
        }
    }

    #[test]
    fn numbers_are_written_as_they_are_shown() {
        let digits = Shown::Digits("000-0000".into());
        let cases: &[(&str, &Shown, bool, &str)] = &[
            ("44927", &Shown::Date, false, "2023-01-01"),
            ("1", &Shown::Date, false, "1900-01-01"),
            ("59", &Shown::Date, false, "1900-02-28"),
            ("61", &Shown::Date, false, "1900-03-01"),
            ("0", &Shown::Date, true, "1904-01-01"),
            ("44927.75", &Shown::Date, false, "2023-01-01T18:00"),
            ("0.5", &Shown::Time, false, "12:00"),
            ("1.25", &Shown::Time, false, "30:00"),
            ("-1", &Shown::Date, false, "-1"),
            ("99999999", &Shown::Date, false, "99999999"),
            ("0.30000000000000004", &Shown::Plain, false, "0.3"),
            ("1.23456789012E11", &Shown::Plain, false, "123456789012"),
            ("123456789012", &Shown::Plain, false, "123456789012"),
            ("10067", &digits, false, "001-0067"),
            ("123456789", &digits, false, "12345-6789"),
            ("text", &Shown::Date, false, "text"),
        ];
        for (raw, shown, since_1904, wanted) in cases {
            let mut out = String::new();
            write(raw, shown, *since_1904, &mut out);
            assert_eq!(out, *wanted, "{raw} {shown:?}");
        }
    }
}
