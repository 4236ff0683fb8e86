//! The text of a document's parts, and what of it isn't seen.

use std::io::Read;

use crate::contents::model::{Format, Unreadable};
use crate::contents::words::Words;
use crate::contents::xml::{Element, Node, Xml};

/// What a part is to its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Text, headers, footnotes, comments, tables of a chart.
    Text,
    /// A slide.
    Slide,
    /// A speaker's notes.
    Notes,
}

impl Role {
    /// The role of a part by its name; none where it has no text of its own.
    pub(super) fn of(format: Format, name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let name = name.strip_suffix(".xml")?;
        let (folder, file) = name.rsplit_once('/')?;
        let begins = |starts: &[&str]| starts.iter().any(|start| file.starts_with(start));
        match (format, folder) {
            (Format::Docx, "word")
                if begins(&["document", "header", "footer", "footnotes", "endnotes"])
                    || file == "comments" =>
            {
                Some(Self::Text)
            }
            (Format::Docx, "word/glossary") if file == "document" => Some(Self::Text),
            (Format::Pptx, "ppt/slides") => Some(Self::Slide),
            (Format::Pptx, "ppt/notesslides") => Some(Self::Notes),
            (Format::Pptx, "ppt/comments") => Some(Self::Text),
            _ if folder.ends_with("/charts") && begins(&["chart"]) => Some(Self::Text),
            _ if folder.ends_with("/diagrams") && begins(&["data"]) => Some(Self::Text),
            _ => None,
        }
    }
}

/// What was seen of a document's text.
#[derive(Default)]
pub(super) struct Prose {
    /// Insertions and deletions that are still told apart.
    pub(super) revisions: u64,
    /// Runs of text that aren't shown.
    pub(super) unseen: u64,
    pub(super) comments: u64,
    pub(super) slides: u64,
    /// Slides that aren't shown.
    pub(super) unshown: u64,
    /// Slides with a speaker's notes.
    pub(super) notes: u64,
}

/// A run of text of one look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Run {
    #[default]
    Outside,
    Shown,
    /// Its text isn't shown.
    Unseen,
}

/// Where in a part the reading is.
#[derive(Default)]
struct Place {
    /// Inside an element that holds text.
    text: bool,
    run: Run,
    /// Tables around.
    cells: u32,
    /// Inside what is written once more for older programs, or set by a program.
    aside: u32,
    /// Whether there was text that somebody wrote.
    wrote: bool,
}

impl Prose {
    /// Reads a part.
    pub(super) fn read(
        &mut self,
        xml: &mut Xml<'_, impl Read>,
        role: Role,
        words: &mut Words<'_>,
    ) -> Result<(), Unreadable> {
        let mut place = Place::default();
        if role == Role::Slide {
            self.slides = self.slides.saturating_add(1);
        }
        loop {
            match xml.next()? {
                Node::Start(element, empty) => self.starts(&element, empty, &mut place, words)?,
                Node::End(name) => ends(&name, &mut place, words)?,
                Node::Text(text) => self.text(&text, &mut place, words)?,
                Node::Eof => break,
            }
        }
        words.end_line();
        if role == Role::Notes && place.wrote {
            self.notes = self.notes.saturating_add(1);
        }
        Ok(())
    }

    fn text(
        &mut self,
        text: &str,
        place: &mut Place,
        words: &mut Words<'_>,
    ) -> Result<(), Unreadable> {
        if !place.text || place.aside > 0 || text.is_empty() {
            return Ok(());
        }
        if place.run == Run::Unseen {
            self.unseen = self.unseen.saturating_add(1);
            place.run = Run::Shown;
        }
        place.wrote |= !text.trim().is_empty();
        words.push(text)
    }

    fn starts(
        &mut self,
        element: &Element<'_>,
        empty: bool,
        place: &mut Place,
        words: &mut Words<'_>,
    ) -> Result<(), Unreadable> {
        let open = !empty;
        match element.name() {
            "t" | "delText" | "instrText" | "text" | "v" => place.text = open,
            "tab" => words.tab(),
            "br" | "cr" if place.cells == 0 => words.end_line(),
            "br" | "cr" => words.push(" ")?,
            "tc" if open => place.cells = place.cells.saturating_add(1),
            "Fallback" | "fld" if open => place.aside = place.aside.saturating_add(1),
            "ins" | "del" | "moveFrom" | "moveTo" => {
                self.revisions = self.revisions.saturating_add(1);
            }
            "r" => place.run = if open { Run::Shown } else { Run::Outside },
            "vanish" if place.run != Run::Outside && element.is_on() => place.run = Run::Unseen,
            "comment" | "cm" => self.comments = self.comments.saturating_add(1),
            "sld" if element.get("show").is_some_and(|show| show == "0" || show == "false") => {
                self.unshown = self.unshown.saturating_add(1);
            }
            _ => {}
        }
        Ok(())
    }
}

fn ends(name: &str, place: &mut Place, words: &mut Words<'_>) -> Result<(), Unreadable> {
    match name {
        "t" | "delText" | "instrText" | "text" | "v" => place.text = false,
        "r" => place.run = Run::Outside,
        "Fallback" | "fld" => place.aside = place.aside.saturating_sub(1),
        "p" if place.cells > 0 => words.push(" ")?,
        "p" | "tr" | "cm" | "pt" => words.end_line(),
        "tc" => {
            place.cells = place.cells.saturating_sub(1);
            words.tab();
        }
        _ => {}
    }
    Ok(())
}
