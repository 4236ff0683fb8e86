use std::collections::BTreeMap;

use super::field::{Field, Takes, Words, fill, folded};
use super::kinds::fields;
use super::model::ImportKind;
use crate::entrustment::rules::{Place, Way};
use crate::sheet::Kind;
use crate::web::{Form, Language, locale};

fn ways() -> Words {
    Words::new("way-", Way::ALL.iter().map(|way| way.as_str()).collect())
}

#[test]
fn a_heading_means_one_column_in_whichever_language() {
    for kind in ImportKind::ALL {
        let mut meant: BTreeMap<String, &str> = BTreeMap::new();
        for field in fields(*kind, None) {
            let labels = Language::ALL.map(|language| locale::text(language, field.label));
            for heading in labels.iter().map(String::as_str).chain([field.name]) {
                let other = meant.insert(folded(heading), field.name);
                assert!(other.is_none_or(|other| other == field.name), "{kind}: {heading}");
            }
        }
    }
}

#[test]
fn words_are_taken_as_labels_in_either_language_or_as_codes() {
    let words = Words::new("place-", Place::ALL.iter().map(|place| place.as_str()).collect());
    for cell in ["委託先の事業所", "office", "OFFICE", " 委託先の事業所　", "ｏｆｆｉｃｅ"]
    {
        assert_eq!(words.one(cell).ok(), Some("office"), "{cell}");
    }
    assert_eq!(words.one("自宅").ok(), Some("home"), "the label without what is in brackets");
    assert_eq!(words.one("車の中").unwrap_err().key, "import-fault-word");
}

#[test]
fn several_words_are_separated_though_a_label_holds_the_separator() {
    let cell = "手渡し、持ち運べる媒体（USBメモリー、DVDなど）；システム連携・VPN\nfax";
    assert_eq!(ways().several(cell).ok(), Some(vec!["hand", "removable", "api", "fax"]));
    assert_eq!(ways().several("手渡し、伝書鳩").unwrap_err().args.len(), 1);
}

#[test]
fn what_a_program_for_sheets_made_of_numbers_is_said() {
    let mut form = Form::default();
    let code = Field::new("corporate_number", "contractor-corporate-number", Kind::Code);
    for cell in ["4.01E+12", "4.01e12", "４．０１Ｅ＋１２"] {
        assert_eq!(
            fill(&code, cell, &mut form).unwrap_err().key,
            "import-fault-exponent",
            "{cell}"
        );
    }
    let date = Field::new("isms_until", "contractor-isms-until", Kind::Date);
    let fault = fill(&date, "46113", &mut form).unwrap_err();
    assert_eq!(fault.key, "import-fault-serial");
    assert!(fault.say(crate::web::Language::En).contains("2026-04-01"));
    for (cell, value) in [("2026-04-01", "2026-04-01"), ("R8.4.1", "R8.4.1")] {
        fill(&date, cell, &mut form).unwrap();
        assert_eq!(form.value("isms_until"), value);
    }
    let kinds = code.taking(Takes::Text);
    fill(&kinds, "T1234567890123", &mut form).unwrap();
}
