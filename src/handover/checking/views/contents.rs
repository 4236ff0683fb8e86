//! What was found in each file, in an officer's words.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::contents::{ColumnFound, Contents, DataKind, Format, Table, WITHOUT_TEXT};
use crate::handover::checking::cover::Cover;
use crate::handover::checking::facts::Facts;
use crate::handover::checking::judge;
use crate::handover::checking::words;
use crate::handover::model::{Delivery, File, FileId, FileState};
use crate::web::Language;
use crate::web::locale::{has, text};

/// What was found in a file (component `handover.contents`).
#[derive(Clone, Debug, Serialize)]
pub(in crate::handover) struct ContentsView {
    /// The file.
    pub id: FileId,
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: i64,
    /// Its SHA-256.
    pub sha256: String,
    /// How far it is.
    pub state: FileState,
    /// Whether it is still being looked at.
    pub checking: bool,
    /// The only recipient who gets it; empty where all do.
    pub only: String,
    /// Where its first rows are shown; empty where there are none.
    pub preview: String,
    /// The file itself and those inside it.
    pub parts: Vec<PartView>,
}

/// A file, or one inside it.
#[derive(Clone, Debug, Serialize)]
pub(in crate::handover) struct PartView {
    /// Its path inside the file; empty for the file itself.
    pub name: String,
    /// What it is.
    pub format: String,
    /// Why it can't be looked into; empty where it was.
    pub unreadable: String,
    /// Persons.
    pub persons: u64,
    /// Pages, slides or pictures.
    pub pages: u64,
    /// How many 個人番号.
    pub my_numbers: u64,
    /// Its tables.
    pub tables: Vec<TableView>,
    /// Kinds of data outside tables.
    pub loose: Vec<KindView>,
    /// What is hidden.
    pub hidden: Vec<HiddenView>,
    /// Whether it is pictures, of which nothing is known but that they are there.
    pub pictures: bool,
    /// What is told about the file.
    pub metadata: Vec<(String, String)>,
}

/// A table.
#[derive(Clone, Debug, Serialize)]
pub(in crate::handover) struct TableView {
    /// The sheet.
    pub name: String,
    /// Whether it isn't shown.
    pub hidden: bool,
    /// Rows below the headings.
    pub rows: u64,
    /// How many of them aren't shown.
    pub hidden_rows: u64,
    /// Persons.
    pub persons: u64,
    /// Columns.
    pub columns: Vec<ColumnView>,
}

/// A column.
#[derive(Clone, Debug, Serialize)]
pub(in crate::handover) struct ColumnView {
    /// The heading.
    pub heading: String,
    /// The kind of data; empty where none was recognised.
    pub kind: String,
    /// Whether it needs special care.
    pub sensitive: bool,
    /// Whether the chosen items don't let it go.
    pub beyond: bool,
    /// Cells that hold something.
    pub filled: u64,
    /// Whether it isn't shown.
    pub hidden: bool,
}

/// A kind of data.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(in crate::handover) struct KindView {
    /// What it is called.
    pub label: String,
    /// Whether it needs special care.
    pub sensitive: bool,
    /// Whether it may not go.
    pub beyond: bool,
    /// How often, where it was counted.
    pub count: u64,
}

/// Something hidden.
#[derive(Clone, Debug, Serialize)]
pub(in crate::handover) struct HiddenView {
    /// What.
    pub label: String,
    /// Where.
    pub place: String,
    /// How much.
    pub count: u64,
}

/// What is said of every file.
pub(super) fn contents(
    language: Language,
    facts: &Facts,
    files: &[File],
    deliveries: &[Delivery],
    home: &str,
) -> Vec<ContentsView> {
    let cover = Cover::of(&facts.terms.items, &facts.items);
    let view = |file: &File| {
        let found = file.found();
        let preview = file.state == FileState::Checked
            && found.as_ref().is_some_and(|contents| !contents.tables.is_empty());
        let only = deliveries.iter().find(|delivery| Some(delivery.id) == file.delivery_id);
        ContentsView {
            id: file.id,
            name: file.name.clone(),
            size: file.size,
            sha256: file.sha256.clone(),
            state: file.state,
            checking: file.state == FileState::Checking,
            only: only.map(|delivery| delivery.name.clone()).unwrap_or_default(),
            preview: if preview {
                format!("{home}/files/{}/preview", file.id)
            } else {
                String::new()
            },
            parts: found.iter().flat_map(|contents| parts(language, &cover, contents)).collect(),
        }
    };
    files.iter().filter(|file| file.state != FileState::Destroyed).map(view).collect()
}

