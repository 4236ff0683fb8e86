//! Personal data in running text: addresses, numbers, labelled fields, words that tell.

use std::collections::{BTreeMap, HashMap};

use super::value::{Digits, digit, is_joint};
use super::words::words;
use super::{Heading, read_heading};
use crate::contents::model::DataKind;
use crate::japanese::to_katakana;

/// Characters looked at together: a line, or a piece of a long one.
const PIECE: usize = 4000;
/// Most different labels that are looked up in a text.
const MAX_LABELS: usize = 3000;
/// Most characters of a label.
const MAX_LABEL: usize = 15;

/// What a text outside of tables tells: mail addresses, telephone and card numbers, labelled fields
/// (a heading, a colon and something behind it), words of illness and disability; each with how
/// often. 個人番号 aren't among them: `japanese::find_my_numbers` finds these.
#[must_use]
pub fn loose(text: &str) -> BTreeMap<DataKind, u64> {
    let mut found = Found { counts: BTreeMap::new(), labels: HashMap::new() };
    let mut line: Vec<char> = Vec::new();
    for c in text.chars() {
        if c == '\n' || line.len() >= PIECE {
            found.line(&line);
            line.clear();
        }
        if c != '\n' {
            line.push(c);
        }
    }
    found.line(&line);
    found.counts
}

struct Found {
    counts: BTreeMap<DataKind, u64>,
    /// What labels tell, each looked up once.
    labels: HashMap<String, Option<DataKind>>,
}

impl Found {
    fn add(&mut self, kind: DataKind) {
        *self.counts.entry(kind).or_default() += 1;
    }

    fn line(&mut self, line: &[char]) {
        if line.is_empty() {
            return;
        }
        self.mails(line);
        self.numbers(line);
        self.labels(line);
        self.words(line);
    }

    fn mails(&mut self, line: &[char]) {
        let plain = |c: &&char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
        for (at, _) in line.iter().enumerate().filter(|(_, c)| matches!(c, '@' | '＠')) {
            let (before, after) = line.split_at_checked(at).unwrap_or_default();
            let local = before.iter().rev().take(64).take_while(plain).count();
            let domain: String = after.iter().skip(1).take(255).take_while(plain).collect();
            let dotted = domain.trim_end_matches('.').rsplit_once('.');
            if local > 0 && dotted.is_some_and(|(name, top)| !name.is_empty() && top.len() > 1) {
                self.add(DataKind::Mail);
            }
        }
    }

    /// Runs of digits with single marks between them.
    fn numbers(&mut self, line: &[char]) {
        let mut run = String::new();
        let mut rest = line.iter().copied().peekable();
        while let Some(c) = rest.next() {
            let goes_on = rest.peek().is_some_and(|next| digit(*next).is_some() || is_joint(*next));
            match digit(c) {
                Some(digit) => run.push(digit),
                None if is_joint(c) && goes_on && !run.is_empty() => run.push(mark(c)),
                None if is_open(c) && goes_on => {}
                None => self.number(&std::mem::take(&mut run)),
            }
        }
        self.number(&run);
    }

    fn number(&mut self, run: &str) {
        if run.len() < 10 || run.len() > 200 {
            return;
        }
        if Digits::of(run).is_some_and(|all| all.is_card()) {
            self.add(DataKind::Card);
            return;
        }
        for piece in run.split(' ') {
            let number = Digits::of(piece.trim_matches('-'));
            let Some(number) = number else { continue };
            if number.is_card() {
                self.add(DataKind::Card);
            } else if number.is_phone() && number.digits.starts_with('0') {
                self.add(DataKind::Phone);
            }
        }
    }

    /// Fields with a label: 「氏名：山田」.
    fn labels(&mut self, line: &[char]) {
        for (at, _) in line.iter().enumerate().filter(|(_, c)| matches!(c, ':' | '：')) {
            let (before, after) = line.split_at_checked(at).unwrap_or_default();
            if after.iter().skip(1).all(|c| c.is_whitespace()) {
                continue;
            }
            let label: Vec<char> =
                before.iter().rev().take(MAX_LABEL).take_while(|c| !is_end(**c)).copied().collect();
            let label: String = label.into_iter().rev().collect();
            if let Some(kind) = self.label(label) {
                self.add(kind);
            }
        }
    }

    fn label(&mut self, label: String) -> Option<DataKind> {
        if let Some(known) = self.labels.get(&label) {
            return *known;
        }
        if self.labels.len() >= MAX_LABELS {
            return None;
        }
        let kind = match read_heading(&label) {
            Heading::Kind(DataKind::MyNumber | DataKind::CorporateNumber)
            | Heading::Known
            | Heading::Unknown => None,
            Heading::Kind(kind) => Some(kind),
        };
        self.labels.insert(label, kind);
        kind
    }

    /// Words that tell wherever they stand.
    fn words(&mut self, line: &[char]) {
        let folded: Vec<char> = line.iter().map(|c| fold(*c)).filter(|c| *c != ' ').collect();
        let mut rest = folded.as_slice();
        while let Some(first) = rest.first() {
            let here = words().in_text_from(*first).iter().find(|(word, _)| rest.starts_with(word));
            let step = here.map_or(1, |(word, _)| word.len());
            if let Some((_, kind)) = here {
                self.add(*kind);
            }
            rest = rest.get(step..).unwrap_or_default();
        }
    }
}

/// Where a label can't go on.
fn is_end(c: char) -> bool {
    matches!(c, '、' | '。' | ',' | '，' | '\t' | '|' | '｜' | ':' | '：' | '；' | ';' | '\r')
}

fn is_open(c: char) -> bool {
    matches!(c, '(' | '（')
}

/// A mark between digits: a space may part two numbers, a hyphen doesn't.
fn mark(c: char) -> char {
    if c.is_whitespace() { ' ' } else { '-' }
}

/// A character as the words have it, as far as one character tells.
fn fold(c: char) -> char {
    match c {
        '！'..='～' => u32::from(c)
            .checked_sub(0xfee0)
            .and_then(char::from_u32)
            .map_or(c, |c| c.to_ascii_lowercase()),
        '\u{3000}' | '\t' => ' ',
        c => to_katakana(c.to_ascii_lowercase()),
    }
}
