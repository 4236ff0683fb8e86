//! Breaking text into lines.

use proptest::prelude::*;

use super::sample::{HASH, PROSE};
use crate::typeset::breaking::{Setting, set};
use crate::typeset::glyphs::GlyphBook;
use crate::typeset::kinsoku::{NO_END, NO_START, class, is_invisible, is_newline, is_selector};
use crate::typeset::style::BODY;

fn lines(text: &str, width: f32) -> (Vec<String>, Setting, GlyphBook) {
    let mut book = GlyphBook::new().unwrap();
    let setting = set(&mut book, text, BODY, width);
    let lines = setting
        .lines
        .iter()
        .map(|line| {
            setting.glyphs[line.all.clone()].iter().map(|glyph| book.text(*glyph)).collect()
        })
        .collect();
    (lines, setting, book)
}

/// What of a text is meant to be seen, with 〓 for what no font has.
fn visible(text: &str, book: &GlyphBook) -> String {
    let missing = book.missing();
    text.replace("\r\n", "\n")
        .chars()
        .map(|c| if c == '\t' { ' ' } else { c })
        .filter(|c| !is_newline(*c) && (!is_invisible(*c) || is_selector(*c)))
        .map(|c| if missing.contains(&c) { '〓' } else { c })
        .collect()
}

#[test]
fn japanese_prose_fills_its_lines() {
    let (lines, setting, _) = lines(PROSE, 300.0);
    assert_eq!(lines.concat(), PROSE);
    for line in setting.lines.iter().filter(|line| !line.last) {
        assert!(line.width > 27_000.0, "{line:?}");
    }
}

#[test]
fn a_line_never_begins_with_a_full_stop_or_ends_with_an_opening_bracket() {
    for width in 20..200 {
        let (lines, ..) = lines(PROSE, f32::from(u16::try_from(width).unwrap()));
        for (index, line) in lines.iter().enumerate() {
            let first = line.chars().next().unwrap();
            let last = line.chars().last().unwrap();
            assert!(index == 0 || class(first) & NO_START == 0, "{width} {line}");
            let end = index + 1 == lines.len();
            assert!(end || class(last) & NO_END == 0, "{width} {line}");
        }
    }
}

#[test]
fn a_full_stop_after_a_hash_stays_with_it() {
    let text = format!("{HASH}。");
    for width in 30..400 {
        let (lines, ..) = lines(&text, f32::from(u16::try_from(width).unwrap()));
        assert!(lines.iter().all(|line| !line.starts_with('。')), "{lines:?}");
    }
}

#[test]
fn a_hash_begins_on_the_line_it_follows_on() {
    let (lines, ..) = lines(&format!("ハッシュ値 {HASH}"), 200.0);
    assert!(lines[0].contains("9f86"), "{lines:?}");
}

#[test]
fn line_breaks_tabs_and_control_characters() {
    let (lines, ..) = lines("一\t二\r\n三\n\n\u{7}四\u{202e}五\u{200b}", 200.0);
    assert_eq!(lines, ["一 二", "三", "", "四五"]);
}

#[test]
fn variation_selectors_stay_with_their_character() {
    let text = "葛\u{e0100}城市と葛\u{e0101}飾区、辻\u{e0100}、☎\u{fe0f}、亜\u{e01ef}";
    let (lines, setting, book) = lines(text, 200.0);
    assert_eq!(lines.concat(), text);
    assert!(book.missing().is_empty());
    let glyph = |index: usize| setting.glyphs[index].gid;
    assert_ne!(glyph(0), glyph(4), "two variants of 葛 look different");
}

#[test]
fn a_character_that_no_font_has_is_drawn_as_geta() {
    let (lines, _, book) = lines("髙﨑𠮷①㈱\u{10fffd}", 200.0);
    assert_eq!(lines, ["髙﨑𠮷①㈱〓"]);
    assert_eq!(book.missing(), ['\u{10fffd}']);
}

#[test]
fn characters_drawn_alike_keep_their_own_text() {
    let text = "⺅亻 \u{a0}あ";
    let (lines, ..) = lines(text, 200.0);
    assert_eq!(lines.concat(), text);
}

#[test]
fn a_kana_and_a_combining_mark_are_one_glyph() {
    let voiced =
        ["か\u{3099}", "ち\u{3099}", "は\u{3099}", "ほ\u{309a}", "ヒ\u{309a}", "ト\u{3099}"];
    let composed = ["が", "ぢ", "ば", "ぽ", "ピ", "ド"];
    for (voiced, composed) in voiced.into_iter().zip(composed) {
        let (text, setting, _) = lines(voiced, 200.0);
        let (_, expected, _) = lines(composed, 200.0);
        assert_eq!(text, [voiced]);
        assert_eq!(setting.glyphs[0].gid, expected.glyphs[0].gid);
    }
}

#[test]
fn no_box_is_too_narrow() {
    for width in [0.0, 0.01, 1.0, 4.0, f32::NAN, -5.0] {
        let (lines, setting, _) = lines("委託先の名称（株）ABC。", width);
        assert_eq!(lines.concat(), "委託先の名称（株）ABC。");
        for line in &setting.lines {
            assert!(line.width * setting.size / 1000.0 <= width.max(0.1) + 0.001);
        }
    }
}

fn any_text() -> impl Strategy<Value = String> {
    let japanese = "[ぁ-んァ-ヶ一-龠々ー、。「」（）・！？０-９Ａ-ｚ]{0,40}";
    let latin = "[ -~]{0,40}";
    let hash = "[0-9a-f]{0,90}";
    let anything = any::<String>();
    let piece = prop_oneof![
        japanese,
        latin,
        hash,
        anything,
        Just("葛\u{e0100}\n".to_owned()),
        Just("𠮷\t".to_owned()),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn nothing_is_lost_and_no_line_is_wider_than_its_box(
        text in any_text(),
        width in 0.5_f32..500.0,
    ) {
        // A lone carriage return is a line break, a selector without a base is not drawn.
        let text = text.replace('\r', "\n");
        let (lines, setting, book) = lines(&text, width);
        let placed: String = lines.concat();
        let strip = |text: &str| text.chars().filter(|c| !is_selector(*c)).collect::<String>();
        prop_assert_eq!(strip(&placed), strip(&visible(&text, &book)));
        for line in &setting.lines {
            prop_assert!(line.width * setting.size / 1000.0 <= width + 0.001);
        }
    }
}
