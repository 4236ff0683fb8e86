//! XML read piece by piece, within bounds: no entities but the five of XML, UTF-8 alone, no deeper
//! than any honest part.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesEnd, BytesStart, Event};

use super::bounded::{End, Go, Metered};

/// Most elements within each other.
const MAX_DEPTH: u32 = 250;

/// A part that is being read.
pub(super) struct Xml<R> {
    reader: Reader<Metered<R>>,
    buffer: Vec<u8>,
    depth: u32,
}

/// A piece of a part.
pub(super) enum Bit<'x> {
    /// An element begins.
    Open(Tag<'x>),
    /// An element ends.
    Close(Closing<'x>),
    /// Text.
    Text(Cow<'x, str>),
    /// Something without meaning here.
    Other,
    /// The end.
    End,
}

impl<R: BufRead> Xml<R> {
    /// Begins a part.
    ///
    /// # Errors
    /// It isn't UTF-8: another encoding would hide its elements.
    pub(super) fn open(mut part: Metered<R>) -> Go<Self> {
        let start = part.fill_buf()?.get(..4).unwrap_or_default();
        let marked = start.starts_with(&[0xfe, 0xff]) || start.starts_with(&[0xff, 0xfe]);
        if marked || start.contains(&0) {
            return Err(End::BROKEN);
        }
        let mut reader = Reader::from_reader(part);
        reader.config_mut().expand_empty_elements = true;
        Ok(Self { reader, buffer: Vec::new(), depth: 0 })
    }

    /// The next piece.
    ///
    /// # Errors
    /// The part is broken, or brings what only attacks bring.
    pub(super) fn next(&mut self) -> Go<Bit<'_>> {
        self.buffer.clear();
        self.reader.get_mut().begin();
        Ok(match self.reader.read_event_into(&mut self.buffer)? {
            Event::Start(tag) => {
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return Err(End::BROKEN);
                }
                Bit::Open(Tag(tag))
            }
            Event::End(end) => {
                self.depth = self.depth.saturating_sub(1);
                Bit::Close(Closing(end))
            }
            Event::Text(text) => Bit::Text(text.into_inner()),
            Event::CData(text) => Bit::Text(text.into_inner()),
            Event::GeneralRef(named) => match named.resolve_char_ref()? {
                Some(c) => Bit::Text(Cow::Owned(c.to_string())),
                None => match resolve_predefined_entity(&named.into_inner()) {
                    Some(text) => Bit::Text(Cow::Borrowed(text)),
                    None => return Err(End::BROKEN),
                },
            },
            // Neither workbooks nor OpenDocument have one; with one come entities.
            Event::DocType(_) => return Err(End::BROKEN),
            Event::Decl(declared) => {
                let encoding = declared.encoding().transpose().unwrap_or_default();
                let plain = encoding.is_none_or(|name| {
                    ["utf-8", "us-ascii", "utf8"]
                        .iter()
                        .any(|known| name.eq_ignore_ascii_case(known))
                });
                if !plain {
                    return Err(End::BROKEN);
                }
                Bit::Other
            }
            Event::Empty(_) | Event::PI(_) | Event::Comment(_) => Bit::Other,
            Event::Eof if self.depth > 0 => return Err(End::BROKEN),
            Event::Eof => Bit::End,
        })
    }
}

/// An element that begins.
pub(super) struct Tag<'x>(BytesStart<'x>);

impl Tag<'_> {
    /// Its name, without the prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// Every attribute with its name, without the prefix.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        let mut all = self.0.attributes();
        all.with_checks(false);
        all.map_while(Result::ok).map(|one| (one.key.local_name().into_inner(), one.value))
    }

    /// An attribute, by its name without the prefix.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let (_, raw) = self.attributes().find(|(key, _)| *key == name)?;
        Some(plain(&raw))
    }

    /// Whether an attribute says yes.
    pub(super) fn says(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| is_true(&value))
    }
}

/// An element that ends.
pub(super) struct Closing<'x>(BytesEnd<'x>);

impl Closing<'_> {
    /// Its name, without the prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }
}

/// The text of an attribute.
pub(super) fn plain(raw: &str) -> String {
    unescape(raw).map_or_else(|_| raw.to_owned(), Cow::into_owned)
}

/// Yes, as XML Schema writes it.
pub(super) fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true" | "on")
}
