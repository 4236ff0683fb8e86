//! The audit record.

mod issuing;
