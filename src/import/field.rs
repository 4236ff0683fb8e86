//! A column of a kind: which field of the form it fills in, and the words that it takes.

use std::collections::HashMap;

use crate::japanese::fold_width;
use crate::sheet::Kind;
use crate::web::{Form, Language, Message, locale};

/// What separates several words in one cell, folded.
const SEPARATORS: &[char] = &['、', ',', ';', '/', '・', '|'];

/// A column.
#[derive(Clone, Debug)]
pub(super) struct Field {
    /// The field of the form.
    pub name: &'static str,
    /// The key of its label, which is the heading.
    pub label: &'static str,
    /// What its cells hold.
    pub kind: Kind,
    /// Whether the column has to be there and every row has to have it.
    pub required: bool,
    /// How a cell becomes the field's value.
    pub takes: Takes,
    /// The key of an example or explanation; empty for none.
    pub hint: &'static str,
}

/// How a cell becomes the field's value.
#[derive(Clone, Debug)]
pub(super) enum Takes {
    /// As it is.
    Text,
    /// One word of a closed list, as its label or its code.
    Word(Words),
    /// Any number of them.
    Words(Words),
    /// The kind reads it itself: it names something that is stored.
    Own,
}

impl Field {
    /// A text that every row has.
    pub fn new(name: &'static str, label: &'static str, kind: Kind) -> Self {
        Self { name, label, kind, required: true, takes: Takes::Text, hint: "" }
    }

    /// The same where the cell may be empty.
    pub fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    /// The same with other contents.
    pub fn taking(mut self, takes: Takes) -> Self {
        self.takes = takes;
        self
    }

    /// The same with an explanation.
    pub fn hint(mut self, key: &'static str) -> Self {
        self.hint = key;
        self
    }

    /// The words that it takes, in a language.
    pub fn choices(&self, language: Language) -> Vec<String> {
        match &self.takes {
            Takes::Word(words) | Takes::Words(words) => words.labels(language),
            Takes::Text | Takes::Own => Vec::new(),
        }
    }
}

/// A closed list of words with their labels.
#[expect(clippy::struct_field_names, reason = "the words of a word")]
#[derive(Clone, Debug)]
pub(super) struct Words {
    prefix: &'static str,
    words: Vec<&'static str>,
    /// Folded label or code → code; what two words could mean is left out.
    known: HashMap<String, Option<&'static str>>,
}

/// Text as it is compared: width, case and blanks don't matter.
pub(super) fn folded(text: &str) -> String {
    fold_width(&text.replace(['\n', '\r'], ";"))
        .chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}

impl Words {
    /// The words whose labels are the messages `prefix` + word.
    pub fn new(prefix: &'static str, words: Vec<&'static str>) -> Self {
        let mut known: HashMap<String, Option<&'static str>> = HashMap::new();
        let mut learn = |text: String, word| {
            let meaning = known.entry(text).or_insert(Some(word));
            if *meaning != Some(word) {
                *meaning = None;
            }
        };
        for word in &words {
            learn(folded(word), *word);
            for language in Language::ALL {
                let label = folded(&locale::text(language, &format!("{prefix}{word}")));
                if let Some((short, _)) = label.split_once('(') {
                    learn(short.to_owned(), *word);
                }
                learn(label, *word);
            }
        }
        Self { prefix, words, known }
    }

    fn labels(&self, language: Language) -> Vec<String> {
        self.words
            .iter()
            .map(|word| locale::text(language, &format!("{}{word}", self.prefix)))
            .collect()
    }

    /// The code of a cell with one word.
    pub fn one(&self, cell: &str) -> Result<&'static str, Message> {
        self.known.get(&folded(cell)).copied().flatten().ok_or_else(|| unknown(cell))
    }

    /// The codes of a cell with several words. A label may hold what separates: the longest that
    /// fits is taken.
    pub fn several(&self, cell: &str) -> Result<Vec<&'static str>, Message> {
        let text = folded(cell);
        let mut rest = text.trim_start_matches(SEPARATORS);
        let mut found = Vec::new();
        while !rest.is_empty() {
            let ends = |after: &str| after.is_empty() || after.starts_with(SEPARATORS);
            let fitting = self.known.iter().filter_map(|(label, word)| {
                let after = rest.strip_prefix(label.as_str()).filter(|after| ends(after))?;
                Some((label.len(), after, (*word)?))
            });
            let Some((_, after, word)) = fitting.max_by_key(|(length, ..)| *length) else {
                return Err(unknown(rest.split(SEPARATORS).next().unwrap_or(rest)));
            };
            if !found.contains(&word) {
                found.push(word);
            }
            rest = after.trim_start_matches(SEPARATORS);
        }
        Ok(found)
    }
}

fn unknown(word: &str) -> Message {
    let word: String = word.chars().take(40).collect();
    Message::new("import-fault-word").with("word", word)
}

/// Fills a field of the form in with a cell.
pub(super) fn fill(field: &Field, cell: &str, form: &mut Form) -> Result<(), Message> {
    match &field.takes {
        Takes::Own => {}
        Takes::Text => form.set(field.name, plain(field.kind, cell)?),
        Takes::Word(words) => form.set(field.name, words.one(cell)?),
        Takes::Words(words) => {
            let found = words.several(cell)?;
            form.remove(field.name);
            for word in found {
                form.add(field.name, word);
            }
        }
    }
    Ok(())
}

/// The cell, unless a program for sheets has made something else of what was typed.
fn plain(kind: Kind, cell: &str) -> Result<&str, Message> {
    match kind {
        Kind::Code if is_exponent(cell) => {
            Err(Message::new("import-fault-exponent").with("text", cell.to_owned()))
        }
        Kind::Date => match serial(cell) {
            Some((number, date)) => Err(Message::new("import-fault-serial")
                .with("number", number.to_string())
                .with("date", date.to_string())),
            None => Ok(cell.split_once('T').map_or(cell, |(date, _)| date)),
        },
        _ => Ok(cell),
    }
}

/// Whether the text is a number in scientific notation, as 4.01E+12.
fn is_exponent(cell: &str) -> bool {
    let text = fold_width(cell).to_lowercase();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.split_once('e').is_some_and(|(mantissa, exponent)| {
        digits(&mantissa.replacen('.', "", 1)) && digits(exponent.trim_start_matches(['+', '-']))
    })
}

/// A number that is a date without its format: days since 1899-12-30.
fn serial(cell: &str) -> Option<(u64, chrono::NaiveDate)> {
    let text = fold_width(cell);
    let number: u64 =
        text.split_once('.').map_or(text.as_str(), |(whole, _)| whole).parse().ok()?;
    let epoch = chrono::NaiveDate::from_ymd_opt(1899, 12, 30)?;
    (10_000..100_000).contains(&number).then_some(())?;
    Some((number, epoch.checked_add_days(chrono::Days::new(number))?))
}
