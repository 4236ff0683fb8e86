//! What a browser says of itself, in two words.

/// Browsers as their `User-Agent` names them; who imitates others comes first.
const BROWSERS: [(&str, &str); 7] = [
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
    ("python", "Python"),
];

/// Systems as it names them; who imitates others comes first.
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// The browser and system that a `User-Agent` names; empty when it names none that is known.
#[must_use]
pub fn device(agent: &str) -> String {
    let name = |known: &[(&str, &'static str)]| {
        known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    [name(&BROWSERS), name(&SYSTEMS)].into_iter().flatten().collect::<Vec<_>>().join(" / ")
}
