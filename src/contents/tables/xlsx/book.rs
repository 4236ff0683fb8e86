//! The workbook part: its sheets, whether they are shown, and how numbers are formatted.

use std::collections::HashMap;

use super::super::bounded::{End, Go};
use super::super::number::Shown;
use super::super::package::{Package, resolve};
use super::super::xml::Bit;

/// How a sheet is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Visible {
    Yes,
    Hidden,
    VeryHidden,
}

/// A sheet of the workbook.
#[derive(Debug)]
pub(super) struct SheetAt {
    pub(super) name: String,
    pub(super) visible: Visible,
    /// The part.
    pub(super) part: String,
    /// The last word of its kind: worksheet, chartsheet, xlMacrosheet.
    pub(super) kind: String,
}

/// What is known of all sheets.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub(super) sheets: Vec<SheetAt>,
    pub(super) since_1904: bool,
    pub(super) strings: String,
    /// How the formats of cells show numbers, by their number.
    pub(super) formats: Vec<Shown>,
}

/// A relation of a part.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    pub(super) id: String,
    /// The last word of its type.
    pub(super) kind: String,
    pub(super) part: String,
}

/// Where a part leads to.
///
/// # Errors
/// The relations are broken.
pub(super) fn relations(package: &mut Package<'_>, part: &str) -> Go<Vec<Relation>> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let name = format!("{folder}/_rels/{file}.rels");
    let mut found = Vec::new();
    let most = super::super::feed::MAX_PARTS;
    if let Some(mut xml) = package.xml(&name)? {
        loop {
            match xml.next()? {
                Bit::Open(tag) if tag.name() == "Relationship" && found.len() < most => {
                    let kind = tag.get("Type").unwrap_or_default();
                    let outside = tag.get("TargetMode").is_some_and(|mode| mode == "External");
                    let target = tag.get("Target").unwrap_or_default();
                    found.push(Relation {
                        id: tag.get("Id").unwrap_or_default(),
                        kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                        part: if outside { String::new() } else { resolve(part, &target) },
                    });
                }
                Bit::End => break,
                _ => {}
            }
        }
    }
    Ok(found)
}

impl Book {
    /// Reads the workbook.
    ///
    /// # Errors
    /// There is none, or it is broken.
    pub(super) fn read(package: &mut Package<'_>) -> Go<Self> {
        let root = relations(package, "")?;
        let office = root.into_iter().find(|relation| relation.kind == "officeDocument");
        let part = office.map_or_else(|| "xl/workbook.xml".to_owned(), |found| found.part);
        let relations = relations(package, &part)?;
        let target = |kind: &str| {
            let found = relations.iter().find(|relation| relation.kind == kind);
            found.map(|relation| relation.part.clone()).unwrap_or_default()
        };
        let mut book = Self {
            strings: target("sharedStrings"),
            formats: formats(package, &target("styles"))?,
            ..Self::default()
        };
        book.sheets(package, &part, &relations)?;
        Ok(book)
    }

    fn sheets(&mut self, package: &mut Package<'_>, part: &str, relations: &[Relation]) -> Go {
        let by_id: HashMap<&str, &Relation> =
            relations.iter().map(|relation| (relation.id.as_str(), relation)).collect();
        let Some(mut xml) = package.xml(part)? else {
            return Err(End::BROKEN);
        };
        loop {
            match xml.next()? {
                Bit::Open(tag) => match tag.name() {
                    "workbookPr" => self.since_1904 = tag.says("date1904"),
                    "sheet" if self.sheets.len() < super::super::feed::MAX_PARTS => {
                        let id = tag.get("id").unwrap_or_default();
                        let to = by_id.get(id.as_str());
                        self.sheets.push(SheetAt {
                            name: tag.get("name").unwrap_or_default(),
                            visible: match tag.get("state").as_deref() {
                                Some("hidden") => Visible::Hidden,
                                Some("veryHidden") => Visible::VeryHidden,
                                _ => Visible::Yes,
                            },
                            part: to.map(|relation| relation.part.clone()).unwrap_or_default(),
                            kind: to.map(|relation| relation.kind.clone()).unwrap_or_default(),
                        });
                    }
                    _ => {}
                },
                Bit::End => return Ok(()),
                _ => {}
            }
        }
    }
}

/// Most formats of a workbook.
const MAX_FORMATS: usize = 100_000;

/// How the formats of cells show numbers.
fn formats(package: &mut Package<'_>, part: &str) -> Go<Vec<Shown>> {
    let mut codes: HashMap<u32, Shown> = HashMap::new();
    let mut formats = Vec::new();
    let Some(mut xml) = package.xml(part)? else {
        return Ok(formats);
    };
    let mut in_cells = false;
    loop {
        match xml.next()? {
            Bit::Open(tag) => match tag.name() {
                "numFmt" if codes.len() < MAX_FORMATS => {
                    let id = tag.get("numFmtId").and_then(|id| id.parse().ok());
                    let code = tag.get("formatCode").unwrap_or_default();
                    codes.extend(id.map(|id| (id, Shown::of_code(&code))));
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells && formats.len() < MAX_FORMATS => {
                    let id = tag.get("numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                    let shown = codes.get(&id).cloned();
                    formats.push(shown.unwrap_or_else(|| Shown::built_in(id)));
                }
                _ => {}
            },
            Bit::Close(tag) if tag.name() == "cellXfs" => in_cells = false,
            Bit::End => return Ok(formats),
            _ => {}
        }
    }
}
