//! HEIC: boxes within boxes (ISO/IEC 14496-12, 23008-12).

use super::{Picture, exif};
use crate::contents::source::{File, be32, find, find_from, read_at, short, size};

/// Most boxes of a file.
const BOXES: usize = 10_000;
/// Most bytes of the box that describes the picture.
const META: usize = 2 * 1024 * 1024;
/// Most bytes of Exif data.
const EXIF: usize = 128 * 1024;

pub(super) fn heic(file: &mut dyn File) -> Option<Picture> {
    let length = size(file).ok()?;
    let mut picture = Picture::default();
    let mut at = 0_u64;
    for _ in 0..BOXES {
        if at == length {
            break;
        }
        let head = read_at(file, at, 16).ok()?;
        let size = match be32(&head, 0)? {
            0 => length.checked_sub(at)?,
            1 => u64::from_be_bytes(*head.get(8..)?.first_chunk()?),
            small => u64::from(small),
        };
        let end = at.checked_add(size.max(8)).filter(|end| *end <= length)?;
        if head.get(4..8)? == b"meta" {
            let meta = read_at(file, at, short(size).min(META)).ok()?;
            sizes(&meta, &mut picture);
        }
        at = end;
    }
    if at != length || picture.width == 0 {
        return None;
    }
    if let Some(place) = find_from(file, 0, b"Exif\0\0").ok()? {
        let data = read_at(file, place.checked_add(6)?, EXIF).ok()?;
        exif::tell(&data, &mut picture);
    }
    Some(picture)
}

/// The sizes of the pictures; the whole picture is the largest.
fn sizes(meta: &[u8], picture: &mut Picture) {
    let mut rest = meta;
    while let Some(at) = find(rest, b"ispe") {
        rest = rest.get(at.saturating_add(4)..).unwrap_or_default();
        if let (Some(width), Some(height)) = (be32(rest, 4), be32(rest, 8)) {
            picture.sized(width, height);
            picture.pictures = 1;
        }
    }
}
