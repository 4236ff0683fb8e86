//! The PDF as other programs read it.

use super::sample::{HASH, body, document, rich};
use super::tools::{path, rendered, run, text};
use crate::typeset::compose;

#[test]
fn the_same_document_gives_the_same_bytes() {
    let first = rendered(&rich());
    let second = rendered(&rich());
    assert!(first.bytes == second.bytes);
}

/// Run by the next test in a process of its own.
#[test]
fn writes_the_rich_sample() {
    if let Ok(file) = std::env::var("TYPESET_SAMPLE") {
        std::fs::write(file, rendered(&rich()).bytes).unwrap();
    }
}

#[test]
fn another_process_gives_the_same_bytes() {
    let file = path("other-process");
    let status = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["writes_the_rich_sample", "--test-threads=1"])
        .env("TYPESET_SAMPLE", &file)
        .stdout(std::process::Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
    assert!(std::fs::read(&file).unwrap() == rendered(&rich()).bytes);
}

#[test]
fn another_record_gives_another_id() {
    let mut other = rich();
    other.meta.id.push('x');
    assert!(rendered(&rich()).bytes != rendered(&other).bytes);
}

#[test]
fn qpdf_finds_nothing_wrong() {
    let rendered = rendered(&rich());
    let Some(report) = run("qpdf", &rendered.bytes, "qpdf", &["--check", "{}"]) else {
        return;
    };
    assert!(!report.contains("WARNING"), "{report}");
}

#[test]
fn fonts_are_embedded_as_subsets() {
    let rendered = rendered(&rich());
    assert!(rendered.bytes.len() < 400_000, "{}", rendered.bytes.len());
    let Some(report) = run("fonts", &rendered.bytes, "pdffonts", &["{}"]) else {
        return;
    };
    let fonts: Vec<&str> = report.lines().skip(2).collect();
    assert!(fonts.len() >= 3, "{report}");
    for font in fonts {
        assert!(font.contains("yes yes yes"), "{report}");
    }
}

#[test]
fn text_is_extracted_as_it_was_typed() {
    let rendered = rendered(&rich());
    assert_eq!(rendered.missing, ['\u{1f9ff}', '\u{10fffd}']);
    let Some(text) = text("extract", &rendered) else {
        return;
    };
    for words in [
        "𠮷田社会保険労務士事務所",
        "髙橋 﨑子",
        "葛\u{e0100}彦",
        "カ\u{3099}ス",
        "ﾊﾝｶｸ、①㈱、髙﨑𠮷",
        "〓〓",
        "U+1F9FF",
        "U+10FFFD",
        HASH,
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

#[test]
fn characters_drawn_alike_are_extracted_apart() {
    let rendered = rendered(&document(vec![body("⺅亻⺅亻 葛葛\u{e01ef}葛")]));
    let Some(text) = text("alike", &rendered) else {
        return;
    };
    assert!(text.contains("⺅亻⺅亻 葛葛\u{e01ef}葛"), "{text}");
}

#[test]
fn every_word_lies_within_the_margins() {
    let rendered = rendered(&rich());
    let Some(boxes) = run("bbox", &rendered.bytes, "pdftotext", &["-bbox", "{}", "-"]) else {
        return;
    };
    let value = |line: &str, name: &str| -> f32 {
        let rest = line.split(&format!("{name}=\"")).nth(1).unwrap();
        rest.split('"').next().unwrap().parse().unwrap()
    };
    let mut words = 0;
    for line in boxes.lines().filter(|line| line.contains("<word ")) {
        words += 1;
        // 22 mm at the sides, 11 mm at top and bottom.
        assert!(value(line, "xMin") > 62.3 && value(line, "xMax") < 533.6, "{line}");
        assert!(value(line, "yMin") > 31.0 && value(line, "yMax") < 811.0, "{line}");
    }
    assert!(words > 500);
}

#[test]
fn the_outline_is_a_tree_in_the_documents_order() {
    let rendered = rendered(&rich());
    let Some(json) =
        run("outline", &rendered.bytes, "qpdf", &["--json", "--json-key=outlines", "{}"])
    else {
        return;
    };
    // qpdf writes a heading's children before its title.
    let order = [
        "保管及び送受の条件",
        "用語",
        "誓約",
        "取扱ルール",
        "一覧",
        "送受の記録",
        "流れ図",
        "保管",
    ];
    let mut rest = json.as_str();
    for title in order {
        let at = rest
            .find(&format!("\"title\": \"{title}\""))
            .unwrap_or_else(|| panic!("{title} {json}"));
        rest = rest.split_at(at).1;
    }
    assert!(json.contains("\"kids\": [\n"));
}

#[test]
fn one_line_is_one_text_operation() {
    let composed = compose(&document(vec![body("一行の段落。")])).unwrap();
    let shows = composed.pages()[0]
        .ops
        .iter()
        .filter(|op| matches!(op, printpdf::Op::ShowText { .. }))
        .count();
    assert_eq!(shows, 5, "header left and right, footer, number, paragraph");
}
