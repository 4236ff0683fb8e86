//! Plain text, in whichever encoding it was written.

use encoding_rs::{
    CoderResult, DecoderResult, EUC_JP, Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE,
};

use super::looking::Looking;
use super::model::{Contents, Unreadable};
use super::source::{File, long, read_at, size};
use super::words::Words;

/// Bytes read in one go.
const PIECE: usize = 64 * 1024;

/// Looks at a text.
pub(super) fn read(
    looking: &Looking<'_>,
    file: &mut dyn File,
    contents: &mut Contents,
) -> Result<(), Unreadable> {
    // No encoding needs more than four bytes for a character.
    let most = long(looking.left().text).saturating_mul(4);
    if size(file).ok().ok_or(Unreadable::Broken)? > most {
        return Err(Unreadable::TooLarge);
    }
    let encoding = encoding(file)?;
    let mut words = Words::new(looking);
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut text = String::with_capacity(PIECE);
    let read = pieces(file, |piece, last| {
        let mut rest = piece;
        loop {
            let (result, read, _) = decoder.decode_to_string(rest, &mut text, last);
            words.push(&text)?;
            text.clear();
            rest = rest.get(read..).unwrap_or_default();
            if result == CoderResult::InputEmpty {
                return Ok(());
            }
        }
    });
    words.finish(contents);
    read
}

/// The encoding of a text: UTF-16 by its mark, UTF-8, CP932, or EUC-JP where as CP932 it would be
/// rows of half-width katakana.
fn encoding(file: &mut dyn File) -> Result<&'static Encoding, Unreadable> {
    let head = read_at(file, 0, 2).ok().ok_or(Unreadable::Broken)?;
    match head.as_slice() {
        b"\xff\xfe" => return Ok(UTF_16LE),
        b"\xfe\xff" => return Ok(UTF_16BE),
        _ => {}
    }
    let mut tries = [Try::of(UTF_8), Try::of(SHIFT_JIS), Try::of(EUC_JP)];
    pieces(file, |piece, last| {
        if piece.contains(&0) {
            return Err(Unreadable::Encoding);
        }
        for one in &mut tries {
            one.take(piece, last);
        }
        if tries.iter().any(|one| one.fits) { Ok(()) } else { Err(Unreadable::Encoding) }
    })?;
    let [utf8, cp932, euc] = &tries;
    if utf8.fits {
        return Ok(UTF_8);
    }
    if euc.fits && (!cp932.fits || cp932.half > cp932.other && euc.full > 0) {
        return Ok(EUC_JP);
    }
    if cp932.fits { Ok(SHIFT_JIS) } else { Err(Unreadable::Encoding) }
}

/// An encoding that is tried.
struct Try {
    decoder: encoding_rs::Decoder,
    fits: bool,
    /// Half-width katakana, kana and kanji, and whatever else isn't ASCII.
    half: u64,
    full: u64,
    other: u64,
}

impl Try {
    fn of(encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        Self { decoder, fits: true, half: 0, full: 0, other: 0 }
    }

    fn take(&mut self, piece: &[u8], last: bool) {
        let mut rest = piece;
        let mut text = String::with_capacity(PIECE);
        while self.fits {
            let (result, read) =
                self.decoder.decode_to_string_without_replacement(rest, &mut text, last);
            self.count(&text);
            text.clear();
            rest = rest.get(read..).unwrap_or_default();
            match result {
                DecoderResult::InputEmpty => return,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => self.fits = false,
            }
        }
    }

    fn count(&mut self, text: &str) {
        for c in text.chars().filter(|c| !c.is_ascii()) {
            match c {
                '\u{ff61}'..='\u{ff9f}' => self.half += 1,
                'ぁ'..='ヿ' | '一'..='龥' => {
                    self.full += 1;
                    self.other += 1;
                }
                _ => self.other += 1,
            }
        }
    }
}

/// Reads a file piece by piece; with each comes whether it is the last.
fn pieces(
    file: &mut dyn File,
    mut take: impl FnMut(&[u8], bool) -> Result<(), Unreadable>,
) -> Result<(), Unreadable> {
    let mut at = 0;
    loop {
        let piece = read_at(file, at, PIECE).ok().ok_or(Unreadable::Broken)?;
        let last = piece.len() < PIECE;
        take(&piece, last)?;
        if last {
            return Ok(());
        }
        at = at.saturating_add(long(piece.len()));
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::contents::model::{Bounds, Format, Watch};

    fn found(bytes: &[u8]) -> Result<Contents, Unreadable> {
        let watch = Watch::default();
        let looking = Looking::new(&watch, Bounds::default());
        let mut contents = Contents::of(Format::Text);
        read(&looking, &mut Cursor::new(bytes), &mut contents)?;
        Ok(contents)
    }

    #[test]
    fn a_number_is_found_in_every_encoding() {
        let text =
            format!("{}\r\n個人番号：１２３４５６７８９０１８\r\n", "住民の一覧。".repeat(9000));
        let utf16 =
            |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        for bytes in [
            text.clone().into_bytes(),
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            SHIFT_JIS.encode(&text).0.into_owned(),
            EUC_JP.encode(&text).0.into_owned(),
            [b"\xff\xfe".to_vec(), utf16(u16::to_le_bytes)].concat(),
            [b"\xfe\xff".to_vec(), utf16(u16::to_be_bytes)].concat(),
        ] {
            assert_eq!(found(&bytes).unwrap().my_numbers, 1, "{:?}", bytes.get(..4));
        }
    }

    #[test]
    fn what_is_no_text_is_said() {
        for bytes in [&b"a\0b"[..], b"\xe5\x90\x8d\n\xff\xfd\n", b"\x80\x81\xff"] {
            assert_eq!(found(bytes), Err(Unreadable::Encoding), "{bytes:?}");
        }
    }
}
