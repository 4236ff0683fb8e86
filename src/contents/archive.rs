//! An archive: every member is looked at as if it had come alone, within the same bounds.

use std::io;

use super::look::Named;
use super::looking::{Looking, name_of};
use super::model::{Contents, Format, Member, Unreadable};
use super::package::{Entry, Package};
use super::source::File;
use super::spool::Spool;
use crate::japanese;

/// Most characters of a member's path that are kept.
const PATH: usize = 200;
/// Most characters of a member's path.
const LONG: usize = 1000;

/// Looks at every member.
pub(super) fn read(
    looking: &Looking<'_>,
    file: &mut dyn File,
    level: u8,
    contents: &mut Contents,
) -> Result<(), Unreadable> {
    if level > looking.depth() {
        return Err(Unreadable::Bomb);
    }
    let mut package = Package::open(file, looking.left().members, looking)?;
    let entries = std::mem::take(&mut package.entries);
    looking.take_members(entries.len())?;
    for entry in &entries {
        let sound = leads_inside(&entry.name);
        if entry.folder && sound {
            continue;
        }
        let (size, found) = if !sound || entry.link {
            (0, Contents::unreadable(Format::Other, Unreadable::Path))
        } else if entry.encrypted {
            (0, Contents::unreadable(Named::of(&entry.name).format(), Unreadable::Encrypted))
        } else {
            member(looking, &mut package, entry, level)
        };
        let why = found.unreadable;
        keep(contents, &entry.name, size, found);
        // Beyond a bound the rest isn't unpacked either.
        if let Some(why @ (Unreadable::Bomb | Unreadable::TooLarge)) = why {
            return Err(why);
        }
    }
    Ok(())
}

/// Unpacks a member and looks at it.
fn member(
    looking: &Looking<'_>,
    package: &mut Package<'_>,
    entry: &Entry,
    level: u8,
) -> (u64, Contents) {
    let spool = package.part(entry, looking).and_then(|mut part| {
        // What can't be unpacked is packed in a way of its own, broken, or more than the bounds.
        Spool::fill(&mut part).map_err(|cause| match cause.kind() {
            io::ErrorKind::Unsupported => Unreadable::Unknown,
            _ => looking.why(),
        })
    });
    match spool {
        Ok(mut spool) => {
            (spool.len(), looking.file(&entry.name, &mut spool, level.saturating_add(1)))
        }
        Err(why) => (0, Contents::unreadable(Named::of(&entry.name).format(), why)),
    }
}

/// Keeps what was found in a file that is inside another.
pub(super) fn keep(contents: &mut Contents, name: &str, size: u64, found: Contents) {
    let name = name_of(contents, name, PATH);
    contents.members.push(Member { name, size, contents: found });
}

/// Whether a member's name leads to a place inside the archive, and shows as what it is.
fn leads_inside(name: &str) -> bool {
    let parts = || name.split(['/', '\\']);
    let away = name.starts_with(['/', '\\']) || parts().any(|part| part.trim() == "..");
    // Marks that turn the direction of writing make one ending look like another; a colon names a
    // drive or a second stream of a file.
    let strange = japanese::has_control(name, false) || name.contains(':');
    !name.is_empty() && !away && !strange && name.chars().count() <= LONG
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_out_of_the_archive() {
        for name in [
            "../a.csv",
            "a/../../b.csv",
            "/etc/passwd",
            "\\\\host\\share\\a",
            "..\\..\\a.csv",
            "C:\\a.csv",
            "C:a.csv",
            "a\0.csv",
            "a\u{202e}vsc.exe",
            "a.csv:evil",
            "",
            " .. /a",
        ] {
            assert!(!leads_inside(name), "{name:?}");
        }
        for name in ["a.csv", "名簿/一覧表.csv", "a\\b.csv", "a..b.csv", "a/", "…/a.csv"] {
            assert!(leads_inside(name), "{name:?}");
        }
    }
}
