//! Pictures: floods of pixels, circles, and what was cut off.

use azukari::contents::Unreadable::{Bomb, Broken};

use super::Answer::{Whole, Why};
use super::make::cut;
use super::{Case, case};

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("a flood of pixels", "a.png", || png(65_000, 65_000), Why(Bomb)),
        case("the largest PNG there can be", "b.png", || png(u32::MAX, u32::MAX), Why(Bomb)),
        case("a flood of pixels", "a.jpg", || jpeg(65_500, 65_500), Why(Bomb)),
        case("a flood of pixels", "a.gif", || gif(65_535), Why(Bomb)),
        case("a small picture", "c.png", || png(9, 9), Whole),
        case("cut off", "d.png", || cut(&png(9, 9), 80), Why(Broken)),
        case("cut off", "d.jpg", || cut(&jpeg(9, 9), 95), Why(Broken)),
        case("cut off", "d.gif", || cut(&gif(9), 95), Why(Broken)),
        case("cut off", "d.webp", || cut(&webp(), 80), Why(Broken)),
        case("cut off", "d.tif", || cut(&tiff(0), 80), Why(Broken)),
        case("cut off", "d.heic", || cut(&heic(), 90), Why(Broken)),
        case("whole", "e.webp", webp, Whole),
        case("whole", "e.heic", heic, Whole),
        case("lists that go in a circle", "f.tif", || tiff(8), Why(Broken)),
        case("a piece of 4 GB", "g.png", huge_piece, Why(Broken)),
        case("a JPEG as PNG", "h.png", || jpeg(9, 9), Why(Broken)),
        case("text as a picture", "i.jpg", || b"no picture".to_vec(), Why(Broken)),
    ]
}

fn chunk(name: [u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap();
    [&length.to_be_bytes()[..], &name, body, &[0; 4]].concat()
}

/// A PNG that says it is so large.
pub(super) fn png(width: u32, height: u32) -> Vec<u8> {
    let size = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(*b"IHDR", &size),
        chunk(*b"IDAT", b"x"),
        chunk(*b"IEND", b""),
    ]
    .concat()
}

fn huge_piece() -> Vec<u8> {
    let mut bytes = png(9, 9);
    let data = super::make::find(&bytes, b"IDAT").unwrap();
    bytes[data - 4..data].copy_from_slice(&[0xff; 4]);
    bytes
}

/// A JPEG that says it is so large.
pub(super) fn jpeg(width: u16, height: u16) -> Vec<u8> {
    [
        b"\xff\xd8\xff\xc0\0\x0b\x08",
        &height.to_be_bytes()[..],
        &width.to_be_bytes(),
        b"\x01\x01\x11\0\xff\xda\0\x08\x01\x01\0\0\x3f\0data\xff\0data\xff\xd9",
    ]
    .concat()
}

/// A GIF that says it is so large.
pub(super) fn gif(width: u16) -> Vec<u8> {
    let size = width.to_le_bytes();
    [b"GIF89a", &size[..], &size, b"\0\0\0,\0\0\0\0", &size, &size, b"\0\x02\x01x\0;"].concat()
}

fn webp() -> Vec<u8> {
    let body = b"WEBPVP8L\x06\0\0\0\x2f\x09\xc0\x04\0\0";
    [b"RIFF", &u32::try_from(body.len()).unwrap().to_le_bytes()[..], body].concat()
}

fn tiff(next: u32) -> Vec<u8> {
    let entries = b"\x02\0\x00\x01\x03\0\x01\0\0\0\x64\0\0\0\x01\x01\x03\0\x01\0\0\0\x64\0\0\0";
    [&b"II*\0\x08\0\0\0"[..], entries, &next.to_le_bytes()].concat()
}

fn heic() -> Vec<u8> {
    let sized = |name: &[u8; 4], body: &[u8]| {
        [&u32::try_from(body.len() + 8).unwrap().to_be_bytes()[..], name, body].concat()
    };
    let size = sized(b"ispe", b"\0\0\0\0\0\0\x0f\xc0\0\0\x0b\xd0");
    [sized(b"ftyp", b"heic\0\0\0\0mif1"), sized(b"meta", &size), sized(b"mdat", b"data")].concat()
}
