//! XML of a package, node by node, within bounds: no document type and so no entities, no
//! nesting without end, no piece larger than is kept in memory.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::looking::Looking;
use super::model::Unreadable;

/// Most elements within each other.
const DEEP: u32 = 256;
/// Most bytes of a tag or a text.
const PIECE: usize = 2 * 1024 * 1024;
/// Most attributes of an element that are looked at.
const ATTRIBUTES: usize = 64;

/// A node.
pub(super) enum Node<'b> {
    /// An element begins; whether it is empty, and so ends at once.
    Start(Element<'b>, bool),
    /// An element ends.
    End(Cow<'b, str>),
    /// Text, or a part of one.
    Text(Cow<'b, str>),
    /// The end of the part.
    Eof,
}

/// An element that begins.
pub(super) struct Element<'b>(BytesStart<'b>);

impl Element<'_> {
    /// Its name without a prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// An attribute by its name without a prefix.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let mut all = self.0.attributes();
        let found = all.with_checks(false).take(ATTRIBUTES).flatten();
        let mut found = found.filter(|one| one.key.local_name().into_inner() == name);
        let value = found.next()?.normalized_value(XmlVersion::Implicit1_0).ok()?;
        Some(value.into_owned())
    }

    /// Whether a switch is on: there, and not said to be off.
    pub(super) fn is_on(&self) -> bool {
        self.get("val").is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off"))
    }
}

/// Reads a part.
pub(super) struct Xml<'l, R: Read> {
    reader: Reader<Pieces<BufReader<R>>>,
    buffer: Vec<u8>,
    depth: u32,
    looking: &'l Looking<'l>,
}

impl<'l, R: Read> Xml<'l, R> {
    pub(super) fn new(inner: R, looking: &'l Looking<'l>) -> Self {
        let pieces = Pieces { inner: BufReader::with_capacity(32 * 1024, inner), read: 0 };
        Self { reader: Reader::from_reader(pieces), buffer: Vec::new(), depth: 0, looking }
    }

    /// The next node.
    ///
    /// # Errors
    /// The part isn't XML as office programs write it, or a bound is reached.
    pub(super) fn next(&mut self) -> Result<Node<'_>, Unreadable> {
        self.buffer.clear();
        self.reader.get_mut().read = 0;
        let Ok(event) = self.reader.read_event_into(&mut self.buffer) else {
            return Err(self.looking.why());
        };
        Ok(match event {
            Event::Start(element) => {
                self.depth = self.depth.saturating_add(1);
                if self.depth > DEEP {
                    return Err(Unreadable::Broken);
                }
                Node::Start(Element(element), false)
            }
            Event::Empty(element) => Node::Start(Element(element), true),
            Event::End(element) => {
                self.depth = self.depth.saturating_sub(1);
                Node::End(element.local_name().into_inner().to_owned().into())
            }
            Event::Text(text) => Node::Text(text.into_inner()),
            Event::CData(text) => Node::Text(text.into_inner()),
            Event::GeneralRef(name) => Node::Text(entity(&name).unwrap_or_default().into()),
            Event::DocType(_) => return Err(Unreadable::Broken),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => Node::Text(Cow::Borrowed("")),
            // A part that was cut off is no whole part.
            Event::Eof if self.depth > 0 => return Err(Unreadable::Broken),
            Event::Eof => Node::Eof,
        })
    }
}

/// The character that a reference names; those of no document type are five.
fn entity(name: &quick_xml::events::BytesRef<'_>) -> Option<String> {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        return Some(c.to_string());
    }
    let known = match name.xml10_content().as_ref() {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        _ => return None,
    };
    Some(known.to_owned())
}

/// Bytes for one node after the other, each of them limited.
struct Pieces<R> {
    inner: R,
    read: usize,
}

impl<R: BufRead> Read for Pieces<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer)
    }
}

impl<R: BufRead> BufRead for Pieces<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.read > PIECE {
            return Err(io::Error::other("a piece larger than is kept"));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.read = self.read.saturating_add(count);
        self.inner.consume(count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contents::model::{Bounds, Watch};

    fn text(xml: &str) -> Result<String, Unreadable> {
        let watch = Watch::default();
        let looking = Looking::new(&watch, Bounds::default());
        let mut xml = Xml::new(xml.as_bytes(), &looking);
        let mut all = String::new();
        loop {
            match xml.next()? {
                Node::Text(text) => all.push_str(&text),
                Node::Eof => return Ok(all),
                Node::Start(..) | Node::End(_) => {}
            }
        }
    }

    #[test]
    fn text_comes_with_its_references_resolved() {
        let xml = "<?xml version=\"1.0\"?><a>&lt;&#x5c71;&#30000;&amp;<b/>x<![CDATA[<y>]]></a>";
        assert_eq!(text(xml).unwrap(), "<山田&x<y>");
    }

    #[test]
    fn what_no_office_program_writes_is_broken() {
        let deep = format!("{}{}", "<a>".repeat(300), "</a>".repeat(300));
        let large = format!("<a>{}</a>", "x".repeat(PIECE + 100_000));
        let tag = format!("<a {}/>", "b=\"\" ".repeat(PIECE / 4));
        for xml in [
            "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
            "<a><b></a>",
            "<a>",
            &deep,
            &large,
            &tag,
        ] {
            assert_eq!(text(xml), Err(Unreadable::Broken));
        }
    }

    #[test]
    fn attributes_are_found_without_their_prefix() {
        let watch = Watch::default();
        let looking = Looking::new(&watch, Bounds::default());
        let mut xml = Xml::new(&b"<w:vanish w:val=\"0\" x=\"a&amp;b\"/>"[..], &looking);
        let Ok(Node::Start(element, true)) = xml.next() else { panic!("an element") };
        assert_eq!((element.name(), element.is_on()), ("vanish", false));
        assert_eq!(element.get("x").as_deref(), Some("a&b"));
    }
}
