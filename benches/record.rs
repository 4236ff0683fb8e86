//! Typesetting a record against its floor: the same pages, already laid out, written by
//! printpdf. Ours may take at most twice the floor's time.

#![expect(clippy::unwrap_used, reason = "a benchmark that can't start has nothing to measure")]

use azukari::typeset::{
    Align, Block, Cell, Column, Document, Frame, Meta, Table, TextStyle, compose, render,
};
use divan::{Bencher, black_box};
use printpdf::{FontId, ParsedFont, PdfDocument, PdfFont, PdfPage, PdfSaveOptions};
use std::sync::LazyLock;

const PROSE: &str = "受託者は、この契約による業務を処理するため個人情報を取り扱うに当たっては、個人の権利利益を侵害することのないよう、個人情報の保護に関する法律（平成15年法律第57号）その他の法令を遵守しなければならない。また、業務に関して知り得た個人情報をみだりに他人に知らせ、又は不当な目的に使用してはならず、この契約が終了し、又は解除された後においても、同様とする。";

static FONTS: LazyLock<Vec<(&str, ParsedFont)>> = LazyLock::new(|| {
    let parse = |bytes: &[u8]| ParsedFont::from_bytes(bytes, 0, &mut Vec::new()).unwrap();
    vec![
        (
            "BIZRE",
            parse(include_bytes!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/assets/fonts/BIZUDPGothic-Regular.ttf"
            ))),
        ),
        (
            "BIZBO",
            parse(include_bytes!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/assets/fonts/BIZUDPGothic-Bold.ttf"
            ))),
        ),
        (
            "NOTOS",
            parse(include_bytes!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/assets/fonts/NotoSansJP-Regular.ttf"
            ))),
        ),
    ]
});

fn main() {
    for chapters in [3, 33] {
        let pages = render(&document(chapters)).unwrap().pages;
        println!("{chapters} chapters are {pages} pages");
    }
    divan::main();
}

/// Three pages a chapter: prose, and a table of rows with a hash each.
fn document(chapters: usize) -> Document {
    let mut blocks = vec![Block::Contents { depth: 1 }];
    for chapter in 0..chapters {
        blocks.push(Block::PageBreak);
        blocks.push(Block::Heading {
            level: 1,
            text: format!("第{}章　𠮷田事務所の記録", chapter + 1),
        });
        let paragraph = || Block::Paragraph { text: PROSE.into(), style: TextStyle::Body };
        blocks.extend(std::iter::repeat_with(paragraph).take(7));
        blocks.push(Block::Table(table(chapter)));
    }
    Document {
        meta: Meta {
            title: "監査記録".into(),
            author: "○○県".into(),
            subject: "委託案件の監査記録".into(),
            id: "0198c0de-7a5b-7c3d-9e2f-1a2b3c4d5e6f".into(),
            created: chrono::NaiveDateTime::default(),
            language: "ja".into(),
        },
        frame: Frame {
            header_left: "監査記録　委託案件 R8-0123".into(),
            header_right: "記録番号 0198c0de-7a5b-7c3d-9e2f-1a2b3c4d5e6f".into(),
            footer_left: "○○県 総務部".into(),
            page_of: "{page} / {pages}".into(),
            bands: vec![],
        },
        blocks,
        missing_heading: "表示できない文字".into(),
        missing_note: "符号位置は次のとおり。".into(),
    }
}

fn table(chapter: usize) -> Table {
    let column = |head: &str, width, align| Column { head: head.into(), width, align };
    let row = |n: usize| {
        vec![
            Cell::new(n.to_string()),
            Cell::new(format!(
                "{chapter}月分の給与台帳を「保育所A」から受領した。宛先は2名で確認した。"
            )),
            Cell::new("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
            Cell::new("適合").bold(),
        ]
    };
    Table {
        columns: vec![
            column("番号", 0.5, Align::Right),
            column("内容", 3.0, Align::Left),
            column("ハッシュ値", 3.0, Align::Left),
            column("判定", 0.8, Align::Center),
        ],
        rows: (0..20).map(row).collect(),
    }
}

/// What the floor starts from: pages of positioned glyphs, and the ids of their fonts.
fn laid_out(chapters: usize) -> (Vec<PdfPage>, Vec<String>) {
    let composed = compose(&document(chapters)).unwrap();
    (composed.pages().to_vec(), composed.font_ids())
}

#[divan::bench(args = [3, 33])]
fn ours(bencher: Bencher<'_, '_>, chapters: usize) {
    bencher
        .with_inputs(|| document(chapters))
        .bench_refs(|document| render(black_box(document)).unwrap().bytes);
}

#[divan::bench(args = [3, 33])]
fn floor(bencher: Bencher<'_, '_>, chapters: usize) {
    let (pages, ids) = laid_out(chapters);
    bencher.with_inputs(|| pages.clone()).bench_values(|pages| {
        let mut pdf = PdfDocument::new("floor");
        for id in &ids {
            let face = FONTS.iter().find(|(face, _)| id.starts_with(face)).unwrap();
            let font = PdfFont::new(face.1.clone());
            pdf.resources.fonts.map.insert(FontId(id.clone()), font);
        }
        pdf.pages = pages;
        pdf.save(&PdfSaveOptions::default(), &mut Vec::new())
    });
}
