//! Pictures, by their heads: what they are, whether they are whole, and what they tell about where,
//! with what and by whom they were made. No pixel is ever decoded.

mod boxes;
mod chunks;
mod exif;
mod jpeg;

use super::looking::tell;
use super::model::{Contents, Unreadable};
use super::source::File;

/// Most pixels of a picture: 32,768 in the square. Whoever shows a larger one unpacks gigabytes.
const PIXELS: u64 = 1 << 30;

/// A kind of picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Png,
    Jpeg,
    Gif,
    Webp,
    Tiff,
    Heic,
}

impl Kind {
    /// By the ending of a name, in lower case.
    pub(super) fn named(ending: &str) -> Option<Self> {
        Some(match ending {
            "png" => Self::Png,
            "jpg" | "jpeg" | "jpe" => Self::Jpeg,
            "gif" => Self::Gif,
            "webp" => Self::Webp,
            "tif" | "tiff" => Self::Tiff,
            "heic" | "heif" => Self::Heic,
            _ => return None,
        })
    }

    /// By the first bytes.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        let brand = head.get(8..12).unwrap_or_default();
        Some(match head {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Self::Png,
            [0xff, 0xd8, 0xff, ..] => Self::Jpeg,
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Self::Gif,
            [b'R', b'I', b'F', b'F', ..] if brand == b"WEBP" => Self::Webp,
            [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Self::Tiff,
            [_, _, _, _, b'f', b't', b'y', b'p', ..]
                if [&b"heic"[..], b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"]
                    .contains(&brand) =>
            {
                Self::Heic
            }
            _ => return None,
        })
    }
}

/// What a picture tells.
#[derive(Debug, Default)]
struct Picture {
    width: u64,
    height: u64,
    /// Pages of a scan, pictures of a film.
    pictures: u64,
    /// What is told about it, by the keys of [`Contents::metadata`].
    told: Vec<(&'static str, String)>,
}

impl Picture {
    fn sized(&mut self, width: impl Into<u64>, height: impl Into<u64>) {
        self.width = self.width.max(width.into());
        self.height = self.height.max(height.into());
    }
}

/// Looks at a picture.
pub(super) fn read(file: &mut dyn File, contents: &mut Contents) -> Result<(), Unreadable> {
    let head = super::source::read_at(file, 0, 64).ok().ok_or(Unreadable::Broken)?;
    let picture = match Kind::of(&head).ok_or(Unreadable::Broken)? {
        Kind::Png => chunks::png(file),
        Kind::Jpeg => jpeg::read(file),
        Kind::Gif => chunks::gif(file),
        Kind::Webp => chunks::webp(file),
        Kind::Tiff => exif::tiff(file),
        Kind::Heic => boxes::heic(file),
    };
    let picture = picture.ok_or(Unreadable::Broken)?;
    contents.pages = picture.pictures.max(1);
    for (key, value) in &picture.told {
        tell(contents, key, value);
    }
    if picture.width.saturating_mul(picture.height) > PIXELS {
        return Err(Unreadable::Bomb);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
