//! Outgoing mail: an outbox written in the transaction of the change, and the sender.
//!
//! One recipient per message, always; no personal data but the addressee's name; a link instead of
//! content. A message keeps its Message-ID over all tries.

mod model;
mod sender;
mod smtp;
mod store;
#[cfg(test)]
mod tests;

pub use model::{Letter, Link, Mail, MailStatus};
pub use sender::{Turn, send_due, work};
pub use smtp::{MailConfig, Mailer, SmtpTls};
pub use store::{enqueue, outbox};
