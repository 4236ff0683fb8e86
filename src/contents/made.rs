//! Files that tests make.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

use super::model::{Bounds, Contents, Watch};

/// What is found in a file.
pub(super) fn look(name: &str, bytes: &[u8]) -> Contents {
    super::look(name, &mut Cursor::new(bytes), &Watch::default(), &Bounds::default()).unwrap()
}

/// A ZIP with these members.
pub(super) fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A document with this body, and these other parts.
pub(super) fn docx(body: &str, others: &[(&str, &[u8])]) -> Vec<u8> {
    let document = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
         <w:body>{body}</w:body></w:document>"
    );
    let mut parts: Vec<(&str, &[u8])> =
        vec![("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())];
    parts.extend(others);
    zip(&parts)
}

/// A presentation with these slides, and these other parts.
pub(super) fn pptx(slides: &[&str], others: &[(&str, &[u8])]) -> Vec<u8> {
    let named: Vec<(String, &str)> = slides
        .iter()
        .enumerate()
        .map(|(n, slide)| (format!("ppt/slides/slide{}.xml", n + 1), *slide))
        .collect();
    let mut parts: Vec<(&str, &[u8])> =
        vec![("[Content_Types].xml", b"<Types/>"), ("ppt/presentation.xml", b"<p/>")];
    parts.extend(named.iter().map(|(name, slide)| (name.as_str(), slide.as_bytes())));
    parts.extend(others);
    zip(&parts)
}

/// A PDF of these objects, numbered from 1, the first being its catalogue.
pub(super) fn pdf(objects: &[&[u8]], trailer: &str) -> Vec<u8> {
    let mut all = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(all.len());
        all.extend(format!("{} 0 obj\n", n + 1).bytes());
        all.extend(*object);
        all.extend(b"\nendobj\n");
    }
    let table = all.len();
    all.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    for place in places {
        all.extend(format!("{place:010} 00000 n \n").bytes());
    }
    all.extend(
        format!(
            "trailer\n<</Size {} /Root 1 0 R {trailer}>>\nstartxref\n{table}\n%%EOF\n",
            objects.len() + 1
        )
        .bytes(),
    );
    all
}

/// A stream with this in its dictionary.
pub(super) fn stream(head: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("<</Length {} {head}>>\nstream\n", bytes.len());
    [head.as_bytes(), bytes, b"\nendstream"].concat()
}

/// A PDF of one page with this content and this font.
pub(super) fn page(content: &str, font: &[u8], others: &[&[u8]]) -> Vec<u8> {
    let content = stream("", content.as_bytes());
    let mut objects: Vec<&[u8]> = vec![
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 595 842]>>",
        &content,
        font,
    ];
    objects.extend(others);
    pdf(&objects, "")
}
