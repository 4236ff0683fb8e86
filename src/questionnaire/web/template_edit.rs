//! Editing a draft: one form a page, and buttons that move and remove.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::template::find_draft;
use crate::actor::OrganisationId;
use crate::database::Connection;
use crate::error::{Error, Result};
use crate::questionnaire::design::{self, Place};
use crate::questionnaire::family::{StoredTemplate, TemplateId};
use crate::questionnaire::model::{Edit, EditFault, Question, QuestionId, Template};
use crate::questionnaire::policy::{self, DESIGNERS};
use crate::questionnaire::store::draft;
use crate::questionnaire::views::template::{
    HeadView, KINDS, QuestionView, SectionView, answer_label, condition_label, words,
};
use crate::web::{Access, Choice, Ctx, Fields, Form, FormView, Invalid, Message, Route, View};

pub(super) fn routes() -> Vec<Route> {
    const DESIGNER: Access = Access::Roles(DESIGNERS);
    vec![
        Route::get("/templates/{id}/head", DESIGNER, head),
        Route::post("/templates/{id}/head", DESIGNER, save_head),
        Route::get("/templates/{id}/sections/new", DESIGNER, new_section),
        Route::post("/templates/{id}/sections", DESIGNER, add_section),
        Route::get("/templates/{id}/sections/{section}", DESIGNER, section),
        Route::post("/templates/{id}/sections/{section}", DESIGNER, save_section),
        Route::post("/templates/{id}/sections/{section}/place", DESIGNER, place_section),
        Route::get("/templates/{id}/sections/{section}/questions/new", DESIGNER, new_question),
        Route::post("/templates/{id}/sections/{section}/questions", DESIGNER, add_question),
        Route::get("/templates/{id}/questions/{question}", DESIGNER, question),
        Route::post("/templates/{id}/questions/{question}", DESIGNER, save_question),
        Route::post("/templates/{id}/questions/{question}/place", DESIGNER, place_question),
    ]
}

/// A draft as a form's page needs it.
async fn load(ctx: &Ctx, id: TemplateId) -> Result<StoredTemplate> {
    ctx.read(move |c, ctx| find_draft(c, ctx, id)).await
}

/// The form with the version of the row from which it was filled in.
fn filled(ctx: &Ctx, mut form: Form, found: &StoredTemplate) -> FormView {
    form.set("version", &found.version.to_string());
    form.view(ctx.language)
}

fn title(ctx: &Ctx, template: &Template) -> String {
    template.title.get(ctx.language.as_str()).to_owned()
}

/// Applies one change to a draft that is still at `version`.
async fn apply(ctx: &Ctx, id: TemplateId, version: i32, edit: Edit) -> Result<()> {
    ctx.write(move |tx, ctx| {
        let tenant = policy::design(tx.actor)?;
        let found = find_draft(tx.connection, ctx, id)?;
        let what = name(&edit);
        let changed = found.body.0.apply(edit).map_err(|fault| match fault {
            EditFault::Taken(_) => Error::Conflict("error-stale"),
            EditFault::UnknownSection(_) | EditFault::UnknownQuestion(_) => Error::NotFound,
        })?;
        draft::update(tx, &tenant, (id, version), &changed, &what)
    })
    .await
}

/// A change as the ledger names it.
fn name(edit: &Edit) -> String {
    match edit {
        Edit::Head(_) => "head".to_owned(),
        Edit::AddSection(head) => format!("add section {}", head.id),
        Edit::EditSection(head) => format!("edit section {}", head.id),
        Edit::MoveSection { id, position } => format!("move section {id} to {position}"),
        Edit::RemoveSection { id } => format!("remove section {id}"),
        Edit::AddQuestion { section, question } => format!("add {} to {section}", question.id),
        Edit::EditQuestion(question) => format!("edit {}", question.id),
        Edit::MoveQuestion { id, section, position } => {
            format!("move {id} to {section} {position}")
        }
        Edit::RemoveQuestion { id } => format!("remove {id}"),
    }
}

/// Saves a form: back to the template; or the form again, 422, or 409 when it is stale.
async fn save<V: View>(
    ctx: &Ctx,
    id: TemplateId,
    form: &Form,
    edit: Result<Edit, Invalid>,
    view: impl Fn(FormView) -> V,
) -> Result<HttpResponse> {
    let edit = match edit {
        Ok(edit) => edit,
        Err(invalid) => return ctx.invalid(&view(form.view_with(ctx.language, &invalid))),
    };
    let anchor = match &edit {
        Edit::AddQuestion { question, .. } | Edit::EditQuestion(question) => {
            format!("#question-{}", question.id)
        }
        Edit::AddSection(head) | Edit::EditSection(head) => format!("#section-{}", head.id),
        _ => String::new(),
    };
    match apply(ctx, id, Fields::of(form).version(), edit).await {
        Ok(()) => Ok(ctx.see_other(&format!("/templates/{id}{anchor}"), "done-saved")),
        Err(Error::Conflict(key @ "error-stale")) => {
            // With the version that is stored now, saving again replaces knowingly.
            let mut form = form.clone();
            form.set("version", &load(ctx, id).await?.version.to_string());
            let invalid = Invalid::at("", Message::new(key));
            let view = view(form.view_with(ctx.language, &invalid));
            ctx.page_with(StatusCode::CONFLICT, &view)
        }
        Err(other) => Err(other),
    }
}

