//! The near misses of an entrustment in its audit record: how many, of which kind, and what stopped
//! them. Words, days and names of whoever reported them stay out of it.

use super::model::{Count, NearMissKind, StoppedBy};
use super::store;
use crate::database::Connection;
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::paper::{Head, Paper};
use crate::typeset::{Align, Cell};

/// What was shared about an entrustment, counted.
#[derive(Clone, Debug, Default)]
pub struct Filed {
    counts: Vec<Count>,
}

impl Filed {
    /// How many of those are meant.
    fn sum(&self, meant: impl Fn(&Count) -> bool) -> i64 {
        self.counts.iter().filter(|count| meant(count)).map(|count| count.number).sum()
    }
}

/// What a contractor's people shared about an entrustment over its whole term, counted. Both sides read
/// the record, so it has neither what is kept inside nor what the principal's own people reported.
///
/// # Errors
/// Those of the database.
pub fn filed(connection: &mut Connection, entrustment: &Entrustment) -> Result<Filed> {
    Ok(Filed { counts: store::shared_counts(connection, entrustment)? })
}

/// Writes the chapter: a row for each kind that there was, a column for each thing that stops one.
pub fn write(paper: &mut Paper, filed: &Filed) {
    paper.chapter("near-miss-record");
    let all = filed.sum(|_| true);
    if all == 0 {
        paper.body(paper.text("near-miss-record-none"));
        return;
    }
    let anonymous = filed.sum(|count| count.anonymous);
    let args = [("count", all.into()), ("anonymous", anonymous.into())];
    paper.body(paper.say("near-miss-record-counted", &args));
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for kind in NearMissKind::ALL.iter().copied() {
        let own = |count: &Count| count.kind == kind;
        if filed.sum(own) > 0 {
            rows.push(row(paper.text(&format!("near-miss-kind-{kind}")), filed, own));
        }
    }
    let sums = row(paper.text("near-miss-record-sum"), filed, |_| true);
    rows.push(sums.into_iter().map(Cell::bold).collect());
    let stops: Vec<String> =
        StoppedBy::ALL.iter().map(|by| format!("near-miss-stopped-by-{by}")).collect();
    let mut heads: Vec<Head<'_>> = vec![("near-miss-kind", 2.8, Align::Left)];
    heads.extend(stops.iter().map(|key| (key.as_str(), 1.3, Align::Right)));
    heads.push(("near-miss-count", 0.9, Align::Right));
    paper.table(&heads, rows);
    paper.note(paper.text("near-miss-record-note"));
}

/// How many of those meant each thing stopped, and how many in all.
fn row(head: String, filed: &Filed, meant: impl Fn(&Count) -> bool) -> Vec<Cell> {
    let number = |count: i64| match count {
        0 => Cell::new("0").muted(),
        count => Cell::new(count.to_string()),
    };
    let mut cells = vec![Cell::new(head)];
    for by in StoppedBy::ALL.iter().copied() {
        cells.push(number(filed.sum(|count| count.stopped_by == by && meant(count))));
    }
    cells.push(number(filed.sum(meant)));
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::Block;
    use crate::web::Language;

    fn count(kind: NearMissKind, stopped_by: StoppedBy, anonymous: bool, number: i64) -> Count {
        Count { kind, stopped_by, anonymous, number }
    }

    fn several() -> Filed {
        Filed {
            counts: vec![
                count(NearMissKind::Hidden, StoppedBy::SystemStop, false, 2),
                count(NearMissKind::WrongAddress, StoppedBy::SecondChecker, true, 1),
                count(NearMissKind::WrongAddress, StoppedBy::SecondChecker, false, 3),
                count(NearMissKind::WrongAddress, StoppedBy::NoticedSelf, false, 1),
            ],
        }
    }

    fn written(language: Language, filed: &Filed) -> Vec<Block> {
        let mut paper = Paper::new(language);
        write(&mut paper, filed);
        paper.into_blocks()
    }

    /// The cells of the one table.
    fn cells(blocks: &[Block]) -> Vec<Vec<String>> {
        let tables = blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        let row = |row: &Vec<Cell>| row.iter().map(|cell| cell.text.clone()).collect();
        tables.flat_map(|table| table.rows.iter().map(row)).collect()
    }

    #[test]
    fn each_kind_is_a_row_and_each_thing_that_stops_a_column() {
        let blocks = written(Language::Ja, &several());
        let rows = [
            ["宛先の誤り", "1", "4", "0", "0", "0", "5"],
            ["見えない内容の消し忘れ", "0", "0", "2", "0", "0", "2"],
            ["計", "1", "4", "2", "0", "0", "7"],
        ];
        assert_eq!(cells(&blocks), rows);
        let words = format!("{blocks:?}");
        assert!(words.contains("7件") && words.contains("匿名は1件"), "{words}");
    }

    #[test]
    fn the_order_of_what_is_counted_changes_nothing() {
        let mut turned = several();
        turned.counts.reverse();
        assert_eq!(written(Language::Ja, &turned), written(Language::Ja, &several()));
    }

    #[test]
    fn nothing_shared_is_said_in_a_sentence() {
        let blocks = written(Language::Ja, &Filed::default());
        assert!(cells(&blocks).is_empty());
        assert!(format!("{blocks:?}").contains("共有したヒヤリハットはありません"));
    }

    #[test]
    fn every_word_is_there_in_both_languages() {
        for language in Language::ALL {
            for filed in [several(), Filed::default()] {
                let words = format!("{:?}", written(language, &filed));
                assert!(!words.contains('⟦'), "{language}: {words}");
            }
        }
    }
}
