//! Tests of the detection of 個人番号: the numbers of law.md §5, and what must not be taken.

use proptest::prelude::*;

use super::*;

#[test]
fn a_number_is_found_however_it_is_typed() {
    for text in [
        "123456789018",
        "000000000060",
        "000000000140",
        "１２３４５６７８９０１８",
        "1234-5678-9018",
        "1234 5678 9018",
        "１２３４－５６７８－９０１８",
        "1234\u{3000}5678\u{3000}9018",
        "1234−5678−9018",
        "番号は123456789018です",
        "No.123456789018,山田",
        "①1234-5678-9018",
        "123456789018 2026-04-01",
        "3 1234 5678 9018 20260401",
        "2026-04-01 1234-5678-9018 3",
    ] {
        assert!(contains_my_number(text), "{text}");
    }
}

#[test]
fn a_longer_or_ill_formed_number_is_not_taken() {
    for text in [
        "",
        "123456789012",
        "1234567890180",
        "0123456789018",
        "0１２３４５６７８９０１８",
        "1234-5678-9018-1234",
        "1234 5678 9018 1234",
        "1111-1234-5678-9018",
        "7-1234-5678-9018",
        "1234-5678-9018-01",
        "1234-5678 9018",
        "1234--5678-9018",
        "12345678-9018",
        "123-4567-89018",
        "1234\n5678\n9018",
        "7000012050002",
    ] {
        assert!(!contains_my_number(text), "{text}");
    }
}

#[test]
fn the_places_are_byte_ranges_in_order() {
    let text = "甲 1234-5678-9018、乙 123456789018";
    let places = find_my_numbers(text);
    let found: Vec<_> = places.into_iter().map(|at| text.get(at).unwrap()).collect();
    assert_eq!(found, ["1234-5678-9018", "123456789018"]);
}

proptest! {
    #[test]
    fn exactly_one_check_digit_fits(base in "[0-9]{11}") {
        let fitting = (0..10).filter(|check| contains_my_number(&format!("{base}{check}")));
        prop_assert_eq!(fitting.count(), 1);
    }

    #[test]
    fn every_place_can_be_cut_out(text in "[0-9０-９ a年\\-]{0,60}") {
        for at in find_my_numbers(&text) {
            let digits = text.get(at).unwrap().chars().filter_map(digit).count();
            prop_assert_eq!(digits, 12);
        }
    }
}
