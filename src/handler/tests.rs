use chrono::NaiveDate;

use super::form::Entry;
use crate::web::Form;

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

fn wrong(pairs: &[(&str, &str)]) -> Vec<String> {
    let good = [("name", "髙橋 桜"), ("duty", "handler"), ("starts_on", "R8.4.1")];
    let mut form = Form::from_pairs(good);
    for (name, value) in pairs {
        form.set(name, value);
    }
    match Entry::parse(&form, day(4, 2)) {
        Ok(_) => Vec::new(),
        Err(invalid) => invalid.errors.into_iter().map(|(field, _)| field).collect(),
    }
}

#[test]
fn a_handler_is_read_and_what_is_wrong_is_said_at_its_field() {
    let none: [&str; 0] = [];
    assert_eq!(wrong(&[]), none);
    assert_eq!(wrong(&[("name", "")]), ["name"]);
    assert_eq!(wrong(&[("name_kana", "たかはし")]), ["name_kana"]);
    assert_eq!(wrong(&[("email", "no address")]), ["email"]);
    assert_eq!(wrong(&[("pledged_on", "2026-04-03")]), ["pledged_on"]);
    assert_eq!(wrong(&[("trained_on", "2026-04-02")]), ["training_content"]);
    assert_eq!(wrong(&[("trained_on", "2026-04-02"), ("training_content", "読み合わせ")]), none);
}
