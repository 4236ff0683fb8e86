//! Where the glyphs stand, read from the operations: no text is lost and none leaves the page,
//! whatever the document.

use std::collections::BTreeMap;

use printpdf::{Op, PdfPage, TextItem};
use proptest::prelude::*;

use super::sample::{document, rich};
use crate::typeset::fonts::{FaceId, Fonts};
use crate::typeset::kinsoku::{is_invisible, is_newline};
use crate::typeset::{
    Align, Block, Cell, Column, Document, Drawing, Ink, Shape, Spot, Table, TextStyle, Tone,
    compose,
};

/// A run of glyphs: left, baseline from the foot of the page, right, text.
type Placed = (f32, f32, f32, String);

fn placed(page: &PdfPage) -> Vec<Placed> {
    let (mut x, mut y, mut advanced, mut spacing) = (0.0, 0.0, 0.0, 0.0);
    let (mut font, mut size) = (String::new(), 0.0);
    let mut runs = vec![];
    for op in &page.ops {
        match op {
            Op::SetTextCursor { pos } => {
                (x, y, advanced) = (x + pos.x.0, y + pos.y.0, 0.0);
            }
            Op::SetCharacterSpacing { multiplier } => spacing = *multiplier,
            Op::SetFont { font: id, size: pt } => {
                (font, size) = (id.get_resource_name(), pt.0);
            }
            Op::ShowText { items } => {
                let left: f32 = x + advanced;
                let mut text = String::new();
                for item in items {
                    let TextItem::GlyphIds(glyphs) = item else {
                        panic!("text that is not glyph ids");
                    };
                    for glyph in glyphs {
                        text.push_str(glyph.cid.as_deref().unwrap());
                        advanced += advance(&font, glyph.gid) * size / 1000.0 + spacing;
                    }
                }
                runs.push((left, y, x + advanced - spacing, text));
            }
            _ => {}
        }
    }
    runs
}

fn advance(font: &str, gid: u16) -> f32 {
    let face = if font.starts_with("BIZRE") {
        FaceId::Regular
    } else if font.starts_with("BIZBO") {
        FaceId::Bold
    } else {
        FaceId::Fallback
    };
    f32::from(Fonts::get().unwrap().face(face).advance(gid))
}

fn all(document: &Document) -> Vec<Placed> {
    let composed = compose(document).unwrap();
    composed.pages().iter().flat_map(placed).collect()
}

fn inside((left, baseline, right, _): &Placed) -> bool {
    // The text area: 22 mm from the sides, 11 mm from top and bottom.
    *left > 62.3 && *right < 533.2 && *baseline > 31.0 && *baseline < 811.0
}

#[test]
fn every_line_of_the_sample_lies_within_the_margins() {
    for run in all(&rich()) {
        assert!(inside(&run), "{run:?}");
    }
}

/// How often each character that leaves ink occurs.
fn count(text: &str) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    let seen = |c: &char| !is_invisible(*c) && !is_newline(*c) && !c.is_whitespace();
    for c in text.chars().filter(seen) {
        *counts.entry(c).or_default() += 1;
    }
    counts
}

/// Texts of characters that the fonts have; others are drawn as 〓 and tested elsewhere.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ぁ-んァ-ヴ日本語委託先元個人情報保護ー、。「」（）0-9a-z \n]{0,120}",
        "[0-9a-f]{0,100}",
        Just("髙﨑𠮷".to_owned()),
    ]
}

fn cell() -> impl Strategy<Value = Cell> {
    (words(), any::<bool>()).prop_map(|(text, bold)| Cell {
        text,
        bold,
        muted: !bold,
        tone: bold.then_some(Tone::Info),
    })
}

fn table() -> impl Strategy<Value = Block> {
    let column = (words(), -1.0_f32..9.0).prop_map(|(head, width)| Column {
        head: head.chars().take(12).collect(),
        width,
        align: Align::Right,
    });
    let rows = prop::collection::vec(prop::collection::vec(cell(), 0..9), 0..6);
    (prop::collection::vec(column, 0..30), rows)
        .prop_map(|(columns, rows)| Block::Table(Table { columns, rows }))
}

fn drawing() -> impl Strategy<Value = Block> {
    let place = (-50.0_f32..400.0, -50.0_f32..400.0);
    (words(), place).prop_map(|(text, (x, y))| {
        Block::Drawing(Drawing {
            width: 300.0,
            height: 350.0,
            shapes: vec![Shape::Text {
                at: Spot::new(x, y),
                width: 60.0,
                height: 40.0,
                text,
                size: 9.0,
                bold: false,
                align: Align::Left,
                ink: Ink::Text,
            }],
        })
    })
}

fn block() -> impl Strategy<Value = Block> {
    let style = prop_oneof![
        Just(TextStyle::Body),
        Just(TextStyle::Note),
        Just(TextStyle::Lead),
        Just(TextStyle::Mono)
    ];
    let leaf = prop_oneof![
        (words(), style).prop_map(|(text, style)| Block::Paragraph { text, style }),
        (0_u8..5, words()).prop_map(|(level, text)| Block::Heading { level, text }),
        prop::collection::vec((words(), words()), 0..4).prop_map(Block::Facts),
        (words(), words()).prop_map(|(title, text)| Block::Callout {
            tone: Tone::Bad,
            title,
            text
        }),
        table(),
        drawing(),
        Just(Block::PageBreak),
        Just(Block::Space(f32::NAN)),
    ];
    leaf.prop_recursive(2, 8, 4, |inner| {
        prop::collection::vec(inner, 0..4).prop_map(Block::KeepTogether)
    })
}

/// The words of a block, as a reader would count them.
fn text(block: &Block) -> String {
    match block {
        Block::Paragraph { text, .. } | Block::Heading { text, .. } => text.clone(),
        Block::Facts(facts) => {
            facts.iter().flat_map(|(label, value)| [label.as_str(), value.as_str()]).collect()
        }
        Block::Callout { title, text, .. } => format!("{title}{text}"),
        Block::Table(table) => table.rows.iter().flatten().map(|cell| cell.text.clone()).collect(),
        Block::Drawing(drawing) => drawing
            .shapes
            .iter()
            .map(|shape| match shape {
                Shape::Text { text, .. } => text.clone(),
                _ => String::new(),
            })
            .collect(),
        Block::KeepTogether(blocks) => blocks.iter().map(text).collect(),
        _ => String::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_the_document_nothing_is_lost_and_nothing_leaves_the_page(
        blocks in prop::collection::vec(block(), 0..8),
    ) {
        let wanted = count(&blocks.iter().map(text).collect::<String>());
        let runs = all(&document(blocks));
        for run in &runs {
            prop_assert!(inside(run), "{:?}", run);
        }
        let found = count(&runs.iter().map(|run| run.3.as_str()).collect::<String>());
        for (c, times) in wanted {
            prop_assert!(found.get(&c).copied().unwrap_or(0) >= times, "{} {}", c, times);
        }
    }
}
