//! What the documentation names is there.

use std::path::Path;

/// The files and folders that a page names between backquotes.
fn named(page: &str) -> impl Iterator<Item = &str> {
    const ENDINGS: [&str; 6] = [".rs", ".md", ".txt", ".toml", ".html", ".snap"];
    let words = page.split('`').skip(1).step_by(2);
    words
        .filter(|word| ENDINGS.iter().any(|ending| word.ends_with(ending)) || word.ends_with('/'))
        .filter(|word| !word.contains(['{', '*', ' ', ':']) && !word.starts_with(['/', '.']))
}

#[test]
fn every_place_where_security_is_met_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("docs/security.md")).unwrap();
    let mut count = 0;
    for name in named(&page) {
        // Rooms that every slice has are named without a slice.
        let of_slices = ["policy.rs", "rules.rs", "model.rs"].contains(&name);
        let there =
            ["", "src", "tests/all"].iter().any(|folder| root.join(folder).join(name).exists());
        assert!(of_slices || there, "docs/security.md names {name}");
        count += 1;
    }
    assert!(count > 80, "{count}");
}
