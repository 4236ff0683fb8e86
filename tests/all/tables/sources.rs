use std::path::{Path, PathBuf};

/// Every Rust file under `src/` with its path from there.
pub fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, files);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.sort();
    let read = |path: PathBuf| {
        let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        (name, std::fs::read_to_string(path).unwrap())
    };
    files.into_iter().map(read).collect()
}

fn is_test(path: &str) -> bool {
    path.ends_with("tests.rs")
        || path.contains("/tests/")
        || path == "testing.rs"
        || path.ends_with("_desk.rs")
}

/// The lines of the code itself, without comments and without the tests beneath it.
fn code(source: &str) -> impl Iterator<Item = &str> {
    let own = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or(source);
    own.lines().filter(|line| !line.trim_start().starts_with("//"))
}

#[test]
fn only_policies_say_that_somebody_may() {
    for (path, source) in sources() {
        let policy = path.ends_with("policy.rs") || path == "actor.rs" || is_test(&path);
        assert!(policy || !source.contains("Authorized::by_policy"), "{path}");
    }
}

#[test]
fn only_stores_and_models_name_diesel() {
    for (path, source) in sources() {
        let store = path.starts_with("database/")
            || path.ends_with("store.rs")
            || path.contains("/store/")
            || is_test(&path)
            // What an error of the database means to a person.
            || path == "error.rs";
        if store {
            continue;
        }
        for line in code(&source).filter(|line| line.contains("diesel")) {
            // A model says which columns it is read from; it runs no query.
            let derives = line.trim() == "use diesel::prelude::*;" || line.contains("#[diesel(");
            let model = source.contains("#[diesel(table_name") || path.ends_with("model.rs");
            assert!(derives && model, "{path}: {line}");
        }
        let queries = [".execute(", ".get_result", ".load(", ".load::<", "sql_query"];
        for line in code(&source).filter(|_| source.contains("use diesel")) {
            assert!(!queries.iter().any(|query| line.contains(query)), "{path}: {line}");
        }
    }
}

#[test]
fn no_slice_is_known_to_the_base() {
    const BASE: [&str; 7] =
        ["database/", "event/", "web/", "ledger/", "notice/", "typeset/", "japanese/"];
    const SLICES: [&str; 6] =
        ["account", "organisation", "entrustment", "questionnaire", "attestation", "record"];
    for (path, source) in sources() {
        if !BASE.iter().any(|base| path.starts_with(base)) || is_test(&path) {
            continue;
        }
        for line in code(&source) {
            for slice in SLICES {
                assert!(!line.contains(&format!("crate::{slice}")), "{path}: {line}");
            }
        }
    }
}

#[test]
fn the_clock_is_asked_in_one_place() {
    for (path, source) in sources() {
        for line in code(&source) {
            let asks =
                ["Utc::now", "Local::now", "SystemTime::now"].iter().any(|c| line.contains(c));
            assert!(!asks || path == "clock.rs", "{path}: {line}");
        }
    }
}

#[test]
fn japanese_words_are_in_the_locales() {
    // The japanese/ folder reads and writes Japanese; the fold and the fonts are about characters;
    // the demonstration tells of people and places that only it has.
    const ABOUT_JAPANESE: [&str; 4] = ["japanese/", "typeset/", "questionnaire/", "demo/"];
    for (path, source) in sources() {
        let excused = ABOUT_JAPANESE.iter().any(|folder| path.starts_with(folder))
            || is_test(&path)
            || path.ends_with("views.rs");
        if excused {
            continue;
        }
        for line in code(&source).filter(|line| line.contains('"')) {
            let sentence = line.chars().filter(|c| matches!(c, 'ぁ'..='ん' | '。' | '、')).count();
            assert!(sentence < 3, "{path}: {line}");
        }
    }
}
