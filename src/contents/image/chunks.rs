//! PNG, GIF and WebP: pieces one behind the other, walked to the last.

use std::io::{BufReader, Read, SeekFrom};

use super::{Picture, exif};
use crate::contents::source::{File, be32, le16, le32, long, read_at, size};

/// Most pieces of a picture.
const CHUNKS: usize = 200_000;
/// Most bytes of a piece that is read.
const KEPT: usize = 128 * 1024;

/// PNG (W3C PNG, third edition).
pub(super) fn png(file: &mut dyn File) -> Option<Picture> {
    let mut picture = Picture::default();
    let mut at = 8_u64;
    for _ in 0..CHUNKS {
        let head = read_at(file, at, 8).ok()?;
        let length = be32(&head, 0)?;
        let kept = |file: &mut dyn File| {
            let most = usize::try_from(length).unwrap_or(KEPT).min(KEPT);
            read_at(file, at.saturating_add(8), most).ok()
        };
        match head.get(4..8)? {
            b"IHDR" => {
                let body = kept(file)?;
                picture.sized(be32(&body, 0)?, be32(&body, 4)?);
            }
            b"eXIf" => exif::tell(&kept(file)?, &mut picture),
            b"tEXt" => text(&kept(file)?, &mut picture),
            b"IEND" => {
                let whole = size(file).ok()? >= at.checked_add(12)?;
                return (whole && picture.width > 0).then_some(picture);
            }
            _ => {}
        }
        at = at.checked_add(12)?.checked_add(u64::from(length))?;
    }
    None
}

fn text(body: &[u8], picture: &mut Picture) {
    let mut parts = body.splitn(2, |byte| *byte == 0);
    let (Some(key), Some(value)) = (parts.next(), parts.next()) else { return };
    let key = match key {
        b"Author" => "author",
        b"Software" => "software",
        b"Title" => "title",
        b"Description" | b"Comment" => "description",
        _ => return,
    };
    picture.told.push((key, String::from_utf8_lossy(value).into_owned()));
}

/// GIF (version 89a).
pub(super) fn gif(file: &mut dyn File) -> Option<Picture> {
    let mut picture = Picture::default();
    file.seek(SeekFrom::Start(6)).ok()?;
    let mut file = BufReader::new(file);
    let screen = bytes(&mut file, 7)?;
    picture.sized(le16(&screen, 0)?, le16(&screen, 2)?);
    skip_colours(&mut file, *screen.get(4)?)?;
    loop {
        match bytes(&mut file, 1)?.first()? {
            0x2c => {
                let frame = bytes(&mut file, 9)?;
                picture.sized(le16(&frame, 4)?, le16(&frame, 6)?);
                picture.pictures += 1;
                skip_colours(&mut file, *frame.get(8)?)?;
                bytes(&mut file, 1)?;
                skip_blocks(&mut file)?;
            }
            0x21 => {
                bytes(&mut file, 1)?;
                skip_blocks(&mut file)?;
            }
            0x3b => return Some(picture),
            _ => return None,
        }
    }
}

fn bytes(file: &mut impl Read, count: usize) -> Option<Vec<u8>> {
    let mut all = vec![0; count];
    file.read_exact(&mut all).ok()?;
    Some(all)
}

fn skip_colours(file: &mut impl Read, flags: u8) -> Option<()> {
    if flags & 0x80 != 0 {
        bytes(file, 3 << ((flags & 7) + 1))?;
    }
    Some(())
}

fn skip_blocks(file: &mut impl Read) -> Option<()> {
    let mut block = [0; 255];
    loop {
        let mut size = [0];
        file.read_exact(&mut size).ok()?;
        let [size] = size;
        if size == 0 {
            return Some(());
        }
        file.read_exact(block.get_mut(..usize::from(size))?).ok()?;
    }
}

/// WebP (RFC 9649).
pub(super) fn webp(file: &mut dyn File) -> Option<Picture> {
    let mut picture = Picture::default();
    let said = u64::from(le32(&read_at(file, 4, 4).ok()?, 0)?);
    let end = said.checked_add(8)?;
    if size(file).ok()? < end {
        return None;
    }
    let mut at = 12_u64;
    for _ in 0..CHUNKS {
        if at >= end {
            break;
        }
        let head = read_at(file, at, 8).ok()?;
        let length = le32(&head, 4)?;
        let body = at.checked_add(8)?;
        let start = read_at(file, body, 10).ok()?;
        match head.get(..4)? {
            b"VP8X" => picture.sized(le24(&start, 4)? + 1, le24(&start, 7)? + 1),
            b"VP8 " => {
                picture.sized(le16(&start, 6)? & 0x3fff, le16(&start, 8)? & 0x3fff);
                picture.pictures += 1;
            }
            b"VP8L" => {
                let both = le32(&start, 1)?;
                picture.sized((both & 0x3fff) + 1, (both >> 14 & 0x3fff) + 1);
                picture.pictures += 1;
            }
            b"ANMF" => picture.pictures += 1,
            b"EXIF" => {
                let most = usize::try_from(length).unwrap_or(KEPT).min(KEPT);
                let kept = read_at(file, body, most).ok()?;
                exif::tell(kept.strip_prefix(b"Exif\0\0").unwrap_or(&kept), &mut picture);
            }
            _ => {}
        }
        at = body.checked_add(u64::from(length))?.checked_add(u64::from(length % 2))?;
    }
    (picture.width > 0 && at >= end && at <= end.saturating_add(long(1))).then_some(picture)
}

fn le24(bytes: &[u8], at: usize) -> Option<u32> {
    let [low, middle, high] = *bytes.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes([low, middle, high, 0]))
}
