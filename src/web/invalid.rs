//! Reading a form into a command: every field by its rule, all errors at once.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};

use super::Language;
use super::form::Form;
use super::locale::{self, ArgValue};
use crate::clock::Timestamp;
use crate::japanese;

/// A message by its key, said in the reader's language when the page is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The key in the locale files.
    pub key: &'static str,
    /// The arguments.
    pub args: Vec<(&'static str, ArgValue)>,
}

impl Message {
    /// A message without arguments.
    #[must_use]
    pub fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    /// The same with an argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<ArgValue>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// The words in `language`.
    #[must_use]
    pub fn say(&self, language: Language) -> String {
        locale::text_with(language, self.key, &self.args)
    }
}

/// What is wrong with a form: one message a field, in the order in which they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invalid {
    /// Field name and message.
    pub errors: Vec<(String, Message)>,
}

impl Invalid {
    /// One error at one field.
    #[must_use]
    pub fn at(field: &str, message: Message) -> Self {
        Self { errors: vec![(field.to_owned(), message)] }
    }

    /// The same in the order in which a page has its fields; what isn't named comes last.
    #[must_use]
    pub fn in_order(mut self, fields: &[&str]) -> Self {
        let place = |name: &str| fields.iter().position(|field| *field == name);
        self.errors.sort_by_key(|(name, _)| place(name).unwrap_or(fields.len()));
        self
    }
}

/// What a text field may hold.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Most characters.
    pub max: usize,
    /// Whether it may have lines.
    pub multiline: bool,
}

impl Rule {
    /// One line of at most `max` characters.
    #[must_use]
    pub const fn line(max: usize) -> Self {
        Self { max, multiline: false }
    }

    /// Lines of at most `max` characters in all.
    #[must_use]
    pub const fn text(max: usize) -> Self {
        Self { max, multiline: true }
    }
}

/// Reads the fields of a form one by one and gathers what is wrong.
#[derive(Debug)]
pub struct Fields<'a> {
    form: &'a Form,
    errors: BTreeMap<usize, (String, Message)>,
}

impl<'a> Fields<'a> {
    /// Begins to read `form`.
    #[must_use]
    pub fn of(form: &'a Form) -> Self {
        Self { form, errors: BTreeMap::new() }
    }

    /// Notes an error at a field; the first at each field stays.
    pub fn error(&mut self, field: &str, message: Message) {
        if !self.errors.values().any(|(name, _)| name == field) {
            self.errors.insert(self.errors.len(), (field.to_owned(), message));
        }
    }

    /// Notes an error unless `holds`.
    pub fn check(&mut self, holds: bool, field: &str, key: &'static str) {
        if !holds {
            self.error(field, Message::new(key));
        }
    }

    /// A text that must be there.
    pub fn text(&mut self, field: &str, rule: Rule) -> Option<String> {
        let text = self.optional(field, rule)?;
        if text.is_empty() {
            self.error(field, Message::new("error-required"));
            return None;
        }
        Some(text)
    }

    /// A text that may be empty.
    pub fn optional(&mut self, field: &str, rule: Rule) -> Option<String> {
        let text = self.form.value(field).replace("\r\n", "\n");
        let text = text.trim();
        if text.chars().count() > rule.max {
            self.error(field, Message::new("error-too-long").with("max", rule.max));
            return None;
        }
        if japanese::has_control(text, rule.multiline) {
            self.error(field, Message::new("error-control-characters"));
            return None;
        }
        Some(text.to_owned())
    }

    /// A date in any form that officials use; must be there.
    pub fn date(&mut self, field: &str) -> Option<NaiveDate> {
        if self.form.value(field).trim().is_empty() {
            self.error(field, Message::new("error-required"));
            return None;
        }
        self.optional_date(field)?
    }

    /// A date that may be empty: `Some(None)`.
    pub fn optional_date(&mut self, field: &str) -> Option<Option<NaiveDate>> {
        let text = self.form.value(field).trim().to_owned();
        if text.is_empty() {
            return Some(None);
        }
        match japanese::parse_date(&text) {
            Ok(date) => Some(Some(date)),
            Err(error) => {
                self.error(field, date_message(error));
                None
            }
        }
    }

