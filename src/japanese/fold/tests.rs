//! Tests of the search key: names that must be found by each other.

use proptest::prelude::*;

use super::*;

#[test]
fn the_ways_to_write_a_name_share_a_key() {
    for (typed, asked) in [
        ("髙橋", "高橋"),
        ("山﨑", "山崎"),
        ("渡邊", "渡辺"),
        ("渡邉", "渡辺"),
        ("齋藤", "斉藤"),
        ("齊藤", "斎藤"),
        ("濵田", "浜田"),
        ("濱田", "浜田"),
        ("𠮷野家", "吉野家"),
        ("嶋田", "嶌田"),
        ("葛\u{e0100}城市", "葛城市"),
        ("神\u{fe00}田", "神田"),
        ("鎌ヶ谷市", "鎌ケ谷市"),
        ("やまだ", "ﾔﾏﾀﾞ"),
        ("株式会社　山田", "株式会社山田"),
        ("㈱山田", "（株） 山田"),
        ("㈱山田", "株式会社山田"),
        ("ＡＢＣシステム", "abcｼｽﾃﾑ"),
        ("か゛", "ガ"),
    ] {
        assert_eq!(fold_name(typed), fold_name(asked), "{typed} {asked}");
    }
}

#[test]
fn different_names_keep_different_keys() {
    assert_ne!(fold_name("大阪"), fold_name("大坂"));
    assert_ne!(fold_name("山田"), fold_name("田山"));
    assert_ne!(fold_name("株式会社山田"), fold_name("山田株式会社"));
}

#[test]
fn a_name_of_spaces_has_an_empty_key() {
    assert_eq!(fold_name(" \u{3000}\t\u{200b}"), "");
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing(name in ".{0,40}") {
        let key = fold_name(&name);
        prop_assert_eq!(fold_name(&key), key);
    }

    #[test]
    fn folding_kana_twice_changes_nothing(
        name in "[ぁ-ヿ\u{ff66}-\u{ff9f}\u{3099}\u{309a} \u{fe00}A-Z㈱-㉃(株)社髙㌀-㍗]{0,20}",
    ) {
        let key = fold_name(&name);
        prop_assert_eq!(fold_name(&key), key);
    }
}
