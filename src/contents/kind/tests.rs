use super::{Heading, kind_of_heading, kind_of_value, kinds_of_item, loose, read_heading};
use crate::contents::model::DataKind::{
    self, Account, Address, Age, BirthDate, Card, Career, CorporateNumber, Creed, Crime,
    Disability, Family, Health, Income, Kana, Mail, MyNumber, Name, Pay, PersonNumber, Phone, Sex,
};

/// Headings as they stand in lists, and what is below them.
const HEADINGS: &[(&str, Option<DataKind>)] = &[
    ("氏名", Some(Name)),
    ("氏　　名", Some(Name)),
    ("氏\n名", Some(Name)),
    ("※氏名", Some(Name)),
    ("氏名（必須）", Some(Name)),
    ("1.氏名", Some(Name)),
    ("氏名（漢字）", Some(Name)),
    ("氏名・フリガナ", Some(Name)),
    ("お名前", Some(Name)),
    ("本人氏名", Some(Name)),
    ("児童氏名", Some(Name)),
    ("保護者名", Some(Name)),
    ("保護者氏名", Some(Name)),
    ("世帯主", Some(Name)),
    ("利用者名", Some(Name)),
    ("担当者名", Some(Name)),
    ("従業員名", Some(Name)),
    ("姓", Some(Name)),
    ("名", Some(Name)),
    ("旧姓", Some(Name)),
    ("Name", Some(Name)),
    ("宛名", Some(Name)),
    ("フリガナ", Some(Kana)),
    ("ﾌﾘｶﾞﾅ", Some(Kana)),
    ("ふりがな", Some(Kana)),
    ("氏名（カナ）", Some(Kana)),
    ("氏名カナ", Some(Kana)),
    ("氏名（フリガナ）", Some(Kana)),
    ("児童氏名ふりがな", Some(Kana)),
    ("セイ", Some(Kana)),
    ("よみがな", Some(Kana)),
    ("生年月日", Some(BirthDate)),
    ("生年月日（西暦）", Some(BirthDate)),
    ("児童生年月日", Some(BirthDate)),
    ("誕生日", Some(BirthDate)),
    ("年齢", Some(Age)),
    ("年齢（4月1日現在）", Some(Age)),
    ("性別", Some(Sex)),
    ("男・女", Some(Sex)),
    ("住所", Some(Address)),
    ("住所1", Some(Address)),
    ("住所２（建物名）", Some(Address)),
    ("現住所", Some(Address)),
    ("本籍地", Some(Address)),
    ("郵便番号", Some(Address)),
    ("〒", Some(Address)),
    ("自宅住所", Some(Address)),
    ("市区町村", Some(Address)),
    ("方書", Some(Address)),
    ("TEL", Some(Phone)),
    ("ＴＥＬ", Some(Phone)),
    ("℡", Some(Phone)),
    ("電話番号", Some(Phone)),
    ("電話番号（自宅）", Some(Phone)),
    ("携帯", Some(Phone)),
    ("携帯電話", Some(Phone)),
    ("FAX番号", Some(Phone)),
    ("緊急連絡先", Some(Phone)),
    ("連絡先", Some(Phone)),
    ("Eメール", Some(Mail)),
    ("E-mail", Some(Mail)),
    ("メールアドレス", Some(Mail)),
    ("ﾒｰﾙｱﾄﾞﾚｽ", Some(Mail)),
    ("連絡先（メール）", Some(Mail)),
    ("職員番号", Some(PersonNumber)),
    ("社員コード", Some(PersonNumber)),
    ("受給者番号", Some(PersonNumber)),
    ("受給者証番号", Some(PersonNumber)),
    ("被保険者番号", Some(PersonNumber)),
    ("介護保険被保険者番号", Some(PersonNumber)),
    ("宛名番号", Some(PersonNumber)),
    ("基礎年金番号", Some(PersonNumber)),
    ("学籍番号", Some(PersonNumber)),
    ("会員ID", Some(PersonNumber)),
    ("運転免許証番号", Some(PersonNumber)),
    ("続柄", Some(Family)),
    ("扶養家族", Some(Family)),
    ("配偶者の有無", Some(Family)),
    ("家族構成", Some(Family)),
    ("ひとり親", Some(Family)),
    ("学歴", Some(Career)),
    ("最終学歴", Some(Career)),
    ("資格", Some(Career)),
    ("保有資格", Some(Career)),
    ("職種", Some(Career)),
    ("勤務先", Some(Career)),
    ("採用年月日", Some(Career)),
    ("勤続年数", Some(Career)),
    ("給与", Some(Pay)),
    ("賞与", Some(Pay)),
    ("基本給（円）", Some(Pay)),
    ("時給", Some(Pay)),
    ("通勤手当", Some(Pay)),
    ("年収", Some(Income)),
    ("前年所得", Some(Income)),
    ("市民税額", Some(Income)),
    ("生活保護受給", Some(Income)),
    ("児童扶養手当", Some(Income)),
    ("年金額", Some(Income)),
    ("保育料", Some(Income)),
    ("口座番号", Some(Account)),
    ("振込先口座", Some(Account)),
    ("銀行名", Some(Account)),
    ("支店", Some(Account)),
    ("支店名", Some(Account)),
    ("口座名義（カナ）", Some(Account)),
    ("金融機関コード", Some(Account)),
    ("クレジットカード番号", Some(Card)),
    ("カード番号", Some(Card)),
    ("病名", Some(Health)),
    ("診断名", Some(Health)),
    ("服薬", Some(Health)),
    ("既往歴", Some(Health)),
    ("要介護度", Some(Health)),
    ("アレルギーの有無", Some(Health)),
    ("主治医", Some(Health)),
    ("健康診断結果", Some(Health)),
    ("予防接種歴", Some(Health)),
    ("障害者手帳", Some(Disability)),
    ("障害者手帳番号", Some(Disability)),
    ("等級", Some(Disability)),
    ("療育手帳", Some(Disability)),
    ("障がいの種類", Some(Disability)),
    ("障害支援区分", Some(Disability)),
    ("障害(有無)", Some(Disability)),
    ("前科", Some(Crime)),
    ("虐待の有無", Some(Crime)),
    ("宗教", Some(Creed)),
    ("支持政党", Some(Creed)),
    ("マイナンバー", Some(MyNumber)),
    ("個人番号", Some(MyNumber)),
    ("個人番号（マイナンバー）", Some(MyNumber)),
    ("法人番号", Some(CorporateNumber)),
    ("事業所名", None),
    ("会社名", None),
    ("会社名（カナ）", None),
    ("施設名", None),
    ("品名", None),
    ("商品名", None),
    ("件名", None),
    ("学校名", None),
    ("法人名", None),
    ("障害福祉サービス事業所名", None),
    ("システム障害", None),
    ("契約日", None),
    ("備考", None),
    ("番号", None),
    ("No.", None),
    ("金額", None),
    ("所属", None),
    ("診療報酬", None),
    ("IPアドレス", None),
    ("会社電話番号", None),
    ("年度", None),
    ("2024", None),
    ("", None),
];

