//! What is found in a file: counts, names of columns and kinds of data. Never a value of a cell.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::word_type;

word_type! {
    /// What a file is.
    Format {
        /// Comma-separated text.
        Csv = "csv",
        /// Tab-separated text.
        Tsv = "tsv",
        /// A workbook (ECMA-376).
        Xlsx = "xlsx",
        /// A workbook that brings programs.
        Xlsm = "xlsm",
        /// A workbook of Excel 97–2003 (BIFF8).
        Xls = "xls",
        /// A workbook (`OpenDocument`).
        Ods = "ods",
        /// A text document (ECMA-376).
        Docx = "docx",
        /// A presentation (ECMA-376).
        Pptx = "pptx",
        /// PDF.
        Pdf = "pdf",
        /// An archive.
        Zip = "zip",
        /// Plain text.
        Text = "text",
        /// A picture.
        Image = "image",
        /// Anything else: nothing can be said of what is in it.
        Other = "other",
    }
}

word_type! {
    /// A kind of personal data, as a heading or the values of a column tell it.
    DataKind {
        /// 氏名.
        Name = "name",
        /// 氏名のかな.
        Kana = "kana",
        /// 生年月日.
        BirthDate = "birth_date",
        /// 年齢.
        Age = "age",
        /// 性別.
        Sex = "sex",
        /// 住所.
        Address = "address",
        /// 電話番号.
        Phone = "phone",
        /// メールアドレス.
        Mail = "mail",
        /// A number that names a person: 職員番号, 受給者番号, 被保険者番号.
        PersonNumber = "person_number",
        /// 家族・扶養.
        Family = "family",
        /// 学歴・職歴・資格.
        Career = "career",
        /// 給与・賞与・報酬.
        Pay = "pay",
        /// 所得・税・給付.
        Income = "income",
        /// 口座.
        Account = "account",
        /// クレジットカード (Luhn).
        Card = "card",
        /// 病歴・健康診断 (要配慮).
        Health = "health",
        /// 障害 (要配慮).
        Disability = "disability",
        /// 犯罪の経歴・被害 (要配慮).
        Crime = "crime",
        /// 人種・信条・社会的身分 (要配慮).
        Creed = "creed",
        /// 個人番号, by its check digit.
        MyNumber = "my_number",
        /// 法人番号, by its check digit: no personal data.
        CorporateNumber = "corporate_number",
    }
}

impl DataKind {
    /// Whether it is personal data that needs special care (個人情報保護法2条3項, 同施行令2条).
    #[must_use]
    pub fn is_sensitive(self) -> bool {
        matches!(self, Self::Health | Self::Disability | Self::Crime | Self::Creed)
    }
}

word_type! {
    /// Something in a file that its reader doesn't see at once.
    Hidden {
        /// A sheet that isn't shown.
        Sheet = "sheet",
        /// A sheet that the program itself doesn't offer to show (very hidden).
        VeryHiddenSheet = "very_hidden_sheet",
        /// Rows that aren't shown.
        Rows = "rows",
        /// Columns that aren't shown.
        Columns = "columns",
        /// A filter that leaves rows out.
        Filter = "filter",
        /// Comments and notes.
        Comments = "comments",
        /// Deleted and inserted text that is still there, or a history of changes.
        Revisions = "revisions",
        /// Text formatted as hidden.
        Text = "text",
        /// A slide that isn't shown.
        Slide = "slide",
        /// Speaker's notes.
        Notes = "notes",
        /// A copy of data behind a pivot table, or of an external workbook.
        Cache = "cache",
        /// A file inside the file.
        Embedded = "embedded",
        /// A program (macro, script).
        Program = "program",
    }
}

/// Something hidden: where, and how much of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HiddenAt {
    /// What.
    pub what: Hidden,
    /// The sheet or part; empty for the whole file.
    pub place: String,
    /// How many: rows, columns, comments.
    pub count: u64,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnFound {
    /// Its place, from 0.
    pub at: u16,
    /// The heading; empty without one. Cut to 100 characters; a My Number in it is masked.
    pub heading: String,
    /// The kind that heading or values tell.
    pub kind: Option<DataKind>,
    /// How many of its cells below the heading hold something.
    pub filled: u64,
    /// Whether it isn't shown.
    pub hidden: bool,
}

/// Rows by whom they name: the column that names the recipients who are watched for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Naming {
    /// The column, from 0.
    pub column: u16,
    /// How many rows name each of those who are watched for, by their key.
    pub rows: BTreeMap<String, u64>,
    /// How many rows name somebody else.
    pub others: u64,
}

