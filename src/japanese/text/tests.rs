//! Tests of the refused characters.

use super::*;

#[test]
fn line_breaks_belong_to_texts_of_several_lines() {
    assert!(has_control("一行\n二行", false));
    assert!(has_control("表\t題", false));
    assert!(!has_control("一行\r\n二行\t", true));
}

#[test]
fn control_and_direction_characters_are_refused_everywhere() {
    for c in [
        '\0', '\u{1b}', '\u{7f}', '\u{85}', '\u{61c}', '\u{200e}', '\u{2028}', '\u{202e}',
        '\u{2066}', '\u{2069}',
    ] {
        let text = format!("請求書{c}fdp.exe");
        assert!(has_control(&text, false), "{c:?}");
        assert!(has_control(&text, true), "{c:?}");
    }
}

#[test]
fn names_pass() {
    for name in ["髙橋　﨑子", "𠮷野家", "葛\u{e0100}城市", "ｶﾌﾞｼｷｶﾞｲｼｬ", "👩\u{200d}💻"]
    {
        assert!(!has_control(name, false), "{name}");
    }
}
