//! A look into an archive before anything of it is kept: how much it holds, and whether it brings
//! a program.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::web::Message;

/// Most members of an archive.
const MAX_MEMBERS: usize = 2000;
/// Most bytes of all members, unpacked.
const MAX_UNPACKED: u64 = 200 * 1024 * 1024;
/// Most bytes for one packed byte, of members larger than [`SMALL`].
const MAX_RATIO: u64 = 200;
/// Members up to this size may be packed as tightly as they like.
const SMALL: u64 = 4 * 1024 * 1024;
/// Most texts that a workbook may announce: the reader makes room for as many at once.
const MAX_ANNOUNCED: u64 = 2_000_000;
/// Bytes looked at in one go.
const PIECE: usize = 64 * 1024;

/// Unpacks every member piece by piece, keeping none: what the archive says about its sizes may lie.
pub(super) fn look(bytes: &[u8]) -> Result<(), Message> {
    let broken = || Message::new("sheet-fault-broken");
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return Err(broken());
    };
    if archive.len() > MAX_MEMBERS {
        return Err(Message::new("sheet-fault-bomb"));
    }
    let mut unpacked = 0;
    for index in 0..archive.len() {
        let Ok(mut member) = archive.by_index(index) else {
            return Err(broken());
        };
        let name = String::from_utf8_lossy(member.name_raw()).to_lowercase();
        if name.ends_with("vbaproject.bin") || name.contains("macrosheets/") {
            return Err(Message::new("sheet-fault-macro"));
        }
        let packed = member.compressed_size();
        let mut inside = Inside::new(&name);
        let mut piece = vec![0; PIECE];
        let mut size = 0;
        loop {
            let Ok(read) = member.read(&mut piece) else {
                return Err(broken());
            };
            if read == 0 {
                break;
            }
            size += u64::try_from(read).unwrap_or(u64::MAX);
            unpacked += u64::try_from(read).unwrap_or(u64::MAX);
            let tight = size > SMALL && size / packed.max(1) > MAX_RATIO;
            if unpacked > MAX_UNPACKED || tight {
                return Err(Message::new("sheet-fault-bomb"));
            }
            inside.look(piece.get(..read).unwrap_or_default())?;
        }
    }
    Ok(())
}

/// What is looked for in a member while it is unpacked.
#[expect(clippy::struct_excessive_bools, reason = "what an archive holds, one by one")]
struct Inside {
    xml: bool,
    types: bool,
    texts: bool,
    /// The last bytes of the piece before, so that nothing hides on the edge.
    tail: Vec<u8>,
    first: bool,
}

impl Inside {
    fn new(name: &str) -> Self {
        Self {
            xml: std::path::Path::new(name)
                .extension()
                .is_some_and(|ending| ending == "xml" || ending == "rels"),
            types: name.ends_with("[content_types].xml"),
            texts: name.ends_with("sharedstrings.xml"),
            tail: Vec::new(),
            first: true,
        }
    }

    fn look(&mut self, piece: &[u8]) -> Result<(), Message> {
        // Another encoding than ASCII's kin would hide from this look what the reader sees.
        let start = piece.get(..2).unwrap_or_default();
        if self.xml && self.first && start.iter().any(|b| matches!(b, 0 | 0xfe | 0xff)) {
            return Err(Message::new("sheet-fault-broken"));
        }
        self.first = false;
        if !self.types && !self.texts {
            return Ok(());
        }
        self.tail.extend_from_slice(piece);
        if self.types && find(&self.tail, b"macroEnabled").is_some() {
            return Err(Message::new("sheet-fault-macro"));
        }
        if self.texts && announced(&self.tail) > MAX_ANNOUNCED {
            return Err(Message::new("sheet-fault-bomb"));
        }
        let keep = self.tail.len().saturating_sub(100);
        self.tail.drain(..keep);
        Ok(())
    }
}

fn find(bytes: &[u8], words: &[u8]) -> Option<usize> {
    bytes.windows(words.len()).position(|at| at == words)
}

/// The largest number that a count in these bytes announces.
fn announced(bytes: &[u8]) -> u64 {
    const NAME: &[u8] = b"uniqueCount";
    let mut most = 0;
    let mut rest = bytes;
    while let Some(at) = find(rest, NAME) {
        rest = rest.get(at + NAME.len()..).unwrap_or_default();
        let digits = rest
            .iter()
            .skip_while(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n' | b'=' | b'"' | b'\''))
            .take_while(|b| b.is_ascii_digit());
        let number = digits.fold(0_u64, |number, digit| {
            number.saturating_mul(10).saturating_add(u64::from(digit - b'0'))
        });
        most = most.max(number);
    }
    most
}
