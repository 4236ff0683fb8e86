//! The labels of fields, for the summary of a form's errors: it says which field each is about.

use super::language::Language;
use super::locale;

/// The label of a field on the page with this address, where its words follow the custom
/// `slice-field`; several fields of a form may lack the same thing, and only this tells them apart.
#[must_use]
pub fn of(language: Language, path: &str, field: &str) -> Option<String> {
    // What is asked about a rule of the rulebook is labelled with the rule.
    if let Some(rule) = field.strip_prefix("fact_").or_else(|| field.strip_prefix("reason_")) {
        let key = format!("rule-{rule}-title");
        return locale::has(language, &key).then(|| locale::text(language, &key));
    }
    let field = field.replace('_', "-");
    // What is reported to the authority about an incident, and the items of that report.
    let reported = field.strip_prefix("report-").filter(|_| path.contains("/incidents/"));
    let reported = reported.into_iter().flat_map(|name| {
        ["incident-authority", "incident-authority-item"].map(|stem| (stem, name))
    });
    let own = slices(path).iter().map(|slice| (*slice, field.as_str()));
    own.chain(reported)
        .map(|(stem, name)| format!("{stem}-{name}"))
        .find(|key| locale::has(language, key))
        .map(|key| locale::text(language, &key))
}

/// Whose words the forms below an address are labelled with.
fn slices(path: &str) -> &'static [&'static str] {
    let mut parts = path.split('/').skip(1);
    match (parts.next().unwrap_or_default(), parts.next(), parts.next()) {
        ("entrustments", _, Some("handlers")) => &["handler"],
        ("entrustments", _, Some("hand-overs")) => &["handover"],
        ("entrustments", _, Some("holdings")) => &["holding"],
        ("entrustments", _, Some("recipients")) => &["recipient"],
        ("entrustments", _, Some("transmissions")) => &["transmission"],
        ("entrustments", _, Some("sub-entrustments")) => &["sub-entrustment"],
        ("entrustments", _, Some("inspections")) => &["inspection"],
        ("entrustments", _, Some("findings")) => &["finding"],
        ("entrustments", _, Some("disposals")) => &["disposal"],
        ("entrustments", _, Some("hand-over-requests")) => &["handover-request"],
        ("entrustments", _, Some("incidents")) => match parts.nth(1) {
            Some("persons") => &["incident-person", "incident"],
            Some("cause") => &["incident-cause", "finding", "questionnaire", "incident"],
            _ => &["incident", "duty"],
        },
        ("incidents" | "confirmations", ..) => &["incident", "duty"],
        ("incident-duties", ..) => &["duty"],
        ("near-misses", Some("lessons"), _) => &["near-miss-lesson"],
        ("near-misses", ..) => &["near-miss"],
        ("entrustments", _, Some("closing" | "reopening")) => &["closing"],
        ("entrustments", ..) => &["entrustment", "rules"],
        ("contractors", ..) => &["contractor"],
        ("imports", ..) => &["import"],
        ("api-tokens", ..) => &["api-token"],
        ("divisions", ..) => &["division"],
        ("identity-provider", ..) => &["identity"],
        ("members" | "sign-in" | "invitations", ..) => &["member", "sign-in", "invitation"],
        ("templates", ..) => &["template"],
        ("questionnaires", _, Some("attestation")) => &["attestation-person", "attestation"],
        ("questionnaires", _, Some("questions")) => &["response"],
        ("questionnaires", ..) => &["questionnaire"],
        ("received-hand-overs" | "hand-over", ..) => &["handover-delivery"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_named_by_the_words_of_its_page() {
        let label = |path, field| of(Language::Ja, path, field);
        let words = |key| Some(locale::text(Language::Ja, key));
        assert_eq!(label("/entrustments", "ends_on"), words("entrustment-ends-on"));
        assert_eq!(label("/entrustments/x/edit", "places"), words("rules-places"));
        assert_eq!(label("/divisions", "name"), words("division-name"));
        assert_eq!(
            label("/questionnaires/x/attestation", "title"),
            words("attestation-person-title")
        );
        assert_eq!(label("/questionnaires/x/questions/q01", "answer"), words("response-answer"));
        assert_eq!(label("/entrustments", "item_name_0"), None);
        let filing = "/entrustments/x/incidents/y/report/filings";
        assert_eq!(label(filing, "report_filed_on"), words("incident-authority-filed-on"));
        let items = "/entrustments/x/incidents/y/report";
        assert_eq!(label(items, "report_cause"), words("incident-authority-item-cause"));
        assert_eq!(label("/entrustments/x/incidents", "known_on"), words("incident-known-on"));
        assert_eq!(label("/incident-duties", "principal_kind"), words("duty-principal-kind"));
        let path = "/entrustments/x/incidents/y";
        assert_eq!(label(path, "persons"), words("incident-persons"));
        let path = "/entrustments/x/incidents/y/persons";
        assert_eq!(label(path, "persons"), words("incident-person-persons"));
        let path = "/entrustments/x/incidents/y/cause/similar";
        assert_eq!(label(path, "message"), words("questionnaire-message"));
        let path = "/entrustments/x/transmissions";
        assert_eq!(label(path, "fact_own_address"), words("rule-own_address-title"));
        assert_eq!(label(path, "reason_free_mail"), words("rule-free_mail-title"));
    }
}
