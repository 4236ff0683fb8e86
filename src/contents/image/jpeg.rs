//! JPEG (ITU-T T.81), segment by segment to its end.

use super::{Picture, exif};
use crate::contents::source::{File, be16, find_from, read_at};

/// Most segments before the picture itself.
const SEGMENTS: usize = 1000;

pub(super) fn read(file: &mut dyn File) -> Option<Picture> {
    let mut picture = Picture::default();
    let mut at = 2_u64;
    for _ in 0..SEGMENTS {
        let head = read_at(file, at, 4).ok()?;
        match head.as_slice() {
            // Marks may be filled up.
            [0xff, 0xff, ..] => at = at.checked_add(1)?,
            [0xff, 0xda, ..] => {
                let size = be16(&head, 2)?;
                let data = at.checked_add(2)?.checked_add(u64::from(size))?;
                // The mark of the end is never part of the data.
                find_from(file, data, &[0xff, 0xd9]).ok()??;
                return (picture.width > 0).then_some(picture);
            }
            [0xff, mark, ..] => {
                let size = be16(&head, 2).filter(|size| *size >= 2)?;
                let body = at.checked_add(4)?;
                match mark {
                    0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                        let frame = read_at(file, body, 5).ok()?;
                        picture.sized(be16(&frame, 3)?, be16(&frame, 1)?);
                    }
                    0xe1 => {
                        let body = read_at(file, body, usize::from(size - 2)).ok()?;
                        if let Some(exif) = body.strip_prefix(b"Exif\0\0") {
                            exif::tell(exif, &mut picture);
                        }
                    }
                    _ => {}
                }
                at = at.checked_add(2)?.checked_add(u64::from(size))?;
            }
            _ => return None,
        }
    }
    None
}
