//! The flow map in the audit record, as vectors.

use super::drawing::drawings;
use super::gather::gather;
use super::layout::picture_for_paper;
use super::model::{Facts, Map};
use super::store;
use super::wording::words;
use crate::database::Connection;
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::paper::Paper;
use crate::typeset::Block;

/// Most boxes in the record's picture; the chapters around it tell everything.
const MOST: usize = 200;

/// What the registers say, for the map.
///
/// # Errors
/// Those of the database.
pub fn filed(connection: &mut Connection, entrustment: &Entrustment) -> Result<Facts> {
    store::facts(connection, entrustment)
}

/// Writes the chapter: the map on as many sheets as it takes.
pub fn write(paper: &mut Paper, facts: &Facts) {
    paper.chapter("flow-title");
    if facts.holdings.is_empty() && facts.sent.is_empty() && facts.cases.len() < 2 {
        paper.body(paper.text("flow-nothing"));
        return;
    }
    let map = gather(facts);
    paper.body(paper.text("flow-record-legend"));
    let map: Map = map.at_most(MOST);
    if map.left_out > 0 {
        paper.note(paper.say("flow-left-out", &[("count", map.left_out.into())]));
    }
    let sheets = drawings(&picture_for_paper(&words(&map, paper.language())));
    let all = sheets.len();
    for (n, sheet) in (1_usize..).zip(sheets) {
        if all > 1 {
            let args = [("sheet", n.into()), ("sheets", all.into())];
            let title = Block::Paragraph {
                text: paper.say("flow-sheet", &args),
                style: crate::typeset::TextStyle::Note,
            };
            paper.add(Block::KeepTogether(vec![title, Block::Drawing(sheet)]));
        } else {
            paper.add(Block::Drawing(sheet));
        }
    }
}
