//! Where the objects of a PDF are. The file is read from its beginning to its end, as a repair does:
//! what its own tables say about places may be wrong, go in circles, or leave out what is there.

use std::collections::HashMap;

use lopdf::{Dictionary, Object, Stream};

use super::lexer::{Lexer, Token, is_space};
use crate::contents::looking::Looking;
use crate::contents::model::Unreadable;
use crate::contents::source::{File, find, long, read_at, short};

/// Most objects of a file.
const OBJECTS: usize = 300_000;
/// Most bytes of a stream that is unpacked, packed and unpacked.
const PACKED: usize = 16 * 1024 * 1024;
const UNPACKED: usize = 24 * 1024 * 1024;
/// Most bytes of all streams that hold objects.
const PACKS: usize = 24 * 1024 * 1024;
/// Bytes read in one go.
const PIECE: usize = 256 * 1024;
/// Bytes before a place that are read again, so that nothing hides on an edge.
const BEFORE: usize = 64;

/// Where an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In the file.
    At(u64),
    /// In a stream that holds objects, from a place on.
    In(usize, usize),
}

/// An object, and where its stream begins if it has one.
pub(super) struct Found {
    pub(super) object: Object,
    pub(super) stream: Option<u64>,
}

/// The objects of a file.
pub(super) struct Index<'f, 'l> {
    file: &'f mut dyn File,
    pub(super) looking: &'l Looking<'l>,
    window: (u64, Vec<u8>),
    /// Every object, replaced ones too, in the order of the file.
    pub(super) all: Vec<(u32, Place)>,
    latest: HashMap<u32, Place>,
    /// Where replaced objects are.
    older: HashMap<u32, Vec<Place>>,
    /// Where streams end.
    ends: Vec<u64>,
    packs: Vec<Vec<u8>>,
    pub(super) trailers: Vec<Dictionary>,
    /// Whether a stream couldn't be unpacked.
    pub(super) damaged: bool,
}

impl<'f, 'l> Index<'f, 'l> {
    pub(super) fn of(file: &'f mut dyn File, looking: &'l Looking<'l>) -> Result<Self, Unreadable> {
        let mut index = Self {
            file,
            looking,
            window: (0, Vec::new()),
            all: Vec::new(),
            latest: HashMap::new(),
            older: HashMap::new(),
            ends: Vec::new(),
            packs: Vec::new(),
            trailers: Vec::new(),
            damaged: false,
        };
        index.scan()?;
        for (id, place) in index.all.clone() {
            index.put(id, place);
        }
        Ok(index)
    }

    fn scan(&mut self) -> Result<(), Unreadable> {
        let mut trailers = Vec::new();
        let mut from = 0_u64;
        loop {
            let piece = read_at(self.file, from, PIECE).ok().ok_or_else(|| self.looking.why())?;
            // The last bytes are looked at again with those that follow them.
            let whole = piece.len() < PIECE;
            let last = if whole { piece.len() } else { piece.len().saturating_sub(BEFORE) };
            let first = if from == 0 { 0 } else { BEFORE };
            for at in first..last {
                let Some(rest) = piece.get(at..) else { break };
                let place =
                    |length: usize| from.saturating_add(long(at)).saturating_add(long(length));
                match rest.first() {
                    Some(b'o') if rest.starts_with(b"obj") => {
                        let before = piece.get(at.saturating_sub(BEFORE)..at).unwrap_or_default();
                        if let Some(id) = id_before(before) {
                            self.all.push((id, Place::At(place(3))));
                        }
                    }
                    Some(b'e') if rest.starts_with(b"endstream") => self.ends.push(place(0)),
                    Some(b't') if rest.starts_with(b"trailer") => trailers.push(place(7)),
                    _ => {}
                }
            }
            if self.all.len().saturating_add(self.ends.len()).saturating_add(trailers.len())
                > OBJECTS
            {
                return Err(Unreadable::TooLarge);
            }
            if whole {
                break;
            }
            from = from.saturating_add(long(piece.len().saturating_sub(2 * BEFORE)));
        }
        for at in trailers.into_iter().take(1000) {
            if let Some(Found { object: Object::Dictionary(trailer), .. }) = self.at(Place::At(at))
            {
                self.trailers.push(trailer);
            }
        }
        Ok(())
    }

