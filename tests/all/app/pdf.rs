//! What a PDF says, as a program sees it that reads PDFs.

use std::process::Command;

/// The words of a PDF, each line of its pages as it stands there; nothing where there is no program
/// that reads them.
pub fn pdf_lines(bytes: &[u8]) -> Option<String> {
    assert!(bytes.starts_with(b"%PDF"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paper.pdf");
    std::fs::write(&path, bytes).unwrap();
    let arguments = ["-layout".as_ref(), path.as_os_str(), "-".as_ref()];
    let Ok(output) = Command::new("pdftotext").args(arguments).output() else {
        eprintln!("pdftotext is not installed; nothing was checked");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The words of the line that begins with `first`, each by itself.
pub fn line_of<'a>(lines: &'a str, first: &str) -> Vec<&'a str> {
    let mut split = lines.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let found = split.find(|words| words.first() == Some(&first));
    found.unwrap_or_else(|| panic!("no line begins with {first}: {lines}"))
}
