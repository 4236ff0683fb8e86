//! Signing in and out, passkeys, identity providers, and invitations.

mod identity;
mod identity_settings;
mod invitation;
mod passkey;
mod sign_in;
