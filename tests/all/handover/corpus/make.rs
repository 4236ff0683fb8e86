//! What the files are made of.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

const OFFICE: &str = "http://schemas.openxmlformats.org";

/// A ZIP with these members.
pub(super) fn zip<N: AsRef<str>, B: AsRef<[u8]>>(members: &[(N, B)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(name.as_ref(), SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes.as_ref()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A ZIP of one text with this name.
pub(super) fn zip_named(name: &str) -> Vec<u8> {
    zip(&[(name, "text")])
}

/// The bytes with one run of bytes written over another, wherever it is.
pub(super) fn replaced(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| find(rest, from)) {
        bytes[at + found..at + found + to.len()].copy_from_slice(to);
        at += found + to.len();
    }
    bytes
}

/// Where some bytes are among others.
pub(super) fn find(bytes: &[u8], words: &[u8]) -> Option<usize> {
    bytes.windows(words.len()).position(|at| at == words)
}

/// The heads of members: where in each the two bytes of this field are, in front of the member and in
/// the directory.
pub(super) fn patched(mut bytes: Vec<u8>, local: usize, central: usize, to: &[u8]) -> Vec<u8> {
    for (mark, field) in [(b"PK\x03\x04", local), (b"PK\x01\x02", central)] {
        let mut at = 0;
        while let Some(found) = bytes.get(at..).and_then(|rest| find(rest, mark)) {
            let start = at + found + field;
            bytes[start..start + to.len()].copy_from_slice(to);
            at += found + 4;
        }
    }
    bytes
}

/// The first so many of a hundred parts.
pub(super) fn cut(bytes: &[u8], percent: usize) -> Vec<u8> {
    bytes.iter().take(bytes.len() * percent / 100).copied().collect()
}

fn rels(of: &[(&str, &str)]) -> String {
    let all: Vec<_> = of
        .iter()
        .zip(1..)
        .map(|((kind, target), n)| {
            format!(
                "<Relationship Id=\"rId{n}\" Type=\"{OFFICE}/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/>"
            )
        })
        .collect();
    let all = all.concat();
    format!("<Relationships xmlns=\"{OFFICE}/package/2006/relationships\">{all}</Relationships>")
}

/// A workbook with this sheet, and these other parts.
pub(super) fn xlsx(sheet: &str, others: &[(&str, &[u8])]) -> Vec<u8> {
    let types = format!(
        "<Types xmlns=\"{OFFICE}/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
    );
    let book = format!(
        "<workbook xmlns=\"{OFFICE}/spreadsheetml/2006/main\" xmlns:r=\"{OFFICE}/officeDocument/2006/relationships\">\
         <sheets><sheet name=\"台帳\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let of_package = rels(&[("officeDocument", "xl/workbook.xml")]);
    let of_book =
        rels(&[("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")]);
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", of_package.as_bytes()),
        ("xl/_rels/workbook.xml.rels", of_book.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    if others.iter().all(|(name, _)| *name != "xl/sharedStrings.xml") {
        parts.push(("xl/sharedStrings.xml", b"<sst/>"));
    }
    parts.extend(others);
    zip(&parts)
}

/// A sheet with this in it.
pub(super) fn sheet(inside: &str) -> String {
    format!(
        "<worksheet xmlns=\"{OFFICE}/spreadsheetml/2006/main\"><sheetData>{inside}</sheetData></worksheet>"
    )
}

/// A cell with a text.
pub(super) fn cell(at: &str, text: &str) -> String {
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// A sheet with two small rows.
pub(super) fn plain_sheet() -> String {
    sheet(&format!(
        "<row r=\"1\">{}</row><row r=\"2\">{}</row>",
        cell("A1", "品名"),
        cell("A2", "鉛筆")
    ))
}

/// A document with this in its body, and these other parts.
pub(super) fn docx(body: &str, others: &[(&str, &[u8])]) -> Vec<u8> {
    let document = format!(
        "<w:document xmlns:w=\"{OFFICE}/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    docx_of(document.as_bytes(), others)
}

/// A document whose main part is this.
pub(super) fn docx_of(document: &[u8], others: &[(&str, &[u8])]) -> Vec<u8> {
    let mut parts: Vec<(&str, &[u8])> =
        vec![("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document)];
    parts.extend(others);
    zip(&parts)
}

/// A presentation of one slide.
pub(super) fn pptx() -> Vec<u8> {
    zip(&[
        ("[Content_Types].xml", "<Types/>"),
        ("ppt/presentation.xml", "<p/>"),
        ("ppt/slides/slide1.xml", "<p:sld xmlns:p=\"p\"/>"),
    ])
}

/// An `OpenDocument` workbook with this in its one table.
pub(super) fn ods(inside: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">\
         <office:body><office:spreadsheet><table:table table:name=\"台帳\">{inside}</table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("mimetype", stored).unwrap();
    zip.write_all(b"application/vnd.oasis.opendocument.spreadsheet").unwrap();
    zip.start_file("content.xml", SimpleFileOptions::default()).unwrap();
    zip.write_all(content.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

/// A compound file with these streams.
pub(super) fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        file.create_stream(name).unwrap().write_all(bytes).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// Records of a workbook of Excel 97, each with its kind and content.
pub(super) fn records(all: &[(u16, &[u8])]) -> Vec<u8> {
    let record = |(kind, body): &(u16, &[u8])| {
        let length = u16::try_from(body.len()).unwrap();
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), body].concat()
    };
    all.iter().flat_map(record).collect()
}

/// A PDF of these objects, numbered from 1.
pub(super) fn pdf(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut all = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (object, n) in objects.iter().zip(1..) {
        places.push(all.len());
        all.extend(format!("{n} 0 obj\n").bytes());
        all.extend(object);
        all.extend(b"\nendobj\n");
    }
    let table = all.len();
    all.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    for place in places {
        all.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    let end =
        format!("trailer\n<</Size {size} /Root 1 0 R {trailer}>>\nstartxref\n{table}\n%%EOF\n");
    all.extend(end.bytes());
    all
}

/// A stream of a PDF with this in its head.
pub(super) fn stream(head: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("<</Length {} {head}>>\nstream\n", bytes.len());
    [head.as_bytes(), bytes, b"\nendstream"].concat()
}

/// Bytes packed as PDF and PNG do.
pub(super) fn deflated(bytes: Vec<u8>) -> Vec<u8> {
    let mut stream = lopdf::Stream::new(lopdf::Dictionary::new(), bytes);
    stream.compress().unwrap();
    stream.content
}

/// A PDF of one page with these other objects, numbered from 5.
pub(super) fn page(content: Vec<u8>, others: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>".to_vec(),
        content,
    ];
    objects.extend_from_slice(others);
    pdf(&objects, "")
}

/// A page with some text.
pub(super) fn plain_page() -> Vec<u8> {
    page(stream("", b"BT (text) Tj ET"), &[])
}
