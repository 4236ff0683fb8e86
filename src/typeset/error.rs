//! What can go wrong while typesetting: only what comes from the fonts or the writer.

/// A document could not be typeset.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TypesetError {
    /// A font that is built in can't be read.
    #[error("the built-in font {0} can't be read")]
    Font(&'static str),
    /// The writer reported an error.
    #[error("the PDF can't be written: {0}")]
    Write(String),
}
