//! The register of contractors and the divisions.

mod access_rules;
mod contractor;
mod division;