/// Shows the form of what stands before the sections.
async fn head(ctx: Ctx, id: Path<TemplateId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let found = load(&ctx, id).await?;
    let form = filled(&ctx, design::fill_head(&found.body.0), &found);
    ctx.page(&HeadView { id, form, template_title: title(&ctx, &found.body.0) })
}

/// Changes what stands before the sections.
async fn save_head(ctx: Ctx, id: Path<TemplateId>, form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    let found = load(&ctx, id).await?;
    let edit = design::parse_head(&form).map(Edit::Head);
    let template_title = title(&ctx, &found.body.0);
    let view = |form| HeadView { id, form, template_title: template_title.clone() };
    save(&ctx, id, &form, edit, view).await
}

fn section_view(
    ctx: &Ctx,
    id: TemplateId,
    found: &StoredTemplate,
    section: Option<&str>,
) -> impl Fn(FormView) -> SectionView + use<> {
    let template_title = title(ctx, &found.body.0);
    let section = section.map(str::to_owned);
    move |form| SectionView {
        id,
        form,
        template_title: template_title.clone(),
        section: section.clone(),
    }
}

/// Shows the empty form of a section.
async fn new_section(ctx: Ctx, id: Path<TemplateId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let found = load(&ctx, id).await?;
    let form = filled(&ctx, Form::default(), &found);
    ctx.page(&section_view(&ctx, id, &found, None)(form))
}

/// Adds a section.
async fn add_section(ctx: Ctx, id: Path<TemplateId>, form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    let found = load(&ctx, id).await?;
    let new = found.body.0.next_section_id();
    let edit = design::parse_section(&form, new).map(Edit::AddSection);
    save(&ctx, id, &form, edit, section_view(&ctx, id, &found, None)).await
}

/// Shows the form of a section.
async fn section(ctx: Ctx, path: Path<(TemplateId, String)>) -> Result<HttpResponse> {
    let (id, section) = path.into_inner();
    let found = load(&ctx, id).await?;
    let held = found.body.0.section(&section).ok_or(Error::NotFound)?;
    let form = filled(&ctx, design::fill_section(held), &found);
    ctx.page(&section_view(&ctx, id, &found, Some(&section))(form))
}

/// Changes a section.
async fn save_section(
    ctx: Ctx,
    path: Path<(TemplateId, String)>,
    form: Form,
) -> Result<HttpResponse> {
    let (id, section) = path.into_inner();
    let found = load(&ctx, id).await?;
    let edit = design::parse_section(&form, section.clone()).map(Edit::EditSection);
    save(&ctx, id, &form, edit, section_view(&ctx, id, &found, Some(&section))).await
}

/// What a button asks for.
fn place(form: &Form) -> Result<Place> {
    match form.value("act").parse() {
        Ok(place) => Ok(place),
        Err(_) => Err(Error::BadRequest("act")),
    }
}

/// Moves or removes a section.
async fn place_section(
    ctx: Ctx,
    path: Path<(TemplateId, String)>,
    form: Form,
) -> Result<HttpResponse> {
    let (id, section) = path.into_inner();
    let found = load(&ctx, id).await?;
    found.body.0.section(&section).ok_or(Error::NotFound)?;
    let place = place(&form)?;
    let edit = design::place_section(&found.body.0, &section, place);
    placed(&ctx, id, &form, edit, place, &format!("#section-{section}")).await
}

/// Moves or removes a question.
async fn place_question(
    ctx: Ctx,
    path: Path<(TemplateId, QuestionId)>,
    form: Form,
) -> Result<HttpResponse> {
    let (id, question) = path.into_inner();
    let found = load(&ctx, id).await?;
    found.body.0.question(&question).ok_or(Error::NotFound)?;
    let place = place(&form)?;
    let edit = design::place_question(&found.body.0, &question, place);
    placed(&ctx, id, &form, edit, place, &format!("#question-{question}")).await
}

async fn placed(
    ctx: &Ctx,
    id: TemplateId,
    form: &Form,
    edit: Option<Edit>,
    place: Place,
    anchor: &str,
) -> Result<HttpResponse> {
    if let Some(edit) = edit {
        apply(ctx, id, Fields::of(form).version(), edit).await?;
    }
    let anchor = if place == Place::Remove { "" } else { anchor };
    Ok(ctx.see_other(&format!("/templates/{id}{anchor}"), "done-saved"))
}

/// The page of a question's form, for a question of `section` or a new one at its end.
struct QuestionPage {
    id: TemplateId,
    found: StoredTemplate,
    section: String,
    question: Option<QuestionId>,
}

