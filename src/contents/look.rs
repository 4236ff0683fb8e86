//! What a file is, by its content and its name together, and who looks into it.

use std::io::{self, Read, Seek, SeekFrom};
use std::panic::AssertUnwindSafe;

use super::looking::{Looking, name_of};
use super::model::{Bounds, Contents, Format, Unreadable, Watch};
use super::package::Package;
use super::source::{File, Source};
use super::{archive, document, image, sniff, tables, text};

/// Containers above a file that are looked into at all; archives end sooner ([`Bounds::depth`]).
const LEVELS: u8 = 5;

/// Looks at what is in a file. Whatever the file is, this ends, within the bounds, with an answer.
///
/// # Errors
/// The file itself can't be read. What is wrong with its content is told in the answer.
pub fn look(
    name: &str,
    file: &mut (impl Read + Seek),
    watch: &Watch,
    bounds: &Bounds,
) -> io::Result<Contents> {
    let mut source = Source::new(file);
    let contents = Looking::new(watch, *bounds).file(name, &mut source, 0);
    match source.failed {
        Some(cause) => Err(cause),
        None => Ok(contents),
    }
}

impl Looking<'_> {
    /// Looks at a file that has so many containers above it.
    pub(super) fn file(&self, name: &str, file: &mut dyn File, level: u8) -> Contents {
        // A forged file may make a parser stumble; it may not end more than its own reading.
        let looked = std::panic::catch_unwind(AssertUnwindSafe(|| self.known(name, file, level)));
        let mut contents = looked
            .unwrap_or_else(|_| Contents::unreadable(Named::of(name).format(), Unreadable::Broken));
        // Of a file inside another, the one around it has the name.
        if level == 0 {
            name_of(&mut contents, name, 0);
        }
        contents
    }

    fn known(&self, name: &str, file: &mut dyn File, level: u8) -> Contents {
        let named = Named::of(name);
        if level > LEVELS {
            return Contents::unreadable(named.format(), Unreadable::Bomb);
        }
        let format = match sniff::recognise(self, name, file) {
            Ok(format) => format,
            Err((format, why)) => return Contents::unreadable(format, why),
        };
        let held = match named {
            Named::As(named) => named == format,
            Named::Nothing => true,
            Named::Other => false,
        };
        if !held {
            return Contents::unreadable(format, Unreadable::Broken);
        }
        let mut contents = Contents::of(format);
        let read =
            file.seek(SeekFrom::Start(0)).ok().ok_or(Unreadable::Broken).and_then(
                |_| match format {
                    Format::Csv
                    | Format::Tsv
                    | Format::Xlsx
                    | Format::Xlsm
                    | Format::Xls
                    | Format::Ods => self.tables(format, file, level, &mut contents),
                    Format::Docx | Format::Pptx => document::read(self, file, level, &mut contents),
                    Format::Pdf => document::pdf::read(self, file, level, &mut contents),
                    Format::Zip => archive::read(self, file, level, &mut contents),
                    Format::Text => text::read(self, file, &mut contents),
                    Format::Image => image::read(file, &mut contents),
                    Format::Other => Err(Unreadable::Unknown),
                },
            );
        if let Err(why) = read {
            contents.unreadable = Some(why);
        }
        contents
    }

    fn tables(
        &self,
        format: Format,
        file: &mut dyn File,
        level: u8,
        contents: &mut Contents,
    ) -> Result<(), Unreadable> {
        // Inside an archive, packages share one bound: what this one unpacks to is counted first.
        if level > 0 && matches!(format, Format::Xlsx | Format::Xlsm | Format::Ods) {
            let mut package = Package::open(file, self.left().members, self)?;
            for entry in std::mem::take(&mut package.entries) {
                let mut part = package.part(&entry, self)?;
                io::copy(&mut part, &mut io::sink()).ok().ok_or_else(|| self.why())?;
            }
        }
        let bounds = Bounds { unpacked: self.whole(), ..self.left() };
        let mut file: &mut dyn File = file;
        let looked = tables::look(format, &mut file, self.watch, &bounds);
        *contents = looked.ok().ok_or(Unreadable::Broken)?;
        self.take_rows(contents.tables.iter().map(|table| table.rows).sum());
        contents.unreadable.map_or(Ok(()), Err)
    }
}

/// What a file's name says of its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// One that is known.
    As(Format),
    /// Nothing: it has no ending, or one of which nothing is known.
    Nothing,
    /// One that none of the known formats has: a program, a page.
    Other,
}

impl Named {
    pub(super) fn of(name: &str) -> Self {
        let ending = ending(name);
        Self::As(match ending.as_str() {
            "csv" => Format::Csv,
            "tsv" | "tab" => Format::Tsv,
            "xlsx" | "xltx" => Format::Xlsx,
            "xlsm" | "xltm" => Format::Xlsm,
            "xls" | "xlt" => Format::Xls,
            "ods" => Format::Ods,
            "docx" | "docm" | "dotx" | "dotm" => Format::Docx,
            "pptx" | "pptm" | "ppsx" | "ppsm" | "potx" | "potm" => Format::Pptx,
            "pdf" => Format::Pdf,
            "zip" => Format::Zip,
            "txt" | "text" | "log" | "md" => Format::Text,
            _ if image::Kind::named(&ending).is_some() => Format::Image,
            "exe" | "com" | "bat" | "cmd" | "scr" | "msi" | "dll" | "ps1" | "vbs" | "js"
            | "jse" | "wsf" | "hta" | "jar" | "sh" | "lnk" | "html" | "htm" | "mht" | "xhtml"
            | "svg" | "xml" | "php" | "iso" | "img" | "rtf" | "doc" | "ppt" | "odt" | "odp"
            | "xlsb" => {
                return Self::Other;
            }
            _ => return Self::Nothing,
        })
    }

    /// The format that a file has by its name alone.
    pub(super) fn format(self) -> Format {
        match self {
            Self::As(format) => format,
            Self::Nothing | Self::Other => Format::Other,
        }
    }
}

/// The ending of a name, in lower case; empty without one.
pub(super) fn ending(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
