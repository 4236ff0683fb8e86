//! What a browser says of itself, in two words.

/// Browsers as their `User-Agent` names them; who imitates others comes first.
const BROWSERS: [(&str, &str); 8] = [
    ("Edg", "Microsoft Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
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
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// The browser and system that a `User-Agent` names, such as `Firefox (Windows)`: what it says of
/// itself, which is all that is known. Empty when it names none that is known.
#[must_use]
pub fn device(agent: &str) -> String {
    let name = |known: &[(&str, &'static str)]| {
        known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    match (name(&BROWSERS), name(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} ({system})"),
        (one, other) => one.or(other).unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn browsers_are_named_as_people_know_them() {
        let chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
        let edge = format!("{chrome} Edg/140.0.0.0");
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(device(chrome), "Chrome (Windows)");
        assert_eq!(device(&edge), "Microsoft Edge (Windows)");
        assert_eq!(device(phone), "Safari (iPhone)");
        assert_eq!(device(""), "");
        let on_phone = phone.replace("Version/18.0", "CriOS/140.0");
        assert_eq!(device(&on_phone), "Chrome (iPhone)");
    }
}
