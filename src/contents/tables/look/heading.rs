//! The row of the headings: below titles and blank rows, sometimes in two rows.

use std::collections::BTreeMap;

use crate::contents::kind::{Heading, kind_of_value, read_heading};

/// How many rows are looked at for the headings.
const MAX_ROWS: usize = 20;
/// How many cells of a row are looked at for what it is.
const MAX_CELLS: usize = 200;
/// Most characters of a heading that isn't known.
const MAX_LENGTH: usize = 20;

/// Most characters of what stands above several headings; more is a title.
const MAX_GROUP: usize = 8;

/// A row that is kept until it is known what it is.
pub(super) struct Kept {
    pub(super) number: u32,
    pub(super) hidden: bool,
    pub(super) cells: Vec<(u16, String)>,
}

/// How much a row looks like headings.
struct Looks {
    cells: usize,
    /// Headings that are known.
    known: usize,
    /// Headings of personal data.
    kinds: usize,
    /// Texts that may be headings, the known ones among them.
    fitting: usize,
    score: i64,
}

impl Looks {
    fn of(row: &Kept) -> Self {
        let cells = row.cells.len().min(MAX_CELLS);
        let mut looks = Self { cells, known: 0, kinds: 0, fitting: 0, score: 0 };
        for (_, text) in row.cells.iter().take(MAX_CELLS) {
            if kind_of_value(text).is_some() {
                looks.score -= 2;
                continue;
            }
            let (fits, score) = match read_heading(text) {
                Heading::Kind(_) => {
                    looks.kinds += 1;
                    (true, 3)
                }
                Heading::Known => {
                    looks.known += 1;
                    (true, 2)
                }
                Heading::Unknown if may_be_heading(text) => (true, 1),
                Heading::Unknown => (false, -2),
            };
            looks.fitting += usize::from(fits);
            looks.score += score;
        }
        looks
    }

    fn all_fit(&self) -> bool {
        self.fitting == self.cells
    }
}

/// Whether a text that isn't known may be a heading.
fn may_be_heading(text: &str) -> bool {
    let length = text.trim().chars().count();
    let numeric = text.chars().all(|c| !c.is_alphabetic());
    (1..=MAX_LENGTH).contains(&length) && !numeric
}

/// The headings of a table: in which of the kept rows, and what stands in them.
pub(super) struct Headings {
    /// The row, by its place among those kept.
    pub(super) row: usize,
    /// By column.
    pub(super) columns: BTreeMap<u16, (String, Heading)>,
}

/// Finds the headings among the first rows; nothing where the table has none.
pub(super) fn find(rows: &[Kept]) -> Option<Headings> {
    let looks: Vec<Looks> = rows.iter().take(MAX_ROWS).map(Looks::of).collect();
    let widest = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let fits = |(at, looks): &(usize, &Looks)| {
        let wide = looks.cells > 1 || widest == 1;
        wide && (is_known(looks) || is_plain(looks, rows.get(at + 1..).unwrap_or_default()))
    };
    let candidates = looks.iter().enumerate().filter(fits);
    // Of equals the first.
    let (mut row, best) = candidates.rev().max_by_key(|(_, looks)| looks.score)?;
    let below = rows.get(row + 1).zip(looks.get(row + 1));
    if let (Some(here), Some((next, next_looks))) = (rows.get(row), below) {
        let second = next_looks.all_fit() && next_looks.kinds > 0 && best.cells > 1;
        if second && is_merged(here, next) {
            row += 1;
        }
    }
    let above = row
        .checked_sub(1)
        .filter(|at| looks.get(*at).is_some_and(|looks| looks.cells > 1 && looks.all_fit()));
    let above = above.and_then(|at| rows.get(at));
    Some(Headings { row, columns: columns(rows.get(row)?, above) })
}

/// A row most of which are headings, one of them known.
fn is_known(looks: &Looks) -> bool {
    looks.kinds + looks.known > 0 && looks.score > 0 && looks.fitting * 10 >= looks.cells * 6
}

/// A row of nothing but short texts above one with something else.
fn is_plain(looks: &Looks, below: &[Kept]) -> bool {
    let values = |row: &Kept| {
        let value = |text: &String| kind_of_value(text).is_some() || !may_be_heading(text);
        row.cells.iter().any(|(_, text)| value(text))
    };
    looks.cells > 1 && looks.all_fit() && below.iter().take(5).any(values)
}

/// Whether two rows make headings together: cells merged across above, or down.
fn is_merged(above: &Kept, below: &Kept) -> bool {
    let holds = |row: &Kept, column: u16| row.cells.iter().any(|(at, _)| *at == column);
    let new = below.cells.iter().any(|(column, _)| !holds(above, *column));
    let kept = above.cells.iter().any(|(column, _)| !holds(below, *column));
    new && kept
}

/// The heading of each column, with the row above where it belongs to it.
fn columns(row: &Kept, above: Option<&Kept>) -> BTreeMap<u16, (String, Heading)> {
    let mut columns = BTreeMap::new();
    let groups: &[(u16, String)] = above.map_or(&[], |above| &above.cells);
    for (column, text) in groups {
        columns.insert(*column, (text.clone(), read_heading(text)));
    }
    for (column, text) in &row.cells {
        let group = groups.iter().rev().find(|(at, _)| at <= column);
        let group = group.filter(|(_, text)| text.chars().count() <= MAX_GROUP);
        let told = match (read_heading(text), group) {
            // 「口座」 above 「番号」.
            (Heading::Unknown | Heading::Known, Some((_, group))) => {
                let joined = read_heading(&format!("{group}{text}"));
                if matches!(joined, Heading::Kind(_)) { joined } else { read_heading(text) }
            }
            (told, _) => told,
        };
        columns.insert(*column, (text.clone(), told));
    }
    columns
}
