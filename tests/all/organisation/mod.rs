//! The register of contractors and the divisions.

mod contractor;
mod division;
