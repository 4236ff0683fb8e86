//! What the workbook says before its sheets.

use std::collections::HashMap;
use std::io::{BufRead, Seek};

use super::super::bounded::{End, Go};
use super::super::feed::{Feed, MAX_PARTS};
use super::super::number::Shown;
use super::super::shared::Shared;
use super::record::{Record, Records};
use super::text::{Texts, long_text};
use crate::contents::model::{Hidden, Unreadable};

const BOF: u16 = 0x809;
const EOF: u16 = 0x0a;
/// The version that a workbook of Excel 97–2003 names.
const BIFF8: u16 = 0x600;

/// A sheet.
pub(super) struct SheetAt {
    pub(super) name: String,
    pub(super) start: u32,
    pub(super) hidden: bool,
    pub(super) very: bool,
    /// Whether it holds cells; a chart doesn't.
    pub(super) cells: bool,
}

/// What all sheets share.
#[derive(Default)]
pub(super) struct Globals {
    pub(super) sheets: Vec<SheetAt>,
    pub(super) strings: Shared,
    pub(super) since_1904: bool,
    pub(super) formats: Vec<Shown>,
    codes: HashMap<u16, Shown>,
}

impl Globals {
    /// Reads up to the first sheet.
    ///
    /// # Errors
    /// It is encrypted, of an older kind, or broken.
    pub(super) fn read(
        records: &mut Records<impl BufRead + Seek>,
        feed: &mut Feed<'_>,
    ) -> Go<Self> {
        let mut globals = Self::default();
        let mut begun = false;
        loop {
            let Some(record) = records.next()? else {
                return Err(End::BROKEN);
            };
            match record.id {
                BOF if record.short(0)? != BIFF8 => {
                    return Err(End::Why(Unreadable::Unknown));
                }
                BOF => begun = true,
                _ if !begun => return Err(End::BROKEN),
                EOF => return Ok(globals),
                _ => globals.take(&record, feed)?,
            }
        }
    }

    fn take(&mut self, record: &Record<'_>, feed: &mut Feed<'_>) -> Go {
        match record.id {
            // FILEPASS
            0x2f => return Err(End::Why(Unreadable::Encrypted)),
            // BOUNDSHEET
            0x85 if self.sheets.len() < MAX_PARTS => self.sheet(record, feed)?,
            // SST
            0xfc => self.strings(record)?,
            // DATEMODE
            0x22 => self.since_1904 = record.short(0)? == 1,
            // FORMAT
            0x41e => {
                let mut code = String::new();
                long_text(record, 2, &mut code)?;
                self.codes.insert(record.short(0)?, Shown::of_code(&code));
            }
            // XF
            0xe0 if self.formats.len() < usize::from(u16::MAX) => {
                let id = record.short(2)?;
                let own = self.codes.get(&id).cloned();
                self.formats.push(own.unwrap_or_else(|| Shown::built_in(u32::from(id))));
            }
            // CRN: a row of an external workbook, kept as a copy.
            0x5a => feed.aside.hides(Hidden::Cache, "", 1),
            _ => {}
        }
        Ok(())
    }

    fn sheet(&mut self, record: &Record<'_>, feed: &mut Feed<'_>) -> Go {
        let mut name = String::new();
        let length = usize::from(record.byte(6)?);
        if length > 0 {
            Texts::new(record, 7).text(length, &mut name)?;
        }
        let (state, kind) = (record.byte(4)? & 3, record.byte(5)?);
        if matches!(kind, 1 | 6) {
            feed.aside.hides(Hidden::Program, "", 1);
        }
        self.sheets.push(SheetAt {
            name,
            start: record.long(0)?,
            hidden: state != 0,
            very: state == 2,
            cells: matches!(kind, 0 | 1),
        });
        Ok(())
    }

    /// The shared texts, as many as there are: how many are announced isn't asked.
    fn strings(&mut self, record: &Record<'_>) -> Go {
        let mut texts = Texts::new(record, 8);
        let mut text = String::new();
        while !texts.is_over() {
            let length = usize::from(texts.short()?);
            texts.text(length, &mut text)?;
            self.strings.add(&text)?;
            self.strings.end(|_, _| {})?;
            text.clear();
        }
        Ok(())
    }
}
