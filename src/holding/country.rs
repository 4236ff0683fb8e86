//! Countries: those that the form offers, with their names in the locales; any other by its code.

use crate::web::{Choice, Language, locale};

/// Countries in which the data of public bodies usually turn up, Japan first.
pub const COMMON: [&str; 25] = [
    "JP", "US", "SG", "IE", "NL", "DE", "GB", "FR", "AU", "CA", "KR", "TW", "CN", "HK", "IN", "VN",
    "PH", "TH", "MY", "ID", "BR", "CH", "SE", "IL", "NZ",
];

/// The countries of the form's list.
pub(super) fn choices(language: Language) -> Vec<Choice> {
    COMMON.iter().map(|code| Choice::new(code, name(language, code))).collect()
}

/// The name of a country with its code; the code alone when we have no name; nothing for none.
#[must_use]
pub(super) fn name(language: Language, code: &str) -> String {
    let key = format!("country-{code}");
    if code.is_empty() || !locale::has(language, &key) {
        return code.to_owned();
    }
    let args = [("name", locale::text(language, &key).into()), ("code", code.into())];
    locale::text_with(language, "holding-country-named", &args)
}

/// The codes in a text, upper case and each once; none when one of them isn't two letters.
#[must_use]
pub(super) fn codes(text: &str) -> Option<Vec<String>> {
    let mut codes: Vec<String> = Vec::new();
    for code in text.split([' ', ',', '、', '　']).filter(|c| !c.is_empty()) {
        let code = code.to_uppercase();
        if code.len() != 2 || !code.bytes().all(|b| b.is_ascii_uppercase()) {
            return None;
        }
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    Some(codes)
}
