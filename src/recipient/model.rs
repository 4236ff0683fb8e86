//! A recipient.

use crate::word_type;

word_type! {
    /// Whether the principal approved a recipient.
    RecipientStatus {
        /// Proposed by the contractor.
        Proposed = "proposed",
        /// Approved by the principal.
        Approved = "approved",
        /// Refused.
        Refused = "refused",
        /// No longer a recipient.
        Ended = "ended",
    }
}