/// A table: a sheet, or the whole of a CSV file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The sheet's name; empty for a CSV file. Cut to 100 characters.
    pub name: String,
    /// Whether the sheet isn't shown.
    pub hidden: bool,
    /// The row of the headings, as programs number rows, from 1; 0 where none was recognised.
    pub heading_row: u32,
    /// Rows below the headings that hold something, hidden ones among them.
    pub rows: u64,
    /// How many of these aren't shown.
    pub hidden_rows: u64,
    /// Its columns that hold something.
    pub columns: Vec<ColumnFound>,
    /// How many distinct persons its rows are about; 0 where no column tells persons apart.
    pub persons: u64,
    /// Who is named by its rows, where somebody who is watched for is.
    pub naming: Option<Naming>,
}

word_type! {
    /// Why nothing, or not all, could be said of what is in a file.
    Unreadable {
        /// It has a password or is encrypted.
        Encrypted = "encrypted",
        /// It isn't what its name says, or is broken.
        Broken = "broken",
        /// It unpacks to more than is looked at, or nests deeper.
        Bomb = "bomb",
        /// It has more rows, pages or parts than are looked at.
        TooLarge = "too_large",
        /// A member's name leads out of the archive.
        Path = "path",
        /// A format that isn't known.
        Unknown = "unknown",
        /// Text in an encoding that isn't known.
        Encoding = "encoding",
    }
}

/// What is found in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// What the file is, by its content.
    pub format: Format,
    /// Its tables.
    pub tables: Vec<Table>,
    /// What is hidden in it.
    pub hidden: Vec<HiddenAt>,
    /// Kinds of personal data found outside tables, with how often.
    pub loose: BTreeMap<DataKind, u64>,
    /// How many distinct persons all tables are about.
    pub persons: u64,
    /// How many 個人番号 are in it, wherever: in cells, texts, hidden parts, names of files.
    pub my_numbers: u64,
    /// What is told about the file: (author, company, title …) → value; at most 100 characters each.
    pub metadata: BTreeMap<String, String>,
    /// The pages, slides or pictures; 0 where that means nothing.
    pub pages: u64,
    /// The files in an archive.
    pub members: Vec<Member>,
    /// Why it isn't known what (else) is in it.
    pub unreadable: Option<Unreadable>,
}

/// A file in an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its path in the archive, cut to 200 characters.
    pub name: String,
    /// Its size, unpacked.
    pub size: u64,
    /// What is in it.
    pub contents: Contents,
}

impl Contents {
    /// A file of which nothing is known yet.
    #[must_use]
    pub fn of(format: Format) -> Self {
        Self {
            format,
            tables: Vec::new(),
            hidden: Vec::new(),
            loose: BTreeMap::new(),
            persons: 0,
            my_numbers: 0,
            metadata: BTreeMap::new(),
            pages: 0,
            members: Vec::new(),
            unreadable: None,
        }
    }

    /// A file of which nothing can be said.
    #[must_use]
    pub fn unreadable(format: Format, why: Unreadable) -> Self {
        Self { unreadable: Some(why), ..Self::of(format) }
    }

    /// The file itself and all in it, from the outside in.
    #[must_use]
    pub fn all(&self) -> Vec<&Self> {
        let mut all = vec![self];
        all.extend(self.members.iter().flat_map(|member| member.contents.all()));
        all
    }

    /// Every kind of personal data that was found, wherever.
    #[must_use]
    pub fn kinds(&self) -> std::collections::BTreeSet<DataKind> {
        let of = |one: &Self| {
            let columns = one.tables.iter().flat_map(|table| table.columns.iter());
            let kinds = columns.filter_map(|column| column.kind);
            let mine = (one.my_numbers > 0).then_some(DataKind::MyNumber);
            kinds.chain(one.loose.keys().copied()).chain(mine).collect::<Vec<_>>()
        };
        self.all().into_iter().flat_map(of).collect()
    }
}

/// Whom to look for in the rows: the recipients of an entrustment, by a key and the names by which
/// lists call them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watch {
    /// Key and names; compared after folding (`japanese::fold_name`).
    pub named: Vec<(String, Vec<String>)>,
}

/// How much of a file is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Bytes that all parts of a package may unpack to.
    pub unpacked: u64,
    /// Parts of a package or archive.
    pub members: usize,
    /// Archives within archives.
    pub depth: u8,
    /// Rows of all tables.
    pub rows: u64,
    /// Columns of a table.
    pub columns: u16,
    /// Characters of text taken from documents.
    pub text: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            unpacked: 1024 * 1024 * 1024,
            members: 2000,
            depth: 2,
            rows: 1_100_000,
            columns: 1000,
            text: 20_000_000,
        }
    }
}
