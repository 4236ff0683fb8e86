//! The programs that look at a PDF from outside. A test that needs one that is not installed says
//! so and passes.

use std::process::Command;

/// Writes the PDF to a file of its own and hands it to a program; `{}` stands for the file.
pub fn look(name: &str, bytes: &[u8], program: &str, arguments: &[&str]) -> Option<String> {
    let file = std::env::temp_dir().join(format!("record-{}-{name}.pdf", std::process::id()));
    std::fs::write(&file, bytes).unwrap();
    let path = file.to_str().unwrap().to_owned();
    let arguments = arguments.iter().map(|a| a.replace("{}", &path));
    let output = Command::new(program).args(arguments).output();
    std::fs::remove_file(&file).unwrap();
    let Ok(output) = output else {
        eprintln!("{program} is not installed; nothing was checked");
        return None;
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{program}: {text}{errors}");
    Some(text + &errors)
}

/// The text of all pages as it stands on them.
pub fn pages_text(name: &str, bytes: &[u8]) -> Option<String> {
    look(name, bytes, "pdftotext", &["-layout", "{}", "-"])
}

/// Keeps the PDF for a person to look at, when `AZUKARI_KEEP` names a folder.
pub fn keep(name: &str, bytes: &[u8]) {
    if let Ok(folder) = std::env::var("AZUKARI_KEEP") {
        std::fs::write(format!("{folder}/{name}.pdf"), bytes).unwrap();
    }
}