    /// Unpacks the streams that hold objects (ISO 32000-1 §7.5.7).
    pub(super) fn unpack(&mut self) -> Result<(), Unreadable> {
        let mut total = 0_usize;
        for (id, place) in self.all.clone() {
            let Some(Found { object: Object::Dictionary(head), stream: Some(start) }) =
                self.at(place)
            else {
                continue;
            };
            if head.has_type(b"XRef") {
                self.trailers.push(head);
            } else if head.has_type(b"ObjStm") && self.latest.get(&id) == Some(&place) {
                let Some(pack) = self.stream(&head, start)? else { continue };
                total = total.saturating_add(pack.len());
                if total > PACKS {
                    return Err(Unreadable::TooLarge);
                }
                self.take_pack(&head, pack)?;
            }
        }
        Ok(())
    }

    fn take_pack(&mut self, head: &Dictionary, pack: Vec<u8>) -> Result<(), Unreadable> {
        let first = whole(head, b"First").unwrap_or_default();
        let mut lexer = Lexer::new(pack.get(..first).unwrap_or_default());
        let mut heads = Vec::new();
        while let (Some(Token::Whole(id)), Some(Token::Whole(at))) = (lexer.next(), lexer.next()) {
            if let (Ok(id), Ok(at)) = (u32::try_from(id), usize::try_from(at)) {
                heads.push((id, first.saturating_add(at)));
            }
        }
        if self.all.len().saturating_add(heads.len()) > OBJECTS {
            return Err(Unreadable::TooLarge);
        }
        let number = self.packs.len();
        for (id, from) in heads {
            let place = Place::In(number, from);
            self.all.push((id, place));
            self.put(id, place);
        }
        self.packs.push(pack);
        Ok(())
    }

    fn put(&mut self, id: u32, place: Place) {
        if let Some(before) = self.latest.insert(id, place) {
            self.older.entry(id).or_default().push(before);
        }
    }

    /// Whether a later object took the place of this one.
    pub(super) fn is_replaced(&self, id: u32, place: Place) -> bool {
        self.latest.get(&id) != Some(&place)
    }

    /// The object at a place.
    pub(super) fn at(&mut self, place: Place) -> Option<Found> {
        let from = match place {
            Place::At(from) => from,
            Place::In(pack, from) => {
                let object = Lexer::new(self.packs.get(pack)?.get(from..)?).object()?;
                return Some(Found { object, stream: None });
            }
        };
        for most in [4 * 1024, 64 * 1024, 2 * 1024 * 1024] {
            let bytes = self.bytes(from, most)?;
            let mut lexer = Lexer::new(&bytes);
            let object = lexer.object();
            let after = lexer.at();
            let stream = lexer.next() == Some(Token::Word(b"stream"));
            // What touches the end may go on behind it.
            if lexer.is_over() && bytes.len() == most {
                continue;
            }
            let start = match lexer.rest() {
                [b'\r', b'\n', ..] => 2,
                [b'\r' | b'\n', ..] => 1,
                _ => 0,
            };
            let start = from.saturating_add(long(lexer.at().max(after))).saturating_add(start);
            return Some(Found { object: object?, stream: stream.then_some(start) });
        }
        None
    }

    /// The object that is meant: itself, or the latest with its number.
    pub(super) fn resolve(&mut self, object: &Object) -> Option<Object> {
        let mut object = object.clone();
        for _ in 0..8 {
            let Object::Reference((id, _)) = object else { return Some(object) };
            object = self.at(*self.latest.get(&id)?)?.object;
        }
        None
    }

    /// The dictionary that is meant.
    pub(super) fn dictionary(&mut self, object: &Object) -> Option<Dictionary> {
        match self.resolve(object)? {
            Object::Dictionary(all) => Some(all),
            _ => None,
        }
    }

    /// The streams that had or have a number, unpacked.
    pub(super) fn streams_of(&mut self, id: u32) -> Result<Vec<Vec<u8>>, Unreadable> {
        let older = self.older.get(&id).cloned().unwrap_or_default();
        let mut all = Vec::new();
        for place in older.into_iter().chain(self.latest.get(&id).copied()) {
            let Some(Found { object: Object::Dictionary(head), stream: Some(start) }) =
                self.at(place)
            else {
                continue;
            };
            all.extend(self.stream(&head, start)?);
        }
        Ok(all)
    }

    /// A stream by its number, unpacked.
    pub(super) fn stream_of(
        &mut self,
        id: u32,
    ) -> Result<Option<(Dictionary, Vec<u8>)>, Unreadable> {
        let found = self.latest.get(&id).copied().and_then(|place| self.at(place));
        let Some(Found { object: Object::Dictionary(head), stream: Some(start) }) = found else {
            return Ok(None);
        };
        Ok(self.stream(&head, start)?.map(|bytes| (head, bytes)))
    }

