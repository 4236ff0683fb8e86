//! What a workbook brings beside its rows: comments, copies of data, programs, what is told of it.

use super::super::bounded::Go;
use super::super::feed::Feed;
use super::super::package::Package;
use super::super::xml::{Bit, plain};
use super::book::{Book, Visible, relations};
use crate::contents::model::Hidden;

/// Looks at everything but the rows.
///
/// # Errors
/// A part is broken.
pub(super) fn read(package: &mut Package<'_>, book: &Book, feed: &mut Feed<'_>) -> Go {
    for sheet in &book.sheets {
        let what = match sheet.visible {
            Visible::Yes => None,
            Visible::Hidden => Some(Hidden::Sheet),
            Visible::VeryHidden => Some(Hidden::VeryHiddenSheet),
        };
        if let Some(what) = what {
            feed.aside.hides(what, &sheet.name, 1);
        }
        of_sheet(package, &sheet.part, &sheet.name, feed)?;
    }
    for name in package.names() {
        of_part(package, &name, feed)?;
    }
    told(package, "docprops/core.xml", feed)?;
    told(package, "docprops/app.xml", feed)?;
    custom(package, feed)
}

/// A sheet's comments, and the filters of its tables. What is answered in threads also stands as a
/// comment for older programs.
fn of_sheet(package: &mut Package<'_>, part: &str, name: &str, feed: &mut Feed<'_>) -> Go {
    let (mut notes, mut threads, mut filters) = (0, 0, 0);
    for relation in relations(package, part)? {
        match relation.kind.as_str() {
            "comments" => notes += texts(package, &relation.part, "comment", feed)?,
            "threadedComment" => {
                threads += texts(package, &relation.part, "threadedComment", feed)?;
            }
            "table" => filters += counted(package, &relation.part, "filterColumn", feed)?,
            _ => {}
        }
    }
    if notes.max(threads) > 0 {
        feed.aside.hides(Hidden::Comments, name, notes.max(threads));
    }
    if filters > 0 {
        feed.aside.hides(Hidden::Filter, name, 1);
    }
    Ok(())
}

/// What a part's name tells, and its texts.
fn of_part(package: &mut Package<'_>, name: &str, feed: &mut Feed<'_>) -> Go {
    let file = name.rsplit('/').next().unwrap_or_default();
    let xml = file.rsplit_once('.').is_some_and(|(_, ending)| ending == "xml");
    let relation = name.contains("/_rels/");
    let inside = |folder: &str| !relation && name.contains(folder);
    if file == "vbaproject.bin" || inside("macrosheets/") || inside("activex/") {
        feed.aside.hides(Hidden::Program, "", 1);
    } else if inside("embeddings/") {
        feed.aside.hides(Hidden::Embedded, file, 1);
    } else if inside("revisions/") {
        feed.aside.hides(Hidden::Revisions, "", 1);
    } else if inside("pivotcache/") && xml {
        let definition = file.starts_with("pivotcachedefinition");
        counted(package, name, "", feed)?;
        if definition {
            feed.aside.hides(Hidden::Cache, file, 1);
        }
    } else if inside("xl/model/") || file == "item.data" {
        feed.aside.hides(Hidden::Cache, file, 1);
    } else if inside("externallinks/") && xml {
        let values = texts(package, name, "cell", feed)?;
        if values > 0 {
            feed.aside.hides(Hidden::Cache, file, values);
        }
    } else if inside("xl/drawings/") && xml {
        texts(package, name, "txBody", feed)?;
    }
    Ok(())
}

/// How many elements of a name there are; all values that stand as attributes are looked at.
fn counted(package: &mut Package<'_>, part: &str, element: &str, feed: &mut Feed<'_>) -> Go<u64> {
    let Some(mut xml) = package.xml(part)? else {
        return Ok(0);
    };
    let mut count = 0;
    loop {
        match xml.next()? {
            Bit::Open(tag) => {
                count += u64::from(tag.name() == element);
                for (_, value) in tag.attributes().filter(|(name, _)| *name == "v") {
                    feed.aside.value(&plain(&value));
                }
            }
            Bit::End => return Ok(count),
            _ => {}
        }
    }
}

/// How many elements of a name there are; the text of each is looked at.
fn texts(package: &mut Package<'_>, part: &str, element: &str, feed: &mut Feed<'_>) -> Go<u64> {
    let Some(mut xml) = package.xml(part)? else {
        return Ok(0);
    };
    let (mut count, mut inside, mut text) = (0, false, String::new());
    loop {
        match xml.next()? {
            Bit::Open(tag) => inside |= tag.name() == element,
            Bit::Close(tag) if tag.name() == element => {
                feed.aside.text(&text);
                text.clear();
                inside = false;
                count += 1;
            }
            Bit::Close(tag) if inside && tag.name() == "p" => text.push('\n'),
            Bit::Text(piece) if inside && text.len() < super::super::feed::MAX_ROW => {
                text.push_str(&piece);
            }
            Bit::End => return Ok(count),
            _ => {}
        }
    }
}

/// What the file tells of itself.
fn told(package: &mut Package<'_>, part: &str, feed: &mut Feed<'_>) -> Go {
    let Some(mut xml) = package.xml(part)? else {
        return Ok(());
    };
    let (mut key, mut value) = ("", String::new());
    loop {
        match xml.next()? {
            Bit::Open(tag) => {
                key = match tag.name() {
                    "creator" => "author",
                    "lastModifiedBy" => "last_author",
                    "title" => "title",
                    "subject" => "subject",
                    "description" => "description",
                    "keywords" => "keywords",
                    "Company" => "company",
                    "Manager" => "manager",
                    _ => "",
                };
                value.clear();
            }
            Bit::Text(text) if !key.is_empty() => value.push_str(&text),
            Bit::Close(_) if !key.is_empty() => {
                feed.aside.tells(key, &value);
                key = "";
            }
            Bit::End => return Ok(()),
            _ => {}
        }
    }
}

/// What its owners tell of it, under names of their own.
fn custom(package: &mut Package<'_>, feed: &mut Feed<'_>) -> Go {
    let Some(mut xml) = package.xml("docprops/custom.xml")? else {
        return Ok(());
    };
    let (mut name, mut value) = (String::new(), String::new());
    loop {
        match xml.next()? {
            Bit::Open(tag) if tag.name() == "property" => {
                name = tag.get("name").unwrap_or_default();
                value.clear();
            }
            Bit::Text(text) => value.push_str(&text),
            Bit::Close(tag) if tag.name() == "property" => {
                feed.aside.tells(&super::super::feed::shown(&name), &value);
            }
            Bit::End => return Ok(()),
            _ => {}
        }
    }
}

/// Sheets that no workbook names any more.
pub(super) fn orphans(package: &Package<'_>, book: &Book) -> Vec<String> {
    let sheet = |name: &String| {
        let xml = name.rsplit('.').next() == Some("xml");
        name.starts_with("xl/worksheets/") && !name.contains("/_rels/") && xml
    };
    let known = |name: &String| book.sheets.iter().any(|sheet| sheet.part == *name);
    package.names().into_iter().filter(|name| sheet(name) && !known(name)).collect()
}