/// The file itself and all inside it, from the outside in.
fn parts(language: Language, cover: &Cover, contents: &Contents) -> Vec<PartView> {
    fn named<'a>(name: &str, contents: &'a Contents, all: &mut Vec<(String, &'a Contents)>) {
        all.push((name.to_owned(), contents));
        for member in &contents.members {
            let inside = if name.is_empty() {
                member.name.clone()
            } else {
                format!("{name} › {}", member.name)
            };
            named(&inside, &member.contents, all);
        }
    }
    let mut all = Vec::new();
    named("", contents, &mut all);
    all.into_iter().map(|(name, one)| part(language, cover, name, one)).collect()
}

fn part(language: Language, cover: &Cover, name: String, contents: &Contents) -> PartView {
    let beyond = judge::beyond(cover, contents);
    let loose = contents.loose.iter().map(|(kind, count)| {
        let number = *kind == DataKind::MyNumber && !cover.holds_my_number();
        kind_view(language, *kind, *count, number || beyond.contains(kind.as_str()))
    });
    let hidden = judge::hidden_in(contents).into_iter().map(|at| HiddenView {
        label: words::hidden(language, at.what),
        place: at.place,
        count: at.count,
    });
    let unreadable = contents.unreadable.map(|why| words::unreadable(language, why));
    PartView {
        name,
        format: text(language, &format!("contents-format-{}", contents.format)),
        unreadable: unreadable.unwrap_or_default(),
        persons: contents.persons,
        pages: contents.pages,
        my_numbers: contents.my_numbers,
        tables: contents.tables.iter().map(|one| table(language, cover, one)).collect(),
        loose: loose.collect(),
        hidden: hidden.collect(),
        pictures: contents.format == Format::Image || contents.metadata.contains_key(WITHOUT_TEXT),
        metadata: metadata(language, contents),
    }
}

fn table(language: Language, cover: &Cover, table: &Table) -> TableView {
    let column = |column: &ColumnFound| ColumnView {
        heading: column.heading.clone(),
        kind: column.kind.map(|kind| words::kind(language, kind)).unwrap_or_default(),
        sensitive: column.kind.is_some_and(DataKind::is_sensitive),
        beyond: cover.beyond(column).is_some()
            || (column.kind == Some(DataKind::MyNumber) && !cover.holds_my_number()),
        filled: column.filled,
        hidden: column.hidden,
    };
    TableView {
        name: table.name.clone(),
        hidden: table.hidden,
        rows: table.rows,
        hidden_rows: table.hidden_rows,
        persons: table.persons,
        columns: table.columns.iter().map(column).collect(),
    }
}

/// A kind of data as it is shown.
fn kind_view(language: Language, kind: DataKind, count: u64, beyond: bool) -> KindView {
    KindView { label: words::kind(language, kind), sensitive: kind.is_sensitive(), beyond, count }
}

/// The kinds of data in some files, each with whether a cover lets it go as a stop would have it.
pub(super) fn kinds<'a>(
    language: Language,
    cover: &Cover,
    contents: impl Iterator<Item = &'a Contents>,
) -> Vec<KindView> {
    let (mut kinds, mut beyond) = (BTreeSet::new(), BTreeSet::new());
    for one in contents {
        kinds.extend(one.kinds());
        beyond.extend(judge::beyond(cover, one));
    }
    let view = |kind: DataKind| {
        let number = kind == DataKind::MyNumber && !cover.holds_my_number();
        kind_view(language, kind, 0, number || beyond.contains(kind.as_str()))
    };
    kinds.into_iter().map(view).collect()
}

/// What is told about a file, under the words that are known for it.
fn metadata(language: Language, contents: &Contents) -> Vec<(String, String)> {
    let said = |(name, value): (&String, &String)| {
        let key = format!("contents-metadata-{name}");
        let label = if has(language, &key) { text(language, &key) } else { name.clone() };
        let value =
            if value == "yes" { text(language, "handover-part-told") } else { value.clone() };
        (label, value)
    };
    contents.metadata.iter().map(said).collect()
}
