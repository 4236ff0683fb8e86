//! The lists of the recipients, made from one that is read once.

use std::io::{Read, Seek, SeekFrom};

use super::ground::{Cut, Ground};
use super::read::{self, Taking, Tally};
use crate::actor::Authorized;
use crate::contents::{ColumnFound, DataKind, Format};
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::handover::model::{DeliveryId, File};
use crate::handover::policy::{Edit, Of};
use crate::handover::upload;
use crate::sheet::{Column, Encoding, Head, Kind, RowWriter, Shape};
use crate::storage::{FileWriter, Written};
use crate::web::Portal;

/// Most characters of the lines above the headings.
const LINE: usize = 1000;
/// Most lines above the headings that are kept.
const LINES: usize = 20;
/// Bytes that are looked at in one go.
const BLOCK: usize = 64 * 1024;

/// A list that was made and not entered yet.
pub(super) struct Made {
    /// For whom.
    pub delivery: DeliveryId,
    /// Its name.
    pub name: String,
    /// Its rows.
    pub rows: u64,
    /// Its columns.
    pub columns: usize,
    /// Where it is stored.
    pub written: Written,
}

/// Makes the list of every recipient that has a row. It blocks.
///
/// # Errors
/// Those of reading and storing; nothing is stored then.
pub(super) fn make(
    portal: &Portal,
    ground: &Ground,
    cut: &Cut,
    key: &crate::storage::WrappedKey,
    (titles, now): (bool, crate::clock::Timestamp),
) -> Result<(Vec<Made>, Tally)> {
    let mut reader = ground.parts.reader();
    let shape = shape(ground.format, &mut reader)?;
    let begin = |lines: &[String], part: usize| -> Result<RowWriter<FileWriter>> {
        let columns = columns(cut, part);
        let to = upload::begin_generated(portal, key, ground.of.1.tenant_id, now)?;
        let head = Head { title: &cut.table.name, lines, columns: &columns, at: now };
        RowWriter::begin(shape, head, to)
    };
    let mut lists = Lists {
        cut,
        begin: &begin,
        lines: Vec::new(),
        titles,
        open: cut.plan.parts.iter().map(|_| None).collect(),
    };
    let tally = read::read(ground.format, &mut reader, &cut.table, &cut.plan, &mut lists)?;
    let open = std::mem::take(&mut lists.open);
    let mut made = Vec::new();
    match finish(ground, cut, shape, open, &tally, &mut made) {
        Ok(()) => Ok((made, tally)),
        Err(error) => {
            let folders: Vec<String> = made.into_iter().map(|made| made.written.folder).collect();
            discard(portal, &folders)?;
            Err(error)
        }
    }
}

/// Takes away what was made in vain. It blocks.
///
/// # Errors
/// Those of the store.
pub(super) fn discard(portal: &Portal, folders: &[String]) -> Result<()> {
    folders.iter().try_for_each(|folder| upload::discard_generated(portal, folder))
}

type List = RowWriter<FileWriter>;
type Begin<'a> = &'a dyn Fn(&[String], usize) -> Result<List>;

/// The lists that are being written: one is begun with its first row.
struct Lists<'a> {
    cut: &'a Cut,
    begin: Begin<'a>,
    lines: Vec<String>,
    titles: bool,
    open: Vec<Option<List>>,
}

impl Taking for Lists<'_> {
    fn title(&mut self, cells: &[(u16, String)]) -> Result<()> {
        let words: Vec<&str> = cells.iter().map(|(_, text)| text.as_str()).collect();
        if self.titles && self.lines.len() < LINES {
            self.lines.push(words.join("　").chars().take(LINE).collect());
        }
        Ok(())
    }

    fn row(&mut self, part: usize, cells: &[(u16, String)]) -> Result<()> {
        let slot = self.open.get_mut(part).ok_or_else(|| Error::internal("no such part"))?;
        let list = match slot {
            Some(list) => list,
            None => slot.insert((self.begin)(&self.lines, part)?),
        };
        list.row(&self.cut.plan.cells(part, cells))
    }
}

