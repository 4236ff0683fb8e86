//! CSV (RFC 4180), as spreadsheets write it in Japan.

use csv::{ReaderBuilder, StringRecord};

use super::decode::{self, Unreadable};
use super::model::{At, Fault, Sheet};
use super::read::Taker;
use crate::web::Message;

pub(super) fn read(whole: &At, bytes: &[u8]) -> Result<Sheet, Vec<Fault>> {
    let text = decode::text(bytes).map_err(|why| vec![unreadable(whole, why)])?;
    let mut taker = Taker::new(&whole.sheet);
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let (mut row, mut line, mut quotes_at) = (0_u32, 1_u64, 1_u32);
    while let Ok(true) = reader.read_record(&mut record) {
        // Empty lines are rows too: the number must be the one that the reader's program shows.
        let inside = record.iter().map(|cell| cell.matches('\n').count()).sum::<usize>();
        let lines = reader.position().line().saturating_sub(line);
        let skipped = lines.saturating_sub(1 + u64::try_from(inside).unwrap_or(0));
        line = reader.position().line();
        row = row.saturating_add(1).saturating_add(u32::try_from(skipped).unwrap_or(0));
        quotes_at = row;
        for (column, cell) in record.iter().enumerate() {
            taker.take(row, u16::try_from(column).unwrap_or(u16::MAX), cell)?;
        }
    }
    if !text.matches('"').count().is_multiple_of(2) {
        let at = At::row(&whole.sheet, quotes_at);
        return Err(vec![Fault::new(at, Message::new("sheet-fault-quotes"))]);
    }
    taker.finish()
}

fn unreadable(whole: &At, why: Unreadable) -> Fault {
    match why {
        Unreadable::Utf16 => Fault::new(whole.clone(), Message::new("sheet-fault-utf16")),
        Unreadable::Binary => Fault::new(whole.clone(), Message::new("sheet-fault-content")),
        Unreadable::EucJp => Fault::new(whole.clone(), Message::new("sheet-fault-euc")),
        Unreadable::Mixed(line) => {
            Fault::new(At::row(&whole.sheet, line), Message::new("sheet-fault-encoding"))
        }
    }
}
