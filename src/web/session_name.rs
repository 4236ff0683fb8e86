//! What a session's token names.

use std::fmt;
use std::str::FromStr;

use crate::actor::SessionId;

/// A session, and the one with which its sign-in began. A fresh proof puts a session under a new
/// id; forms are bound to the first, so that those open in other tabs stay good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionName {
    /// The session.
    pub id: SessionId,
    /// The first session of the sign-in: itself, until there was a fresh proof.
    pub first: SessionId,
}

impl SessionName {
    /// A session that begins a sign-in.
    #[must_use]
    pub fn first(id: SessionId) -> Self {
        Self { id, first: id }
    }
}

impl fmt::Display for SessionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.id)?;
        if self.first == self.id { Ok(()) } else { write!(f, " {}", self.first) }
    }
}

impl FromStr for SessionName {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(' ') {
            Some((id, first)) => Ok(Self { id: id.parse()?, first: first.parse()? }),
            None => text.parse().map(Self::first),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SessionName;
    use crate::actor::SessionId;
    use crate::testing::jst;

    #[test]
    fn a_name_is_read_as_it_was_written() {
        let id = || SessionId::new(jst("2026-04-01T09:00:00"));
        let first = SessionName::first(id());
        for name in [first, SessionName { id: id(), first: first.id }] {
            assert_eq!(name.to_string().parse(), Ok(name));
        }
        assert_eq!(first.id.to_string().parse(), Ok(first));
        for other in ["", " ", "x", &format!("{} x", first.id), &format!("{} ", first.id)] {
            assert!(other.parse::<SessionName>().is_err(), "{other}");
        }
    }
}