fn finish(
    ground: &Ground,
    cut: &Cut,
    shape: Shape,
    open: Vec<Option<List>>,
    tally: &Tally,
    made: &mut Vec<Made>,
) -> Result<()> {
    for ((list, part), rows) in open.into_iter().zip(&cut.plan.parts).zip(&tally.parts) {
        let Some(list) = list else { continue };
        let addressee =
            cut.addressees.get(part.addressee).ok_or_else(|| Error::internal("no recipient"))?;
        let to = ground.names.get(part.addressee).map_or("", String::as_str);
        made.push(Made {
            delivery: addressee.id,
            name: name(&ground.file, to, shape),
            rows: *rows,
            columns: part.columns.len(),
            written: list.finish()?.finish()?,
        });
    }
    Ok(())
}

/// `名簿_みどり作業所.xlsx`.
fn name(source: &File, to: &str, shape: Shape) -> String {
    let stem = source.name.rsplit_once('.').map_or(source.name.as_str(), |(stem, _)| stem);
    let ending = match shape {
        Shape::Xlsx => "xlsx",
        Shape::Csv(_) => "csv",
        Shape::Tsv(_) => "tsv",
    };
    let stem: String = stem.chars().take(60).collect();
    let to: String = to.chars().take(50).collect();
    crate::storage::file::plain_name(&format!("{stem}_{to}.{ending}").replace(['/', '\\'], "・"))
}

fn columns(cut: &Cut, part: usize) -> Vec<Column> {
    let places = cut.plan.parts.get(part).map(|part| part.columns.as_slice()).unwrap_or_default();
    let found = |at: &u16| cut.table.columns.iter().find(|column| column.at == *at);
    let column = |found: &ColumnFound| Column::new(found.heading.clone(), kind(found.kind));
    places.iter().filter_map(found).map(column).collect()
}

/// Only of sums and ages the digits are a number.
fn kind(kind: Option<DataKind>) -> Kind {
    match kind {
        Some(DataKind::Age | DataKind::Pay | DataKind::Income) => Kind::Number,
        Some(DataKind::BirthDate) => Kind::Date,
        _ => Kind::Text,
    }
}

/// As what the lists are written: text as text in its own encoding, every workbook as .xlsx.
fn shape(format: Format, file: &mut (impl Read + Seek)) -> Result<Shape> {
    match format {
        Format::Csv => Ok(Shape::Csv(encoding(file)?)),
        Format::Tsv => Ok(Shape::Tsv(encoding(file)?)),
        _ => Ok(Shape::Xlsx),
    }
}

/// The encoding of a text file: what isn't UTF-8 and could be read is CP932.
fn encoding(file: &mut (impl Read + Seek)) -> Result<Encoding> {
    file.seek(SeekFrom::Start(0)).map_err(Error::internal)?;
    let found = utf8(file).map_err(Error::internal)?;
    file.seek(SeekFrom::Start(0)).map_err(Error::internal)?;
    Ok(if found { Encoding::Utf8 } else { Encoding::Cp932 })
}

/// Whether everything is UTF-8, or has the mark of UTF-16, which is written as UTF-8.
fn utf8(file: &mut impl Read) -> std::io::Result<bool> {
    let mut rest: Vec<u8> = Vec::new();
    let mut first = true;
    loop {
        let before = rest.len();
        let room = u64::try_from(BLOCK).unwrap_or(u64::MAX);
        file.by_ref().take(room).read_to_end(&mut rest)?;
        if std::mem::take(&mut first)
            && (rest.starts_with(&[0xff, 0xfe]) || rest.starts_with(&[0xfe, 0xff]))
        {
            return Ok(true);
        }
        let ended = rest.len() == before;
        match std::str::from_utf8(&rest) {
            Ok(_) if ended => return Ok(true),
            Ok(_) => rest.clear(),
            Err(cut) if cut.error_len().is_none() && !ended => {
                rest = rest.split_off(cut.valid_up_to());
            }
            Err(_) => return Ok(false),
        }
    }
}

/// Puts the lists in the place of the one that was cut.
///
/// # Errors
/// Those of the database.
pub(super) fn replace(
    tx: &mut Tx<'_>,
    portal: &Portal,
    of: &Authorized<Of, Edit>,
    source: &File,
    made: Vec<Made>,
) -> Result<()> {
    upload::remove(tx, of, source)?;
    for Made { delivery, name, written, .. } in made {
        let new =
            upload::Generated { name: &name, delivery: Some(delivery), source: Some(source.id) };
        upload::keep_generated(tx, portal, of, &new, written)?;
    }
    Ok(())
}
