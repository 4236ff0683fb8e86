//! What is kept under the secret, renewed after a rotation.

use super::{KeyId, Secret};
use crate::database::{Connection, Tx};
use crate::error::Result;

/// One kind of thing that the database keeps under the secret. A slice that keeps one says so in
/// `server::sealed`.
#[derive(Clone, Copy)]
pub struct Sealed {
    /// What it is, in a word or two for the terminal.
    pub what: &'static str,
    /// The keys in use, once for each thing.
    pub keys: fn(&mut Connection, &Secret) -> Result<Vec<KeyId>>,
    /// Renews what isn't under the newest key, and says how many were.
    pub renew: fn(&mut Tx<'_>, &Secret) -> Result<usize>,
}
