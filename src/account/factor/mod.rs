//! What a person proves itself with beside the password.

pub(super) mod passkey;
