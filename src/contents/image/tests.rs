use super::super::made::look;
use super::super::model::{Contents, Format, Unreadable};
use super::*;

/// Exif data with a position, an author and the device.
fn exif() -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value].concat()
    };
    [
        b"II*\0\x08\0\0\0\x03\0".to_vec(),
        entry(0x0110, 2, 4, *b"X1\0\0"),
        entry(0x013b, 2, 4, *b"abc\0"),
        entry(0x8825, 4, 1, 50_u32.to_le_bytes()),
        vec![0; 4],
        b"\x01\0".to_vec(),
        entry(2, 5, 3, [0; 4]),
        vec![0; 4],
    ]
    .concat()
}

fn chunk(name: [u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap();
    [&length.to_be_bytes()[..], &name, body, &[0; 4]].concat()
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let size = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(*b"IHDR", &size),
        chunk(*b"tEXt", b"Software\0Camera 1.0"),
        chunk(*b"eXIf", &exif()),
        chunk(*b"IDAT", b"x"),
        chunk(*b"IEND", b""),
    ]
    .concat()
}

fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let app = [b"Exif\0\0", exif().as_slice()].concat();
    let length = u16::try_from(app.len() + 2).unwrap();
    [
        b"\xff\xd8\xff\xe1",
        &length.to_be_bytes()[..],
        &app,
        b"\xff\xc0\0\x0b\x08",
        &height.to_be_bytes(),
        &width.to_be_bytes(),
        b"\x01\x01\x11\0\xff\xda\0\x08\x01\x01\0\0\x3f\0data\xff\0data\xff\xd9",
    ]
    .concat()
}

fn gif(width: u16) -> Vec<u8> {
    let size = width.to_le_bytes();
    [
        b"GIF89a",
        &size[..],
        &size,
        b"\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\0\0\0\0\0,\0\0\0\0",
        &size,
        &size,
        b"\0\x02\x01x\0;",
    ]
    .concat()
}

fn webp() -> Vec<u8> {
    let body = [
        b"WEBPVP8L\x05\0\0\0\x2f\x09\xc0\x04\0\0EXIF",
        &u32::try_from(exif().len()).unwrap().to_le_bytes()[..],
        &exif(),
    ]
    .concat();
    [b"RIFF", &u32::try_from(body.len()).unwrap().to_le_bytes()[..], &body].concat()
}

fn heic() -> Vec<u8> {
    let sized = |name: &[u8; 4], body: &[u8]| {
        [&u32::try_from(body.len() + 8).unwrap().to_be_bytes()[..], name, body].concat()
    };
    let size = sized(b"ispe", b"\0\0\0\0\0\0\x0f\xc0\0\0\x0b\xd0");
    [
        sized(b"ftyp", b"heic\0\0\0\0mif1"),
        sized(b"meta", &size),
        sized(b"mdat", &[b"\0\0\0\x06Exif\0\0", exif().as_slice()].concat()),
    ]
    .concat()
}

fn tiff(next: u32) -> Vec<u8> {
    [
        &b"II*\0\x08\0\0\0\x02\0\0\x01\x03\0\x01\0\0\0\x64\0\0\0\x01\x01\x03\0\x01\0\0\0\x64\0\0\0"
            [..],
        &next.to_le_bytes(),
    ]
    .concat()
}

fn told(contents: &Contents) -> Vec<(&str, &str)> {
    contents.metadata.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect()
}

#[test]
fn a_picture_tells_where_and_by_whom_but_never_the_place_itself() {
    let all = [("author", "abc"), ("device", "X1"), ("gps", "yes")];
    for (name, bytes) in [("a.jpg", jpeg(4000, 3000)), ("a.webp", webp()), ("a.heic", heic())] {
        let found = look(name, &bytes);
        assert_eq!(
            (found.format, found.unreadable, found.pages),
            (Format::Image, None, 1),
            "{name}"
        );
        assert_eq!(told(&found), all, "{name}");
    }
    let found = look("a.PNG", &png(10, 10));
    assert_eq!(told(&found)[..3], all);
    assert_eq!(found.metadata["software"], "Camera 1.0");
    assert_eq!(look("a.gif", &gif(10)).unreadable, None);
    assert_eq!(look("a.tiff", &tiff(0)).pages, 1);
}

#[test]
fn a_flood_of_pixels_is_seen_in_the_head() {
    for (name, bytes) in
        [("a.png", png(60_000, 60_000)), ("a.jpg", jpeg(65_000, 65_000)), ("a.gif", gif(65_535))]
    {
        assert_eq!(look(name, &bytes).unreadable, Some(Unreadable::Bomb), "{name}");
    }
}

#[test]
fn a_picture_that_was_cut_off_is_broken() {
    for (name, bytes) in [
        ("a.png", png(10, 10)),
        ("a.jpg", jpeg(10, 10)),
        ("a.gif", gif(10)),
        ("a.webp", webp()),
        ("a.heic", heic()),
        ("a.tiff", tiff(0)),
    ] {
        for cut in [1, 9, bytes.len() / 2] {
            let short: Vec<u8> = bytes.iter().take(bytes.len() - cut).copied().collect();
            assert_eq!(look(name, &short).unreadable, Some(Unreadable::Broken), "{name} {cut}");
        }
    }
    assert_eq!(look("a.tiff", &tiff(8)).unreadable, Some(Unreadable::Broken), "a circle");
}

#[test]
fn kinds_are_told_by_name_and_by_head() {
    for (ending, bytes) in [
        ("png", png(1, 1)),
        ("jpe", jpeg(1, 1)),
        ("gif", gif(1)),
        ("webp", webp()),
        ("heif", heic()),
        ("tif", tiff(0)),
    ] {
        assert_eq!(Kind::of(&bytes), Kind::named(ending), "{ending}");
    }
    assert_eq!(look("a.jpg", &png(1, 1)).unreadable, Some(Unreadable::Broken));
}
