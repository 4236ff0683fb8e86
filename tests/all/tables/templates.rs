use std::collections::BTreeSet;

use azukari::server;
use azukari::web::{Language, templates};
use scraper::{Html, Selector};
use serde_json::{Value, json};

/// Templates that are parts of others.
fn is_part(name: &str) -> bool {
    name == "base.html"
        || name.starts_with("components/")
        || name.starts_with("mail/base.")
        || name.ends_with("/components.html")
        || name.ends_with("_components.html")
}

/// The samples of the slices, and those of the base's own templates.
fn samples() -> Vec<(&'static str, Value)> {
    let mut samples = server::samples();
    let error = |number: Value| {
        json!({ "status": 500, "heading": "処理中に問題が起きました", "text": "文", "what_next": "次",
                "error_number": number })
    };
    samples.push(("error.html", error(Value::Null)));
    samples.push(("error.html", error(json!("0a1b2c3d"))));
    for name in ["mail/letter.html", "mail/letter.txt"] {
        for link in [Value::Null, json!({ "label": "開く", "href": "http://localhost/x" })] {
            samples.push((
                name,
                json!({ "to_name": "髙橋", "heading": "招待", "paragraphs": ["一", "二"],
                "link": link, "organisation": "三重野県" }),
            ));
        }
    }
    samples
}

/// A sample with the frame that `Ctx::page` puts around it.
fn framed(sample: &Value, language: Language) -> Value {
    let mut context = json!({
        "lang": language,
        "page": {
            "title": "題", "path": "/here", "query": "page=1", "csrf": "token", "demo": true,
            "person": { "id": "0", "name": "﨑山", "organisation": "三重野県", "role": "officer",
                        "role_label": "担当者", "initials": "﨑", "elsewhere": true },
            "nav": [{ "href": "/", "label": "ホーム", "current": true }],
            "flash": { "tone": "good", "text": "保存しました。" }, "version": "0.0.0",
            "session": { "idle": 7200, "unused": 7200, "rest": 43200, "warning": 300 },
        },
    });
    context.as_object_mut().unwrap().extend(sample.as_object().unwrap().clone());
    context
}

#[test]
fn every_template_has_a_sample() {
    let sampled: BTreeSet<_> = samples().iter().map(|(name, _)| (*name).to_owned()).collect();
    for name in templates::names().unwrap().iter().filter(|name| !is_part(name)) {
        assert!(sampled.contains(name), "{name} has no sample");
    }
}

#[test]
fn every_sample_renders_in_both_languages_without_a_missing_word() {
    for (name, sample) in samples() {
        for language in Language::ALL {
            let page = templates::render(name, &framed(&sample, language));
            let page = page.unwrap_or_else(|error| {
                panic!(
                    "{name}: {error}: {:?}",
                    std::error::Error::source(&error).map(ToString::to_string)
                )
            });
            assert!(!page.contains('⟦'), "{name} in {language}: {:?}", missing(&page));
            assert!(!page.contains("{{") && !page.contains("{%"), "{name}");
        }
    }
}

fn missing(page: &str) -> Vec<&str> {
    page.split('⟦').skip(1).filter_map(|rest| rest.split('⟧').next()).collect()
}

#[test]
fn every_page_keeps_the_rules_of_the_face() {
    let selector = |css| Selector::parse(css).unwrap();
    for (name, sample) in samples() {
        if name.starts_with("mail/") {
            continue;
        }
        let page = templates::render(name, &framed(&sample, Language::Ja)).unwrap();
        let html = Html::parse_document(&page);
        let count = |css| html.select(&selector(css)).count();
        assert_eq!(count("h1"), 1, "one h1 on {name}");
        assert_eq!(count("main h1"), 1, "the h1 of {name} is in main");
        assert_eq!(count("[style], style"), 0, "style on {name}");
        assert_eq!(count("script:not([src])"), 0, "inline script on {name}");
        assert_eq!(count("[disabled], [placeholder]"), 0, "disabled or placeholder on {name}");
        assert_eq!(
            count("form[method=post]"),
            count("form[method=post] input[name=csrf]"),
            "{name}"
        );
        for element in html.select(&selector("*")) {
            let tag = element.value();
            assert!(tag.attrs().all(|(attr, _)| !attr.starts_with("on")), "{tag:?} on {name}");
        }
        let ids: Vec<_> = html.select(&selector("[id]")).filter_map(|e| e.attr("id")).collect();
        let unique: BTreeSet<_> = ids.iter().collect();
        assert_eq!(ids.len(), unique.len(), "an id is there twice on {name}: {ids:?}");
        for label in html.select(&selector("label[for]")).filter_map(|e| e.attr("for")) {
            assert!(ids.contains(&label), "the label for {label} on {name} leads nowhere");
        }
    }
}

/// The keys of all messages of a language, from its files.
fn keys(language: Language) -> BTreeSet<String> {
    let folder = format!("{}/assets/locales/{language}", env!("CARGO_MANIFEST_DIR"));
    let mut keys = BTreeSet::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for line in text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase())) {
            let (key, _) = line.split_once('=').unwrap();
            assert!(keys.insert(key.trim().to_owned()), "{key} is there twice");
        }
    }
    keys
}

#[test]
fn both_languages_have_the_same_messages() {
    let (ja, en) = (keys(Language::Ja), keys(Language::En));
    assert!(ja.len() > 100);
    assert_eq!(ja.symmetric_difference(&en).collect::<Vec<_>>(), Vec::<&String>::new());
}
