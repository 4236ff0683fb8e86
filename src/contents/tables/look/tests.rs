use std::io::Cursor;

use proptest::prelude::*;

use super::look;
use crate::contents::model::{Bounds, Contents, DataKind, Format, Watch};

fn seen(csv: &str) -> Contents {
    watched(csv, &[])
}

fn watched(csv: &str, names: &[(&str, &[&str])]) -> Contents {
    let own = |name: &&str| (*name).to_owned();
    let whom =
        names.iter().map(|(key, called)| ((*key).to_owned(), called.iter().map(own).collect()));
    let watch = Watch { named: whom.collect() };
    look(Format::Csv, &mut Cursor::new(csv), &watch, &Bounds::default()).unwrap()
}

fn kinds(contents: &Contents) -> Vec<(&str, Option<DataKind>)> {
    let columns = contents.tables[0].columns.iter();
    columns.map(|column| (column.heading.as_str(), column.kind)).collect()
}

#[test]
fn headings_are_found_below_titles_and_blank_rows() {
    let contents = seen(
        "令和7年度 利用者名簿,,,\n,,,\n,,,令和7年11月1日現在\nNo,氏名,生年月日,障害等級\n\
         1,山田 太郎,昭和55年1月2日,身体1級\n2,佐藤 花子,平成3年4月5日,療育B1\n",
    );
    let table = &contents.tables[0];
    assert_eq!((table.heading_row, table.rows, table.persons), (4, 2, 2));
    let wanted = [
        ("No", None),
        ("氏名", Some(DataKind::Name)),
        ("生年月日", Some(DataKind::BirthDate)),
        ("障害等級", Some(DataKind::Disability)),
    ];
    assert_eq!(kinds(&contents), wanted);
}

#[test]
fn headings_in_two_rows_are_read_together() {
    let contents = seen(
        "番号,児童,,口座,\n,氏名,生年月日,銀行,番号\n1,山田 太郎,2018-04-05,みずほ,1234567\n\
         2,佐藤 花子,2019-05-06,三井,7654321\n",
    );
    let table = &contents.tables[0];
    assert_eq!((table.heading_row, table.rows, table.persons), (2, 2, 2));
    let told: Vec<_> = kinds(&contents).into_iter().map(|(_, kind)| kind).collect();
    assert_eq!(
        told,
        [
            None,
            Some(DataKind::Name),
            Some(DataKind::BirthDate),
            Some(DataKind::Account),
            Some(DataKind::Account)
        ]
    );
}

#[test]
fn a_list_without_headings_is_known_by_its_values() {
    let contents = seen(
        "山田 太郎,090-1234-5678,大阪府高槻市桃園町2番1号\n佐藤 花子,090-1234-5679,大阪市北区中之島1-3-20\n\
         鈴木 一郎,072-674-7111,京都府京都市中京区\n",
    );
    let table = &contents.tables[0];
    assert_eq!((table.heading_row, table.rows, table.persons), (0, 3, 3));
    let wanted =
        [("", Some(DataKind::Name)), ("", Some(DataKind::Phone)), ("", Some(DataKind::Address))];
    assert_eq!(kinds(&contents), wanted);
}

#[test]
fn no_value_is_kept_as_a_heading() {
    let contents = seen("番号,山田 太郎,090-1234-5678\n氏名,あ,い\n");
    let kept = serde_json::to_string(&contents).unwrap();
    assert!(!kept.contains("山田") && !kept.contains("1234"), "{kept}");
}

#[test]
fn a_person_in_several_rows_is_one() {
    let contents = seen(
        "氏名,生年月日,利用日\n山田 太郎,S50.1.2,2025-04-01\n山田　太郎,昭和50年1月2日,2025-04-02\n\
         山田 太郎,S51.1.2,2025-04-02\n合計,,\n",
    );
    assert_eq!((contents.tables[0].rows, contents.persons), (4, 2));
}

#[test]
fn mail_addresses_alone_tell_persons_apart() {
    let contents = seen("メールアドレス\na@example.jp\nb@example.jp\na@example.jp\n");
    assert_eq!(contents.persons, 2);
}

