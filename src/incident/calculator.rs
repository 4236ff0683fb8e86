//! The calculator of duties: a page and JSON, for everybody, and nothing is kept.

use actix_web::web::Bytes;
use actix_web::{HttpResponse, http::StatusCode};
use serde::Serialize;
use serde_json::{Value, json};

use super::duty::{Duties, Duty, Facts, Party, duties};
use super::views::{CalculatorView, results};
use super::{form, words};
use crate::error::Result;
use crate::japanese::jst_date;
use crate::web::{Access, Ctx, Form, Message, Route};

/// The routes of the calculator.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/incident-duties", Access::Public, show),
        Route::post("/incident-duties", Access::Public, calculate).without_entry(),
        Route::post("/api/incident-duties", Access::Public, answer)
            .without_entry()
            .from_any_origin(),
    ]
}

/// Shows the questions.
async fn show(ctx: Ctx) -> Result<HttpResponse> {
    let form = Form::default().view(ctx.language);
    ctx.page(&CalculatorView::new(&ctx, form, Vec::new()))
}

/// Shows what follows from the answers, above the questions with what was answered.
async fn calculate(ctx: Ctx, typed: Form) -> Result<HttpResponse> {
    match form::parse(&typed, jst_date(ctx.now)) {
        Ok(facts) => {
            let results = results(ctx.language, &facts, &duties(&facts));
            ctx.page(&CalculatorView::new(&ctx, typed.view(ctx.language), results))
        }
        Err(invalid) => {
            let form = typed.view_with(ctx.language, &invalid);
            ctx.invalid(&CalculatorView::new(&ctx, form, Vec::new()))
        }
    }
}

/// A duty with its sentences.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    duty: &'a Duty,
    text: Vec<String>,
}

/// Answers a JSON of [`Facts`] with the duties of both sides (docs/incident-duties.md).
async fn answer(ctx: Ctx, body: Bytes) -> Result<HttpResponse> {
    let facts: Facts = match serde_json::from_slice(&body) {
        Ok(facts) => facts,
        Err(error) => {
            let fault = json!({ "field": "", "error": error.to_string() });
            return Ok(refuse(&ctx, &[fault]));
        }
    };
    let facts = match facts.checked(jst_date(ctx.now)) {
        Ok(facts) => facts,
        Err(faults) => {
            let told = |(field, fault): (&str, _)| {
                let error = Message::new(form::message(fault)).say(ctx.language);
                json!({ "field": field, "fault": fault, "error": error })
            };
            return Ok(refuse(&ctx, &faults.into_iter().map(told).collect::<Vec<_>>()));
        }
    };
    Ok(HttpResponse::Ok().json(told(&ctx, &facts, &duties(&facts))))
}

fn told(ctx: &Ctx, facts: &Facts, duties: &Duties) -> Value {
    let alone = facts.contractor.is_none();
    let side = |party, duty| {
        let who = words::who(ctx.language, party, alone);
        let text = words::sentences(ctx.language, &who, facts.known_on(party), duty);
        Told { duty, text }
    };
    json!({
        "principal": side(Party::Principal, &duties.principal),
        "contractor": duties.contractor.as_ref().map(|duty| side(Party::Contractor, duty)),
        "note": ctx.text("duty-note"),
    })
}

fn refuse(ctx: &Ctx, faults: &[Value]) -> HttpResponse {
    HttpResponse::build(StatusCode::UNPROCESSABLE_ENTITY)
        .json(json!({ "error": ctx.text("duty-error-facts"), "faults": faults }))
}