    /// A time of day, such as 16:08, also in full width; must be there.
    pub fn time(&mut self, field: &str) -> Option<NaiveTime> {
        if self.form.value(field).trim().is_empty() {
            self.error(field, Message::new("error-required"));
            return None;
        }
        self.optional_time(field)?
    }

    /// A time of day that may be empty: `Some(None)`.
    pub fn optional_time(&mut self, field: &str) -> Option<Option<NaiveTime>> {
        let text = japanese::fold_width(self.form.value(field).trim());
        if text.is_empty() {
            return Some(None);
        }
        let time = NaiveTime::parse_from_str(&text, "%H:%M").ok();
        self.check(time.is_some(), field, "error-not-a-time");
        time.map(Some)
    }

    /// A moment in Japan, of the fields `{stem}_on` and `{stem}_time`; must be there.
    pub fn moment(&mut self, stem: &str) -> Option<Timestamp> {
        let day = self.date(&format!("{stem}_on"));
        let time = self.time(&format!("{stem}_time"));
        Some(japanese::jst_to_utc(day?.and_time(time?)))
    }

    /// A whole number from `min` to `max`; full-width digits and thousands separators are read.
    pub fn number(&mut self, field: &str, min: i64, max: i64) -> Option<i64> {
        let folded = japanese::fold_width(self.form.value(field).trim()).replace(',', "");
        if folded.is_empty() {
            self.error(field, Message::new("error-required"));
            return None;
        }
        match folded.parse::<i64>() {
            Ok(number) if (min..=max).contains(&number) => Some(number),
            Ok(_) => {
                let message = Message::new("error-number-range").with("min", min).with("max", max);
                self.error(field, message);
                None
            }
            Err(_) => {
                self.error(field, Message::new("error-not-a-number"));
                None
            }
        }
    }

    /// A word of a closed list.
    pub fn word<T: std::str::FromStr>(&mut self, field: &str) -> Option<T> {
        if self.form.value(field).is_empty() {
            self.error(field, Message::new("error-choose-one"));
            return None;
        }
        if let Ok(word) = self.form.value(field).parse() {
            Some(word)
        } else {
            self.error(field, Message::new("error-choose-from-list"));
            None
        }
    }

    /// Words of a closed list, any number of them.
    pub fn words<T: std::str::FromStr>(&mut self, field: &str) -> Option<Vec<T>> {
        let mut words = Vec::new();
        for value in self.form.values(field) {
            let Ok(word) = value.parse() else {
                self.error(field, Message::new("error-choose-from-list"));
                return None;
            };
            words.push(word);
        }
        Some(words)
    }

    /// Whether a box is ticked.
    #[must_use]
    pub fn ticked(&self, field: &str) -> bool {
        !self.form.value(field).is_empty()
    }

    /// A mail address: something like `name@example.jp`, one line, at most 254 characters.
    pub fn email(&mut self, field: &str) -> Option<String> {
        let text = self.text(field, Rule::line(254))?;
        if is_email(&text) {
            Some(text.to_lowercase())
        } else {
            self.error(field, Message::new("error-not-an-email"));
            None
        }
    }

    /// The version of the row that the form was filled in from; a missing one is never current.
    #[must_use]
    pub fn version(&self) -> i32 {
        self.form.value("version").parse().unwrap_or(-1)
    }

    /// The command, when nothing was wrong.
    ///
    /// # Errors
    /// What was gathered.
    pub fn finish<T>(self, command: impl FnOnce() -> Option<T>) -> Result<T, Invalid> {
        let errors: Vec<_> = self.errors.into_values().collect();
        if errors.is_empty()
            && let Some(command) = command()
        {
            return Ok(command);
        }
        Err(Invalid { errors })
    }
}

fn date_message(error: japanese::DateError) -> Message {
    use japanese::DateError as E;
    match error {
        E::Empty => Message::new("error-required"),
        E::Unreadable => Message::new("error-date-unreadable"),
        E::NoSuchDay => Message::new("error-date-no-such-day"),
        E::OutsideEra { .. } => Message::new("error-date-outside-era"),
    }
}

/// Whether `text` has the shape of a mail address that lettre takes and nothing that splits one.
fn is_email(text: &str) -> bool {
    !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>,;\"()".contains(c))
        && text.parse::<lettre::Address>().is_ok()
        && text.split_once('@').is_some_and(|(_, domain)| domain.contains('.'))
}
