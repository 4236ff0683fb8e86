//! Signing in with a passkey alone: it names its owner and is both factors in one.

use actix_web::HttpResponse;
use actix_web::web::Query;
use serde::Deserialize;

use super::views::SignInPage;
use super::{ceremony, question};
use crate::account::arrival::{Method, Proof, arrive};
use crate::account::ceremony_store::{self, Kind};
use crate::account::session;
use crate::error::Result;
use crate::web::{Access, Ctx, Form, Invalid, Message, Route};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/sign-in/passkey", Access::Public, show),
        Route::post("/sign-in/passkey", Access::Public, sign_in).without_entry(),
        Route::post("/sign-in/passkey/options", Access::Public, options).without_entry(),
    ]
}

#[derive(Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

/// Shows the page, for whoever comes back to it.
async fn show(ctx: Ctx, query: Query<Next>) -> Result<HttpResponse> {
    let next = session::local_path(&query.next);
    if ctx.actor.member().is_some() {
        return Ok(ctx.see_other(&next, ""));
    }
    ctx.page(&SignInPage {
        form: Form::default().view(ctx.language),
        offered: super::offered(&ctx.portal.settings),
        next,
    })
}

/// What the browser is to be asked, for a script.
async fn options(ctx: Ctx, _form: Form) -> Result<HttpResponse> {
    let question = ctx
        .write(|tx, ctx| {
            let party = ceremony::required(&ctx.portal.settings)?;
            let (options, asked) = ceremony::ask_anybody(&party)?;
            let name = ceremony_store::begin(tx, ctx, Kind::PasskeySignIn, &asked)?;
            Ok(question(options, &name))
        })
        .await?;
    Ok(HttpResponse::Ok().json(question))
}

/// Signs in whoever the passkey names.
async fn sign_in(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    let next = session::local_path(form.value("next"));
    let message = match super::proven(&ctx, &form).await? {
        Ok(person) => {
            let proof = Proof { method: Method::Passkey, complete: true };
            let to = next.clone();
            let arrived =
                ctx.write(move |tx, ctx| arrive(tx, ctx, person, None, proof, &to)).await?;
            match arrived {
                Some(arrival) => return Ok(arrival.answer(&ctx, &next)),
                None => Message::new("error-passkey-unfit"),
            }
        }
        Err(message) => message,
    };
    let form = form.view_with(ctx.language, &Invalid::at("", message));
    let offered = super::offered(&ctx.portal.settings);
    ctx.invalid(&SignInPage { form, offered, next })
}
