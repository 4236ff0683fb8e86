//! Tests of the カナ fields.

use super::*;

#[test]
fn katakana_names_are_taken() {
    for name in [
        "ヤマダ　タロウ",
        "ヤマダ タロウ",
        "ジョン・スミス",
        "データセンター",
        "ヴァイオリン",
        "ハ\u{3099}ンク",
    ] {
        assert!(is_katakana_name(name), "{name}");
    }
}

#[test]
fn other_characters_are_refused() {
    for name in ["", "　", "・ー", "やまだ", "山田", "ﾔﾏﾀﾞ", "ヤマダ1", "ヤマダA", "ヤマダ\n"]
    {
        assert!(!is_katakana_name(name), "{name}");
    }
}

#[test]
fn hiragana_becomes_katakana() {
    let katakana: String = "ぁがんゔゖゝゞー山".chars().map(to_katakana).collect();
    assert_eq!(katakana, "ァガンヴヶヽヾー山");
}