#[test]
fn rows_are_counted_by_whom_they_name() {
    let names: &[(&str, &[&str])] =
        &[("1", &["あおぞら事業所", "株式会社あおぞら"]), ("2", &["みどり園"]), ("3", &["そら"])];
    let contents = watched(
        "事業所名,氏名\nあおぞら事業所 御中,山田 太郎\n（株）あおぞら,佐藤 花子\nみどり園,鈴木 一郎\n\
         ひまわり園,田中 次郎\n,高橋 三郎\n",
        names,
    );
    let naming = contents.tables[0].naming.as_ref().unwrap();
    assert_eq!(naming.column, 0);
    assert_eq!(naming.rows, [("1".to_owned(), 2), ("2".to_owned(), 1)].into());
    // ひまわり園, and the row about a person that names nobody.
    assert_eq!(naming.others, 2);
    assert!(seen("事業所名,氏名\nみどり園,山田 太郎\n").tables[0].naming.is_none());
}

/// The number with its check digit.
fn my_number(base: u64) -> String {
    let digits: Vec<u64> =
        format!("{base:011}").bytes().map(|byte| u64::from(byte - b'0')).collect();
    let sum: u64 = digits.iter().rev().zip((2..=7).chain(2..=6)).map(|(d, w)| d * w).sum();
    let check = match sum % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    };
    format!("{base:011}{check}")
}

#[test]
fn my_numbers_are_counted_wherever_they_stand() {
    let number = my_number(12_345_678_901);
    let contents = seen(&format!(
        "個人番号 {number} の写し,\n氏名,備考\n山田 太郎,番号は{number}\n佐藤 花子,{number}\n"
    ));
    assert_eq!(contents.my_numbers, 3);
    assert!(!serde_json::to_string(&contents).unwrap().contains("123456789018"));
}

#[test]
fn a_column_of_other_numbers_of_twelve_digits_raises_no_alarm() {
    let rows = (0..200_u64)
        .map(|n| format!("山田 太郎,{}\n", 100_000_000_000 + n * 7_919))
        .collect::<Vec<String>>()
        .concat();
    assert_eq!(seen(&format!("氏名,顧客番号\n{rows}")).my_numbers, 0);
}

#[test]
fn a_column_of_my_numbers_is_known_without_its_heading() {
    let rows = (0..50_u64)
        .map(|n| format!("山田 太郎,{}\n", my_number(20_000_000_000 + n)))
        .collect::<Vec<String>>()
        .concat();
    let contents = seen(&format!("氏名,番号\n{rows}"));
    assert_eq!(contents.my_numbers, 50);
    assert_eq!(contents.tables[0].columns[1].kind, Some(DataKind::MyNumber));
}

#[test]
fn zeros_lost_to_a_spreadsheet_are_given_back_where_it_is_certain() {
    let number = my_number(123_456_789);
    let short = number.trim_start_matches('0');
    assert_eq!(seen(&format!("氏名,マイナンバー\n山田 太郎,{short}\n")).my_numbers, 1);
    assert_eq!(seen(&format!("氏名,電話番号\n山田 太郎,{short}\n")).my_numbers, 0);
}

#[test]
fn notes_tell_of_illness() {
    let contents = seen("氏名,備考\n山田 太郎,糖尿病のため食事に注意\n佐藤 花子,とくになし\n");
    assert_eq!(contents.loose.get(&DataKind::Health), Some(&1));
}

#[test]
fn a_form_is_read_by_its_labels() {
    let contents = seen("氏名,山田 太郎\n住所,大阪府高槻市桃園町2番1号\n病名,糖尿病\n");
    assert_eq!(contents.loose.get(&DataKind::Name), Some(&1));
    assert!(contents.loose.get(&DataKind::Health) >= Some(&1));
}

#[test]
fn dates_that_lie_close_together_are_no_birth_dates() {
    let contents = seen("項目A,項目B\nあ,2024-04-01\nい,2024-05-01\nう,2025-03-31\n");
    assert_eq!(contents.tables[0].columns[1].kind, None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn width_and_hyphens_change_no_count(bases in proptest::collection::vec(0..99_999_999_999_u64, 1..8), style in 0..4) {
        let written = |base: &u64| {
            let number = my_number(*base);
            let groups: Vec<&str> = [0, 4, 8].iter().map(|at| number.get(*at..at + 4).unwrap()).collect();
            let text = match style {
                0 => number.clone(),
                1 | 2 => groups.join("-"),
                _ => groups.join("　"),
            };
            let wide = |c: char| c.to_digit(10).and_then(|d| char::from_u32(0xff10 + d)).unwrap_or(c);
            if style == 2 { text.chars().map(wide).collect() } else { text }
        };
        let rows = bases.iter().map(|base| format!("山田 太郎,{}\n", written(base))).collect::<Vec<String>>().concat();
        let contents = seen(&format!("氏名,番号\n{rows}"));
        prop_assert_eq!(contents.my_numbers, u64::try_from(bases.len()).unwrap());
    }
}
