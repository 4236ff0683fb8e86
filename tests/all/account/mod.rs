//! Signing in and out, passkeys, identity providers, and invitations.

mod guessing;
mod identity;
mod identity_settings;
mod invitation;
mod link;
mod members;
mod passkey;
mod second_factor;
mod sessions;
mod sign_in;
mod switching;
