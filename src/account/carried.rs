//! A form that comes after its session has run out: it waits, sealed, until the same person has
//! signed in again, by whichever way, and is sent on when that person says so. Files aren't kept.

use std::pin::Pin;

use actix_web::HttpResponse;
use actix_web::web::Path;
use chrono::Duration;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::carried_store::{self as rows, CarriedId};
use crate::actor::SessionId;
use crate::error::{Error, Result};
use crate::secret::sealed;
use crate::web::guard::Asked;
use crate::web::{Access, Ctx, Form, Route, View};

/// How long a form waits.
const LIFE: Duration = Duration::hours(2);
/// For how long after its session's end a form is still taken: over a long weekend.
const LATELY: Duration = Duration::days(7);
/// Under which label a form is sealed.
const LABEL: &str = "carried form";
/// Fields that are never kept: what proves who somebody is.
const SECRETS: [&str; 4] = ["csrf", "code", "proof", "carried"];
/// Forms that are about the session and the account themselves, and begin anew.
const BEGIN_ANEW: [&str; 5] = ["/sign-out", "/session/", "/step-up", "/account", "/kept-forms/"];

/// The routes of forms that wait.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/kept-forms/{id}", Access::Session, show),
        Route::post("/kept-forms/{id}/removal", Access::Session, discard).without_entry(),
    ]
}

/// What was sent.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Carried {
    target: String,
    with_file: bool,
    pairs: Vec<(String, String)>,
}

impl Carried {
    /// What of a form is kept; nothing of one that begins anew.
    fn of(asked: Asked) -> Option<Self> {
        let Asked { target, form, with_file } = asked;
        if BEGIN_ANEW.iter().any(|path| target.starts_with(path)) {
            return None;
        }
        let secret = |name: &str| SECRETS.contains(&name) || name.contains("password");
        let pairs = form?.pairs().iter().filter(|(name, _)| !secret(name)).cloned().collect();
        Some(Self { target, with_file, pairs })
    }

    /// What a person recognises the form by: what was typed or chosen in words.
    fn typed(&self) -> Vec<(String, String)> {
        let told = |(name, value): &&(String, String)| {
            let figure = value.parse::<i64>().is_ok() && name == "version";
            !value.trim().is_empty() && !figure && value.parse::<uuid::Uuid>().is_err()
        };
        self.pairs.iter().filter(told).cloned().collect()
    }
}

/// The page that shows what was typed, and sends it on.
#[derive(Serialize)]
struct CarriedView {
    id: CarriedId,
    target: String,
    with_file: bool,
    pairs: Vec<(String, String)>,
    typed: Vec<(String, String)>,
    /// Whether it was written in another membership of the person than the one that is signed in.
    elsewhere: bool,
}

impl View for CarriedView {
    const TEMPLATE: &'static str = "account/kept_form.html";
    const TITLE: &'static str = "kept-form-title";
}

pub(super) fn samples() -> Vec<(&'static str, Value)> {
    let sample = |with_file: bool, elsewhere: bool| {
        let pairs = json!([["name", "髙橋"], ["note", "一行目\n二行目"]]);
        json!({ "id": "0", "target": "/contractors", "with_file": with_file, "pairs": pairs,
                "typed": pairs, "elsewhere": elsewhere })
    };
    [sample(false, false), sample(true, false), sample(false, true)]
        .map(|sample| (CarriedView::TEMPLATE, sample))
        .to_vec()
}

/// Keeps the form of a session that has run out, and leads to signing in. Given to the guard.
#[must_use]
pub fn keep(
    ctx: Ctx,
    asked: Asked,
    session: SessionId,
) -> Pin<Box<dyn Future<Output = Result<HttpResponse>>>> {
    Box::pin(async move {
        let carried = Carried::of(asked).ok_or(Error::SignIn)?;
        let id = ctx
            .write(move |tx, ctx| {
                let whose = rows::ran_out(tx.connection, session, tx.now, LATELY)?;
                let whose = whose.ok_or(Error::SignIn)?;
                let id = CarriedId::new(tx.now);
                let plain = serde_json::to_vec(&carried)?;
                let sealed = sealed::seal(&ctx.portal.secret, LABEL, id.as_str(), &plain)?;
                rows::keep(tx, id, whose, &sealed, LIFE)?;
                Ok(id)
            })
            .await?;
        Ok(ctx.see_other(&format!("/sign-in?next=/kept-forms/{id}"), "done-form-kept"))
    })
}

/// Shows what was typed, to whoever typed it.
async fn show(ctx: Ctx, id: Path<CarriedId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let member = ctx.member()?;
            let found = rows::find(c, member.person_id, id, ctx.now)?;
            let (of, text) = found.ok_or(Error::NotFound)?;
            let plain = sealed::open(&ctx.portal.secret, LABEL, id.as_str(), &text)?;
            let carried: Carried = serde_json::from_slice(&plain)?;
            Ok(CarriedView {
                id,
                typed: carried.typed(),
                target: carried.target,
                with_file: carried.with_file,
                pairs: carried.pairs,
                elsewhere: of != member.membership_id,
            })
        })
        .await?;
    ctx.page(&view)
}

/// Forgets what was typed.
async fn discard(ctx: Ctx, id: Path<CarriedId>, _form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    ctx.write(move |tx, ctx| {
        let forgotten = rows::forget(tx, ctx.member()?.person_id, id)?;
        if forgotten { Ok(()) } else { Err(Error::NotFound) }
    })
    .await?;
    Ok(ctx.see_other("/", "done-form-discarded"))
}

#[cfg(test)]
mod tests {
    use super::{Asked, Carried};
    use crate::web::Form;

    fn asked(target: &str, pairs: &[(&str, &str)]) -> Asked {
        let form = Form::from_pairs(pairs.iter().copied());
        Asked { target: target.to_owned(), form: Some(form), with_file: false }
    }

    #[test]
    fn secrets_are_not_kept() {
        let kept = Carried::of(asked(
            "/contractors",
            &[
                ("csrf", "x"),
                ("name", "髙橋"),
                ("password", "x"),
                ("old_password", "x"),
                ("code", "1"),
            ],
        ));
        assert_eq!(kept.unwrap().pairs, [("name".to_owned(), "髙橋".to_owned())]);
    }

    #[test]
    fn forms_about_the_account_begin_anew() {
        for target in ["/account/password", "/sign-out", "/step-up", "/session/keep"] {
            assert_eq!(Carried::of(asked(target, &[("a", "b")])), None, "{target}");
        }
        assert_eq!(Carried::of(Asked { target: "/contractors".into(), ..Asked::default() }), None);
    }

    #[test]
    fn what_nobody_typed_is_sent_on_but_not_shown() {
        let id = "0190b5a0-0000-7000-8000-000000000000";
        let kept = Carried::of(asked(
            "/contractors/1",
            &[("version", "3"), ("division", id), ("note", " "), ("name", "髙橋")],
        ));
        let kept = kept.unwrap();
        assert_eq!(kept.pairs.len(), 4);
        assert_eq!(kept.typed(), [("name".to_owned(), "髙橋".to_owned())]);
    }
}