impl QuestionPage {
    async fn of(ctx: &Ctx, id: TemplateId, question: QuestionId) -> Result<Self> {
        let found = load(ctx, id).await?;
        let mut sections = found.body.0.sections.iter();
        let held = sections.find(|s| s.questions.iter().any(|q| q.id == question));
        let section = held.ok_or(Error::NotFound)?.id.clone();
        Ok(Self { id, found, section, question: Some(question) })
    }

    async fn new(ctx: &Ctx, id: TemplateId, section: String) -> Result<Self> {
        let found = load(ctx, id).await?;
        found.body.0.section(&section).ok_or(Error::NotFound)?;
        Ok(Self { id, found, section, question: None })
    }

    fn earlier(&self) -> Vec<&Question> {
        design::earlier(&self.found.body.0, &self.section, self.question.as_ref())
    }

    /// The page with what `typed` chose taken into account: the answers offered for the condition
    /// are those of the chosen question.
    fn view(&self, ctx: &Ctx, typed: &Form, form: FormView) -> QuestionView {
        let template = &self.found.body.0;
        let earlier = self.earlier();
        let chosen = earlier.iter().find(|q| q.id.as_str() == typed.value("condition"));
        let answers = chosen.map_or_else(Vec::new, |q| {
            let answers = design::answers(&q.kind).into_iter();
            answers.map(|a| Choice::new(a, answer_label(ctx.language, q, a))).collect()
        });
        let abroad = ctx.text("template-condition-holding-abroad");
        let section = template.section(&self.section);
        QuestionView {
            id: self.id,
            form,
            template_title: title(ctx, template),
            section: self.section.clone(),
            section_title: section
                .map(|s| s.title.get(ctx.language.as_str()).to_owned())
                .unwrap_or_default(),
            question: self.question.as_ref().map(ToString::to_string),
            number: self
                .question
                .as_ref()
                .and_then(|id| template.question(id))
                .map_or(0, |q| q.number),
            kinds: words(ctx.language, "kind", &KINDS),
            severities: words(ctx.language, "severity", &["low", "medium", "high"]),
            evidences: words(ctx.language, "evidence", &["none", "optional", "requested"]),
            option_rows: (0..design::option_rows(typed)).collect(),
            condition_questions: std::iter::once(Choice::new(design::HOLDING_ABROAD, abroad))
                .chain(earlier.iter().map(|q| Choice::new(&q.id, condition_label(ctx.language, q))))
                .collect(),
            condition_answers: answers,
        }
    }
}

/// Shows the empty form of a question.
async fn new_question(ctx: Ctx, path: Path<(TemplateId, String)>) -> Result<HttpResponse> {
    let (id, section) = path.into_inner();
    let page = QuestionPage::new(&ctx, id, section).await?;
    let form =
        Form::from_pairs([("kind", "yes_no_na"), ("evidence", "none"), ("text_max", "1000")]);
    let view = page.view(&ctx, &form, filled(&ctx, form.clone(), &page.found));
    ctx.page(&view)
}

/// Shows the form of a question.
async fn question(ctx: Ctx, path: Path<(TemplateId, QuestionId)>) -> Result<HttpResponse> {
    let (id, question) = path.into_inner();
    let page = QuestionPage::of(&ctx, id, question.clone()).await?;
    let asked = page.found.body.0.question(&question).ok_or(Error::NotFound)?;
    let form = design::fill_question(asked);
    let view = page.view(&ctx, &form, filled(&ctx, form.clone(), &page.found));
    ctx.page(&view)
}

/// An id that no question of the family or of the built-in template ever had.
fn new_id(c: &mut Connection, tenant: OrganisationId, template: &Template) -> Result<QuestionId> {
    let mut used = draft::question_ids(c, tenant, &template.id)?;
    used.extend(Template::built_in()?.questions().map(|q| q.id.clone()));
    Ok(template.next_question_id(&used))
}

/// Adds a question at the end of a section.
async fn add_question(
    ctx: Ctx,
    path: Path<(TemplateId, String)>,
    form: Form,
) -> Result<HttpResponse> {
    let (id, section) = path.into_inner();
    let page = QuestionPage::new(&ctx, id, section.clone()).await?;
    let template = page.found.body.0.clone();
    let new = ctx.read(move |c, ctx| new_id(c, ctx.organisation_id()?, &template)).await?;
    let edit = design::parse_question(&form, new, &page.earlier())
        .map(|question| Edit::AddQuestion { section, question: Box::new(question) });
    save(&ctx, id, &form, edit, |view| page.view(&ctx, &form, view)).await
}

/// Changes a question.
async fn save_question(
    ctx: Ctx,
    path: Path<(TemplateId, QuestionId)>,
    form: Form,
) -> Result<HttpResponse> {
    let (id, question) = path.into_inner();
    let page = QuestionPage::of(&ctx, id, question.clone()).await?;
    let edit = design::parse_question(&form, question, &page.earlier())
        .map(|question| Edit::EditQuestion(Box::new(question)));
    save(&ctx, id, &form, edit, |view| page.view(&ctx, &form, view)).await
}
