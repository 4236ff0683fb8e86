//! Tests of the 法人番号: the numbers of law.md §5, typing habits, what the check digit finds.

use proptest::prelude::*;

use super::*;

fn parse(text: &str) -> Result<CorporateNumber, CorporateNumberError> {
    text.parse()
}

#[test]
fn valid_numbers_are_read_however_they_are_typed() {
    for text in [
        "7000012050002",
        "７００００１２０５０００２",
        "7-0000-1205-0002",
        "7 0000 1205 0002",
        "７－００００－１２０５－０００２\u{3000}",
    ] {
        assert_eq!(parse(text).unwrap().as_str(), "7000012050002", "{text}");
    }
    assert_eq!(parse("4011001098993").unwrap().to_string(), "4011001098993");
}

#[test]
fn each_mistake_has_its_kind() {
    use CorporateNumberError as E;
    assert_eq!(parse(" \u{3000}"), Err(E::Empty));
    assert_eq!(parse("T7000012050002"), Err(E::InvoiceNumber));
    assert_eq!(parse("Ｔ７００００１２０５０００２"), Err(E::InvoiceNumber));
    assert_eq!(parse("7.00001E+12"), Err(E::NotDigits));
    assert_eq!(parse("700001205000"), Err(E::Length { digits: 12 }));
    assert_eq!(parse("70000120500020"), Err(E::Length { digits: 14 }));
    assert_eq!(parse("8000012050002"), Err(E::CheckDigit));
    assert_eq!(parse("0000012050002"), Err(E::CheckDigit));
}

#[test]
fn a_stored_number_is_checked_again_when_it_is_read() {
    let number = parse("7000012050002").unwrap();
    let json = serde_json::to_string(&number).unwrap();
    assert_eq!(json, "\"7000012050002\"");
    assert_eq!(serde_json::from_str::<CorporateNumber>(&json).unwrap(), number);
    assert!(serde_json::from_str::<CorporateNumber>("\"8000012050002\"").is_err());
}

/// A valid number from any base.
fn valid() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(0_u32..10, 12).prop_map(|base| {
        let mut digits = vec![check_digit(&base)];
        digits.extend(base);
        digits
    })
}

fn text(digits: &[u32]) -> String {
    digits.iter().map(ToString::to_string).collect()
}

proptest! {
    #[test]
    fn every_base_has_a_check_digit_from_1_to_9(digits in valid()) {
        prop_assert!((1..=9).contains(&digits[0]));
        prop_assert!(parse(&text(&digits)).is_ok());
    }

    /// Modulo 9 can't tell 0 from 9: of all single mistakes that one alone goes unseen, and
    /// only in the base.
    #[test]
    fn one_wrong_digit_is_found_unless_0_and_9_are_swapped(
        digits in valid(), place in 0_usize..13, shift in 1_u32..10,
    ) {
        let right = digits[place];
        let other = (right + shift) % 10;
        let mut wrong = digits;
        wrong[place] = other;
        let unseen = place > 0 && right.abs_diff(other) == 9;
        prop_assert_eq!(parse(&text(&wrong)).is_ok(), unseen);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in ".{0,20}") {
        let _ = parse(&text);
    }
}
