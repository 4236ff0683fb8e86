//! Signing in and out, and invitations.

mod invitation;
mod sign_in;
