//! The programs that look at a PDF from outside. A test that needs one that is not installed
//! says so and passes.

use std::path::PathBuf;
use std::process::Command;

use crate::typeset::{Document, Rendered, render};

/// Writes the PDF to a file of its own and hands it to a program; `{}` stands for the file.
pub fn run(name: &str, bytes: &[u8], program: &str, arguments: &[&str]) -> Option<String> {
    let file = path(name);
    std::fs::write(&file, bytes).unwrap();
    let file = file.to_str().unwrap().to_owned();
    let arguments = arguments.iter().map(|a| a.replace("{}", &file));
    let Ok(output) = Command::new(program).args(arguments).output() else {
        eprintln!("{program} is not installed; nothing was checked");
        return None;
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{program}: {text}{errors}");
    Some(text + &errors)
}

pub fn text(name: &str, rendered: &Rendered) -> Option<String> {
    run(name, &rendered.bytes, "pdftotext", &["-layout", "{}", "-"])
}

pub fn rendered(document: &Document) -> Rendered {
    render(document).unwrap()
}

pub fn path(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("typeset-{}-{name}.pdf", std::process::id()))
}
