//! The pages on which an organisation keeps its tokens.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};

use super::model::{NewToken, USUAL_DAYS};
use super::policy::{self, KEEPERS};
use super::spelling;
use super::store;
use super::views::{FormPage, IssuedView, ListView, Row};
use crate::actor::{ApiScope, ApiTokenId};
use crate::error::Result;
use crate::web::paging::ListQuery;
use crate::web::{Access, Choice, Ctx, Form, Invalid, Message, Route};

/// Where the list is.
const PAGE: &str = "/api-tokens";

/// Most tokens of an organisation that count at once.
const MOST: i64 = 50;

/// The routes of tokens.
#[must_use]
pub fn routes() -> Vec<Route> {
    const ACCESS: Access = Access::Roles(KEEPERS);
    vec![
        Route::get(PAGE, ACCESS, index),
        Route::get("/api-tokens/new", ACCESS, new).stepped_up(),
        Route::post(PAGE, ACCESS, create).stepped_up(),
        Route::post("/api-tokens/{id}/revocation", ACCESS, revoke).stepped_up(),
    ]
}

/// Lists a page of the organisation's tokens.
async fn index(ctx: Ctx, query: Query<ListQuery>) -> Result<HttpResponse> {
    let query = query.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let of = policy::keep(&ctx.actor)?;
            let page = store::page(c, *of, &query)?;
            Ok(ListView { list: page.map(|row| Row::new(row, ctx.now)) })
        })
        .await?;
    ctx.page(&view)
}

/// Shows the form.
async fn new(ctx: Ctx) -> Result<HttpResponse> {
    let form = Form::from_pairs([("days", USUAL_DAYS.to_string())]);
    ctx.page(&page(&ctx, &form, &Invalid::default()))
}

fn page(ctx: &Ctx, form: &Form, invalid: &Invalid) -> FormPage {
    let scopes = Choice::words(ctx.language, "api-scope-", ApiScope::ALL);
    FormPage { form: form.view_with(ctx.language, invalid), scopes }
}

/// Makes a token and shows it, this once: in the answer, never in an address.
async fn create(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    let command = match NewToken::parse(&form) {
        Ok(command) => command,
        Err(invalid) => return ctx.invalid(&page(&ctx, &form, &invalid)),
    };
    let token = spelling::new_token();
    let (hash, hint) = (spelling::hash_of(&token).unwrap_or_default(), spelling::hint(&token));
    let name = command.name.clone();
    let expires_at = ctx
        .write(move |tx, _| {
            let of = policy::keep(tx.actor)?;
            if store::count_alive(tx.connection, *of, tx.now)? >= MOST {
                return Ok(None);
            }
            store::insert(tx, &of, &command, &hash, &hint).map(Some)
        })
        .await?;
    let Some(expires_at) = expires_at else {
        let many = Message::new("api-token-error-many").with("most", MOST);
        return ctx.invalid(&page(&ctx, &form, &Invalid::at("name", many)));
    };
    ctx.page_with(StatusCode::CREATED, &IssuedView { name, token, expires_at })
}

/// Takes a token back: the next request with it is refused.
async fn revoke(ctx: Ctx, id: Path<ApiTokenId>, _form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    ctx.write(move |tx, _| {
        let of = policy::keep(tx.actor)?;
        store::revoke(tx, &of, id)
    })
    .await?;
    Ok(ctx.see_other(PAGE, "done-api-token-revoked"))
}