    /// A stream, unpacked; nothing where it can't be.
    pub(super) fn stream(
        &mut self,
        head: &Dictionary,
        start: u64,
    ) -> Result<Option<Vec<u8>>, Unreadable> {
        let length = self.length(head, start);
        if length > long(PACKED) {
            return Err(Unreadable::TooLarge);
        }
        let packed = self.bytes(start, short(length)).unwrap_or_default();
        let size = packed.len();
        let mut plain = Dictionary::new();
        for key in [&b"Filter"[..], b"DecodeParms"] {
            if let Some(value) = head.get(key).ok().and_then(|value| self.resolve(value)) {
                plain.set(key, value);
            }
        }
        let unpacked = Stream::new(plain, packed).get_plain_content_with_limit(UNPACKED);
        match unpacked {
            Ok(bytes) => {
                self.looking.unpack_part(size, bytes.len())?;
                Ok(Some(bytes))
            }
            Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded {
                ..
            })) => Err(Unreadable::Bomb),
            Err(cause) => {
                tracing::debug!(%cause, "a stream could not be unpacked");
                self.damaged = true;
                Ok(None)
            }
        }
    }

    /// How long a stream is: as it says, if it ends there, or else up to the next end.
    fn length(&mut self, head: &Dictionary, start: u64) -> u64 {
        let said = head.get(b"Length").ok().and_then(|length| self.resolve(length));
        let said = said.and_then(|length| length.as_i64().ok()).and_then(|n| u64::try_from(n).ok());
        if let Some(said) = said {
            let behind = self.bytes(start.saturating_add(said), 16).unwrap_or_default();
            let word = behind.iter().position(|byte| !is_space(*byte)).unwrap_or_default();
            if behind.get(word..).is_some_and(|rest| rest.starts_with(b"endstream")) {
                return said;
            }
        }
        let next = self.ends.partition_point(|end| *end < start);
        self.ends.get(next).map_or(0, |end| end.saturating_sub(start))
    }

    /// Bytes of the file, from what was read last where they are in it.
    fn bytes(&mut self, from: u64, most: usize) -> Option<Vec<u8>> {
        let inside = |window: &(u64, Vec<u8>)| {
            let start = short(from.checked_sub(window.0)?);
            window.1.get(start..start.checked_add(most)?).map(<[u8]>::to_vec)
        };
        if let Some(bytes) = inside(&self.window) {
            return Some(bytes);
        }
        if most >= PIECE {
            return read_at(self.file, from, most).ok();
        }
        self.window = (from, read_at(self.file, from, PIECE).ok()?);
        let read = &self.window.1;
        Some(read.get(..most.min(read.len())).unwrap_or_default().to_vec())
    }
}

/// A whole number of a dictionary.
pub(super) fn whole(head: &Dictionary, key: &[u8]) -> Option<usize> {
    head.get(key).ok()?.as_i64().ok()?.try_into().ok()
}

/// The number of the object that begins behind these bytes: `12 0 `.
fn id_before(bytes: &[u8]) -> Option<u32> {
    let (bytes, spaces) = back(bytes, is_space);
    let (bytes, generation) = back(bytes, |byte| byte.is_ascii_digit());
    let (bytes, between) = back(bytes, is_space);
    let (_, id) = back(bytes, |byte| byte.is_ascii_digit());
    if spaces.is_empty() && generation.is_empty() || between.is_empty() {
        return None;
    }
    std::str::from_utf8(id).ok()?.parse().ok()
}

fn back(bytes: &[u8], fits: impl Fn(u8) -> bool) -> (&[u8], &[u8]) {
    let end = bytes.iter().rposition(|byte| !fits(*byte)).map_or(0, |at| at.saturating_add(1));
    bytes.split_at(end)
}

/// Whether a file ends as a PDF does.
pub(super) fn is_whole(file: &mut dyn File, length: u64) -> std::io::Result<bool> {
    const TAIL: u64 = 2048;
    let tail = read_at(file, length.saturating_sub(TAIL), short(TAIL))?;
    Ok(find(&tail, b"%%EOF").is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_stands_before_the_word() {
        assert_eq!(id_before(b"\n12 0 "), Some(12));
        assert_eq!(id_before(b"endobj\n7 0\n"), Some(7));
        assert_eq!(id_before(b"end"), None);
        assert_eq!(id_before(b"x 5 "), None);
        assert_eq!(id_before(b"99999999999 0 "), None);
    }
}
