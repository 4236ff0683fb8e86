//! Security events: each act that is one leaves a row, a line of the log, and is on the page; none of
//! them says a secret.

mod day;
mod kinds;
mod page;
