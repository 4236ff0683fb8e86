//! Filling pages: what stays together, what is repeated, what goes on.

use super::sample::{PROSE, body, document, heading, long_table, rich};
use super::tools::{rendered, text};
use crate::typeset::{Align, Block, Cell, Column, Rendered, Table};

fn pages(name: &str, rendered: &Rendered) -> Option<Vec<String>> {
    let text = text(name, rendered)?;
    Some(text.split('\u{c}').map(str::to_owned).collect())
}

#[test]
fn an_empty_document_is_one_page() {
    assert_eq!(rendered(&document(vec![])).pages, 1);
}

#[test]
fn a_heading_never_stands_alone_at_the_foot_of_a_page() {
    for count in 0..40 {
        let mut blocks: Vec<Block> = (0..count).map(|_| body("一行の段落。")).collect();
        blocks.extend([heading(1, "見出し一"), heading(2, "見出し二"), body("本文の行。")]);
        let Some(pages) = pages("foot", &rendered(&document(blocks))) else {
            return;
        };
        let page = pages.iter().find(|page| page.contains("見出し一")).unwrap();
        assert!(page.contains("本文の行。"), "{count}");
    }
}

#[test]
fn a_table_repeats_its_head_on_every_page() {
    let mut blocks = vec![];
    long_table(&mut blocks, 80);
    let rendered = rendered(&document(blocks));
    let Some(pages) = pages("head", &rendered) else {
        return;
    };
    assert!(rendered.pages > 3);
    for page in pages.iter().take(rendered.pages) {
        assert!(page.contains("ハッシュ値"), "{page}");
    }
}

#[test]
fn a_row_higher_than_a_page_goes_on_on_the_next() {
    let column = |head: &str| Column { head: head.into(), width: 1.0, align: Align::Left };
    let table = Table {
        columns: vec![column("左"), column("右")],
        rows: vec![vec![Cell::new("短い"), Cell::new(PROSE.repeat(30))]],
    };
    let rendered = rendered(&document(vec![Block::Table(table)]));
    assert!(rendered.pages > 2);
    let Some(text) = text("row", &rendered) else {
        return;
    };
    let found: String = text.split_whitespace().collect();
    assert_eq!(found.matches("第57号").count(), 30);
}

#[test]
fn many_columns_and_odd_rows_lose_nothing() {
    let columns = (0..40).map(|n| Column {
        head: format!("列{n}"),
        width: if n == 3 { f32::NAN } else { -1.0 },
        align: Align::Center,
    });
    let table = Table {
        columns: columns.collect(),
        rows: vec![vec![], (0..45).map(|n| Cell::new(format!("値{n}"))).collect()],
    };
    let rendered = rendered(&document(vec![Block::Table(table)]));
    let Some(text) = text("odd", &rendered) else {
        return;
    };
    let found: String = text.split_whitespace().collect();
    assert!(found.contains("値") && rendered.pages >= 1);
}

#[test]
fn blocks_kept_together_stand_on_one_page() {
    for count in 10..30 {
        let mut blocks: Vec<Block> = (0..count).map(|_| body("一行の段落。")).collect();
        blocks.push(Block::KeepTogether(vec![body("初め"), body(PROSE), body("終わり")]));
        let Some(pages) = pages("keep", &rendered(&document(blocks))) else {
            return;
        };
        let page = pages.iter().find(|page| page.contains("初め")).unwrap();
        assert!(page.contains("終わり"), "{count}");
    }
}

#[test]
fn the_contents_name_the_pages_of_the_headings() {
    let rendered = rendered(&rich());
    let Some(pages) = pages("contents", &rendered) else {
        return;
    };
    let entry = |words: &str| {
        let line = pages[1].lines().find(|line| line.contains(words)).unwrap();
        line.split_whitespace().last().unwrap().parse::<usize>().unwrap()
    };
    for words in ["取扱ルール", "送受の記録", "流れ図", "検証の方法", "表示できない文字"]
    {
        assert!(pages[entry(words) - 1].contains(words), "{words}");
    }
    let last = format!("{0} / {0} ページ", rendered.pages);
    assert!(pages[rendered.pages - 1].contains(&last));
}
