use super::super::made::{docx, look, pptx, zip};
use super::super::model::{Contents, DataKind, Format, Hidden, Unreadable};

fn hidden(contents: &Contents) -> Vec<(Hidden, u64)> {
    contents.hidden.iter().map(|one| (one.what, one.count)).collect()
}

fn run(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn the_text_of_a_document_is_searched_wherever_it_is() {
    let number = "123456789018";
    let part = |name: &str| format!("<w:{name} xmlns:w=\"w\">{}</w:{name}>", run(number));
    let (header, notes, comments) = (part("hdr"), part("footnotes"), part("comments"));
    let bytes = docx(
        &run("1234 5678 9018"),
        &[
            ("word/header1.xml", header.as_bytes()),
            ("word/footnotes.xml", notes.as_bytes()),
            ("word/comments.xml", comments.as_bytes()),
            ("word/styles.xml", b"<not xml"),
        ],
    );
    let found = look("通知.docx", &bytes);
    assert_eq!((found.format, found.unreadable, found.my_numbers), (Format::Docx, None, 4));
}

#[test]
fn runs_of_a_paragraph_are_one_line_and_cells_are_apart() {
    let split = "<w:p><w:r><w:t>12345678</w:t></w:r><w:r><w:t>9018</w:t></w:r></w:p>";
    assert_eq!(look("a.docx", &docx(split, &[])).my_numbers, 1);
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", run(text));
    let table = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell("氏名"), cell("山田 花子"));
    assert_eq!(look("a.docx", &docx(&table, &[])).loose.get(&DataKind::Name), Some(&1));
    let apart = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell("12345678"), cell("9018"));
    assert_eq!(look("a.docx", &docx(&apart, &[])).my_numbers, 0);
}

#[test]
fn what_a_reader_of_a_document_does_not_see_is_told() {
    let body = "<w:p><w:ins w:id=\"1\"><w:r><w:t>a</w:t></w:r></w:ins>\
        <w:del w:id=\"2\"><w:r><w:delText>123456789018</w:delText></w:r></w:del></w:p>\
        <w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>b</w:t></w:r>\
        <w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>c</w:t></w:r></w:p>";
    let comments = b"<w:comments xmlns:w=\"w\"><w:comment/><w:comment/></w:comments>";
    let bytes = docx(
        body,
        &[
            ("word/comments.xml", comments),
            ("word/vbaProject.bin", b"x"),
            ("word/embeddings/a.txt", b"x"),
        ],
    );
    let found = look("a.docx", &bytes);
    let mut all = hidden(&found);
    all.sort_unstable();
    assert_eq!(
        all,
        [
            (Hidden::Comments, 2),
            (Hidden::Revisions, 2),
            (Hidden::Text, 1),
            (Hidden::Embedded, 1),
            (Hidden::Program, 1),
        ]
    );
    assert_eq!(found.my_numbers, 1, "deleted text is still there");
}

#[test]
fn a_file_inside_a_document_is_looked_into() {
    let list = "個人番号 123456789018".as_bytes();
    let inner = docx(&run("療育手帳"), &[("word/embeddings/list.txt", list)]);
    let found = look("a.docx", &docx("", &[("word/embeddings/Inner.docx", &inner)]));
    assert_eq!(found.members[0].name, "word/embeddings/Inner.docx");
    assert_eq!(
        found.kinds().into_iter().collect::<Vec<_>>(),
        [DataKind::Disability, DataKind::MyNumber]
    );
}

#[test]
fn what_a_document_tells_about_itself() {
    let core = "<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\"><dc:creator>三重野 県子</dc:creator>\
        <dc:title> 名簿 123456789018 </dc:title><cp:lastModifiedBy/></cp:coreProperties>";
    let bytes = docx(
        "",
        &[
            ("docProps/core.xml", core.as_bytes()),
            ("docProps/app.xml", "<Properties><Company>三重野県</Company></Properties>".as_bytes()),
        ],
    );
    let found = look("a.docx", &bytes);
    let told: Vec<_> = found.metadata.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    assert_eq!(
        told,
        [
            ("author", "三重野 県子"),
            ("company", "三重野県"),
            ("title", "名簿 ＊＊＊＊＊＊＊＊＊＊＊＊")
        ]
    );
    assert_eq!(found.my_numbers, 1, "counted and masked");
}

#[test]
fn slides_notes_and_comments_of_a_presentation() {
    let slide = |attributes: &str, text: &str| {
        format!(
            "<p:sld xmlns:p=\"p\" xmlns:a=\"a\" {attributes}><a:p><a:t>{text}</a:t></a:p></p:sld>"
        )
    };
    let notes =
        "<p:notes xmlns:p=\"p\" xmlns:a=\"a\"><a:p><a:t>電話 059-224-3070</a:t></a:p></p:notes>";
    let empty =
        "<p:notes xmlns:p=\"p\" xmlns:a=\"a\"><a:p><a:fld><a:t>2</a:t></a:fld></a:p></p:notes>";
    let bytes = pptx(
        &[&slide("", "表紙"), &slide("show=\"0\"", "123456789018")],
        &[
            ("ppt/notesSlides/notesSlide1.xml", notes.as_bytes()),
            ("ppt/notesSlides/notesSlide2.xml", empty.as_bytes()),
            (
                "ppt/comments/comment1.xml",
                b"<p:cmLst xmlns:p=\"p\"><p:cm><p:text>a</p:text></p:cm></p:cmLst>",
            ),
        ],
    );
    let found = look("a.pptx", &bytes);
    assert_eq!((found.pages, found.my_numbers), (2, 1));
    assert_eq!(found.loose.get(&DataKind::Phone), Some(&1));
    assert_eq!(hidden(&found), [(Hidden::Comments, 1), (Hidden::Slide, 1), (Hidden::Notes, 1)]);
}

#[test]
fn what_is_no_document_is_said() {
    let entity = docx("&x;", &[]);
    assert_eq!(look("a.docx", &entity).unreadable, None, "an unknown reference is nothing");
    let doctype = zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        (
            "word/document.xml",
            b"<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
        ),
    ]);
    for (name, bytes, why) in [
        ("a.docx", doctype, Unreadable::Broken),
        ("a.docx", docx("<w:p>", &[]), Unreadable::Broken),
        ("a.docx", zip(&[("a.txt", b"x")]), Unreadable::Broken),
        ("a.docx", docx("", &[("xl/workbook.xml", b"<x/>")]), Unreadable::Broken),
        ("a.pptx", docx("", &[]), Unreadable::Broken),
    ] {
        assert_eq!(look(name, &bytes).unreadable, Some(why));
    }
    assert_eq!(look("名簿", &docx("", &[])).format, Format::Docx, "without an ending, what it is");
}