#[test]
fn headings_tell_their_kind() {
    assert!(HEADINGS.len() >= 120);
    let wrong: Vec<_> = HEADINGS
        .iter()
        .map(|(heading, kind)| (heading, *kind, kind_of_heading(heading)))
        .filter(|(_, wanted, told)| wanted != told)
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn a_known_heading_without_personal_data_isnt_an_unknown_one() {
    assert_eq!(read_heading("事業所名"), Heading::Known);
    assert_eq!(read_heading("ひとこと"), Heading::Unknown);
}

#[test]
fn values_look_like_their_kind() {
    let values: &[(&str, Option<DataKind>)] = &[
        ("山田 太郎", Some(Name)),
        ("山田　太郎", Some(Name)),
        ("山田太郎", Some(Name)),
        ("佐々木 みどり", Some(Name)),
        ("ヤマダ タロウ", Some(Kana)),
        ("ﾔﾏﾀﾞ ﾀﾛｳ", Some(Kana)),
        ("やまだ たろう", Some(Kana)),
        ("総務部 人事課", None),
        ("1980-01-02", Some(BirthDate)),
        ("昭和55年1月2日", Some(BirthDate)),
        ("S50.1.2", Some(BirthDate)),
        ("H3.12.31", Some(BirthDate)),
        ("平成12年4月1日", Some(BirthDate)),
        ("T10.5.6", Some(BirthDate)),
        ("大正10年5月6日", Some(BirthDate)),
        ("19800102", Some(BirthDate)),
        ("1980/13/45", None),
        ("090-1234-5678", Some(Phone)),
        ("09012345678", Some(Phone)),
        ("9012345678", Some(Phone)),
        ("（072）674-7111", Some(Phone)),
        ("+81-90-1234-5678", Some(Phone)),
        ("569-0067", Some(Address)),
        ("大阪府高槻市桃園町2番1号", Some(Address)),
        ("高槻市桃園町2-1", Some(Address)),
        ("〒569-0067 大阪府高槻市桃園町2番1号", Some(Address)),
        ("taro@example.jp", Some(Mail)),
        ("4111 1111 1111 1111", Some(Card)),
        ("4111111111111111", Some(Card)),
        ("378282246310005", Some(Card)),
        ("4111111111111112", None),
        ("123456789018", Some(MyNumber)),
        ("１２３４－５６７８－９０１８", Some(MyNumber)),
        ("123456789012", None),
        ("7000012050002", Some(CorporateNumber)),
        ("男", Some(Sex)),
        ("女性", Some(Sex)),
        ("身体1級", Some(Disability)),
        ("療育B1", Some(Disability)),
        ("知的障害", Some(Disability)),
        ("統合失調症", Some(Health)),
        ("要介護3", Some(Health)),
        ("なし", None),
        ("1234567", None),
        ("あおぞら保育園", None),
        ("", None),
    ];
    let wrong: Vec<_> = values
        .iter()
        .map(|(value, kind)| (value, *kind, kind_of_value(value)))
        .filter(|(_, wanted, told)| wanted != told)
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn an_item_names_one_kind_or_several() {
    let items: &[(&str, &[DataKind])] = &[
        ("氏名・生年月日・住所", &[Name, BirthDate, Address]),
        ("氏名、住所及び電話番号", &[Name, Address, Phone]),
        ("氏名並びに障害者手帳の等級", &[Name, Disability]),
        ("連絡先（電話番号、メールアドレス）", &[Phone, Mail]),
        ("健康診断結果", &[Health]),
        ("給与及び賞与の額", &[Pay]),
        ("個人番号", &[MyNumber]),
        ("職員番号", &[PersonNumber]),
        ("事業所名", &[]),
        ("その他", &[]),
    ];
    for (item, kinds) in items {
        assert_eq!(kinds_of_item(item), *kinds, "{item}");
    }
}

#[test]
fn text_tells_of_personal_data() {
    let text = "氏名：山田太郎\n生年月日: 昭和55年1月2日　障害：あり\n連絡は taro@example.jp か\
                 （090）1234-5678 まで。カード 4111-1111-1111-1111\n糖尿病のため通院";
    let found = loose(text);
    let wanted =
        [(Name, 1), (BirthDate, 1), (Disability, 1), (Mail, 1), (Phone, 1), (Card, 1), (Health, 1)];
    for (kind, times) in wanted {
        assert_eq!(found.get(&kind), Some(&times), "{kind:?} {found:?}");
    }
    assert!(loose("会議は 10:30 から。議題: 予算").is_empty());
    assert!(loose("").is_empty());
}

#[test]
fn a_label_without_anything_behind_it_tells_nothing() {
    assert!(loose("氏名：\n住所：　\n").is_empty());
}

#[test]
fn every_line_of_words_has_a_title_that_is_known() {
    let known = ["none", "prefecture", "surname", "nobody", "others", "family_name"];
    let text = include_str!("../../../assets/kinds.txt");
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (title, words) = line.split_once(':').unwrap();
        let kind = title.strip_prefix("text.").unwrap_or(title);
        assert!(known.contains(&title) || kind.parse::<DataKind>().is_ok(), "{title}");
        assert!(!words.trim().is_empty(), "{title}");
    }
}
