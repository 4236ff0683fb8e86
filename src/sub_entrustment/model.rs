//! An application for sub-entrustment (再委託承認申請).

pub use crate::rulebook::ApplicationId;
use crate::word_type;

word_type! {
    /// How far an application is.
    ApplicationStatus {
        /// Applied for.
        Applied = "applied",
        /// Approved, under conditions and until a day.
        Approved = "approved",
        /// Refused.
        Refused = "refused",
        /// Taken back by the contractor.
        Withdrawn = "withdrawn",
    }
}
