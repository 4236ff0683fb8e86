//! A form that couldn't be taken: it is shown again as it was typed, with what is wrong.

use actix_web::http::StatusCode;

use super::{Form, FormView, Invalid, Language, Message};
use crate::error::{Error, Result};

/// Why a form couldn't be taken, and with which status that is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong.
    pub invalid: Invalid,
    /// 422 for what was typed, 413 for a file that is too large, 409 when somebody else was faster.
    pub status: StatusCode,
}

impl Refused {
    /// What was typed can't be taken.
    #[must_use]
    pub const fn of_form(invalid: Invalid) -> Self {
        Self { invalid, status: StatusCode::UNPROCESSABLE_ENTITY }
    }

    /// What was typed into a field can't be taken.
    #[must_use]
    pub fn at(field: &str, message: Message) -> Self {
        Self::of_form(Invalid::at(field, message))
    }

    /// What a change came to: nothing when it is done. That somebody else was faster is an error at
    /// `field`.
    ///
    /// # Errors
    /// Every other error.
    pub fn of<T>(done: Result<Result<T, Invalid>>, field: &str) -> Result<Option<Self>> {
        let (invalid, status) = match done {
            Ok(Ok(_)) => return Ok(None),
            Ok(Err(invalid)) => (invalid, StatusCode::UNPROCESSABLE_ENTITY),
            Err(Error::Conflict(key @ "error-stale")) => {
                (Invalid::at(field, Message::new(key)), StatusCode::CONFLICT)
            }
            Err(other) => return Err(other),
        };
        Ok(Some(Self { invalid, status }))
    }

    /// The form as it was typed. After a conflict it has the version that is stored now: whoever has
    /// looked at what changed may save knowingly.
    #[must_use]
    pub fn form(&self, typed: &Form, version: i32) -> Form {
        let mut form = typed.clone();
        if self.status == StatusCode::CONFLICT {
            form.set("version", &version.to_string());
        }
        form
    }

    /// The same for the page.
    #[must_use]
    pub fn view(&self, typed: &Form, version: i32, language: Language) -> FormView {
        self.form(typed, version).view_with(language, &self.invalid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_a_conflict_the_form_has_the_present_version_and_what_was_typed() {
        let typed = Form::from_pairs([("version", "1"), ("note", "消去を確かめた")]);
        let slow = Refused::of::<()>(Err(Error::Conflict("error-stale")), "note").unwrap().unwrap();
        let form = slow.form(&typed, 3);
        assert_eq!((slow.status, form.value("version")), (StatusCode::CONFLICT, "3"));
        assert_eq!(form.value("note"), "消去を確かめた");
        let wrong = Invalid::at("note", Message::new("error-required"));
        let wrong = Refused::of::<()>(Ok(Err(wrong)), "note").unwrap().unwrap();
        assert_eq!(wrong.form(&typed, 3).value("version"), "1");
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(Refused::of(Ok(Ok(())), "note").unwrap().is_none());
        assert!(Refused::of::<()>(Err(Error::NotFound), "note").is_err());
        assert!(Refused::of::<()>(Err(Error::Conflict("incident-closed")), "note").is_err());
    }
}
