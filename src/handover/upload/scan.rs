//! The virus scanner and a file of the desk.

use std::io::Read;

use super::store;
use crate::clamav::{ScanError, Verdict};
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::handover::model::{FileId, Handover};
use crate::web::Portal;

/// What is known of a file after the scanner was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::handover) enum Scan {
    /// There is no scanner.
    NotConfigured,
    /// It found nothing.
    Clean,
    /// It found this.
    Found(String),
    /// It can't be reached, or didn't look: the file has to wait.
    Unreachable,
}

/// Has the scanner look at a file. It blocks: not for the async workers.
///
/// # Errors
/// When the file can't be read.
pub(in crate::handover) fn scan(portal: &Portal, file: &mut dyn Read) -> Result<Scan> {
    let Some(scanner) = &portal.settings.clamav else {
        return Ok(Scan::NotConfigured);
    };
    match scanner.scan(file) {
        Ok(Verdict::Clean) => Ok(Scan::Clean),
        Ok(Verdict::Found(name)) => Ok(Scan::Found(name)),
        Err(ScanError::Scanner(error)) => {
            tracing::warn!(%scanner, %error, "the virus scanner did not look at a file");
            Ok(Scan::Unreachable)
        }
        Err(ScanError::Bytes(error)) => Err(Error::internal(error)),
    }
}

/// Tells in the ledger that the scanner found something, or that a file waits for it; of the rest
/// there is nothing to tell.
///
/// # Errors
/// Those of the database.
pub(in crate::handover) fn tell(
    tx: &mut Tx<'_>,
    of: &Handover,
    file: FileId,
    scan: &Scan,
) -> Result<()> {
    match scan {
        Scan::Found(name) => store::scanned(tx, of, file, Some(name)),
        Scan::Unreachable => store::scanned(tx, of, file, None),
        Scan::NotConfigured | Scan::Clean => Ok(()),
    }
}
