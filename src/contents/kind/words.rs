//! The words of `assets/kinds.txt`, read once.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::contents::model::DataKind;
use crate::japanese::fold_name;

/// Where in a heading a word must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// Anywhere.
    Anywhere,
    /// At its end.
    End,
    /// It is all of it.
    Whole,
}

/// A word and what it tells.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Folded.
    pub(super) text: Vec<char>,
    pub(super) place: Place,
    /// Nothing for what is no personal data by itself.
    pub(super) kind: Option<DataKind>,
}

/// All words.
pub(super) struct Words {
    headings: Vec<Word>,
    exact: HashMap<Vec<char>, usize>,
    /// Which headings begin with a character, and which must end with one.
    begin: HashMap<char, Vec<usize>>,
    end: HashMap<char, Vec<usize>>,
    /// Words that tell something wherever they stand in a text.
    pub(super) in_text: Vec<(String, DataKind)>,
    /// The same by their first character, the longest first.
    by_first: HashMap<char, Vec<(Vec<char>, DataKind)>>,
    pub(super) prefectures: Vec<String>,
    surnames: HashSet<String>,
    /// What stands among names and is none, as it is written below lists.
    pub(super) nobody: HashSet<String>,
    /// Words in the headings of those who belong to the person whom a row is about.
    pub(super) others: Vec<String>,
    /// Headings of family names alone.
    pub(super) family_names: HashSet<String>,
}

static WORDS: LazyLock<Words> =
    LazyLock::new(|| Words::read(include_str!("../../../assets/kinds.txt")));

/// The words.
pub(super) fn words() -> &'static Words {
    &WORDS
}

impl Words {
    fn read(text: &str) -> Self {
        let mut words = Self {
            headings: Vec::new(),
            exact: HashMap::new(),
            begin: HashMap::new(),
            end: HashMap::new(),
            in_text: Vec::new(),
            by_first: HashMap::new(),
            prefectures: Vec::new(),
            surnames: HashSet::new(),
            nobody: HashSet::new(),
            others: Vec::new(),
            family_names: HashSet::new(),
        };
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        for (title, line) in lines.filter_map(|line| line.split_once(':')) {
            for word in line.split_whitespace() {
                words.take(title, word);
            }
        }
        for (word, kind) in &words.in_text {
            let chars: Vec<char> = word.chars().collect();
            if let Some(first) = chars.first() {
                words.by_first.entry(*first).or_default().push((chars, *kind));
            }
        }
        for words in words.by_first.values_mut() {
            words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        }
        words
    }

    /// The words that begin with a character.
    pub(super) fn in_text_from(&self, first: char) -> &[(Vec<char>, DataKind)] {
        self.by_first.get(&first).map_or(&[], Vec::as_slice)
    }

    fn take(&mut self, title: &str, word: &str) {
        match title {
            "prefecture" => self.prefectures.push(word.to_owned()),
            "surname" => self.surnames.extend([fold_name(word)]),
            "nobody" => self.nobody.extend([fold_name(word)]),
            "others" => self.others.push(fold_name(word)),
            "family_name" => self.family_names.extend([fold_name(word)]),
            _ => match title.strip_prefix("text.") {
                Some(kind) => {
                    let kind = kind.parse().ok();
                    self.in_text.extend(kind.map(|kind| (fold_name(word), kind)));
                }
                None => self.heading(title.parse().ok(), word),
            },
        }
    }

    fn heading(&mut self, kind: Option<DataKind>, word: &str) {
        let (place, word) = match (word.strip_prefix('='), word.strip_prefix('~')) {
            (Some(word), _) => (Place::Whole, word),
            (None, Some(word)) => (Place::Anywhere, word),
            (None, None) => (Place::End, word),
        };
        let text: Vec<char> = fold_name(word).chars().collect();
        let at = self.headings.len();
        self.exact.entry(text.clone()).or_insert(at);
        if place != Place::Whole {
            self.begin.entry(text.first().copied().unwrap_or_default()).or_default().push(at);
        }
        if place == Place::End {
            self.end.entry(text.last().copied().unwrap_or_default()).or_default().push(at);
        }
        self.headings.push(Word { text, place, kind });
    }

    /// The headings that an index has under a character.
    fn under<'w>(
        &'w self,
        index: &'w HashMap<char, Vec<usize>>,
        c: char,
    ) -> impl Iterator<Item = &'w Word> {
        index.get(&c).into_iter().flatten().filter_map(|at| self.headings.get(*at))
    }

    /// The word that is all of a heading.
    pub(super) fn exact(&self, heading: &[char]) -> Option<&Word> {
        self.exact.get(heading).and_then(|at| self.headings.get(*at))
    }

    /// The longest word that fits a heading.
    pub(super) fn best(&self, heading: &[char]) -> Option<&Word> {
        let last = heading.last().copied()?;
        let mut best = self
            .under(&self.end, last)
            .filter(|word| heading.ends_with(&word.text))
            .max_by_key(|word| rank(word));
        let mut rest = heading;
        while let Some((first, behind)) = rest.split_first() {
            let here = self
                .under(&self.begin, *first)
                .filter(|word| word.place == Place::Anywhere && rest.starts_with(&word.text))
                .max_by_key(|word| rank(word));
            best = best.into_iter().chain(here).max_by_key(|word| rank(word));
            rest = behind;
        }
        best
    }

    /// The longest words with which a text begins: one, or the same one of several kinds.
    pub(super) fn longest_at(&self, text: &[char]) -> Vec<&Word> {
        let Some(first) = text.first() else {
            return Vec::new();
        };
        let words = self.under(&self.begin, *first);
        let here: Vec<&Word> =
            words.filter(|word| word.text.len() > 1 && text.starts_with(&word.text)).collect();
        let most = here.iter().map(|word| word.text.len()).max().unwrap_or(0);
        here.into_iter().filter(|word| word.text.len() == most).collect()
    }

    /// Whether a folded name begins with a common family name and goes on.
    pub(super) fn begins_with_surname(&self, folded: &str) -> bool {
        let chars: Vec<char> = folded.chars().collect();
        (1..=3).any(|length| {
            let start: String = chars.iter().take(length).collect();
            let given = chars.len().saturating_sub(length);
            (1..=3).contains(&given) && self.surnames.contains(&start)
        })
    }
}

/// Of words that fit, the longest counts, then one that tells of personal data.
fn rank(word: &Word) -> (usize, bool, Place) {
    (word.text.len(), word.kind.is_some(), word.place)
}
