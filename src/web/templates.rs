//! The template engine: Tera over the embedded `templates/`, with the words, dates and addresses
//! that pages need.
//!
//! Every context carries `lang`; functions and filters read it there. A component declares `@lang`
//! to receive it.

#![expect(
    clippy::needless_pass_by_value,
    reason = "Tera hands arguments to functions and filters by value"
)]

use std::sync::LazyLock;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Weekday};
use rust_embed::RustEmbed;
use serde::Serialize;
use tera::{Context, Kwargs, State, Tera, Value};
use url::form_urlencoded;

use super::{
    assets, labels,
    language::Language,
    locale::{self, ArgValue, group_digits},
};
use crate::japanese;

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Files;

static ENGINE: LazyLock<Result<Tera, String>> = LazyLock::new(build);

/// A page or mail that couldn't be made.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// The templates don't compile.
    #[error("the templates don't compile: {0}")]
    Templates(String),
    /// The context isn't a map of values.
    #[error("the context of {template} can't be used")]
    Context {
        /// The template that was to be rendered.
        template: String,
        /// Why.
        source: tera::Error,
    },
    /// Rendering failed.
    #[error("{template} can't be rendered: {source}")]
    Render {
        /// The template that was to be rendered.
        template: String,
        /// Why.
        source: tera::Error,
    },
}

/// Renders a template, such as `entrustment/list.html`, with a context that carries `lang`.
///
/// # Errors
/// When the templates don't compile, there is no such template, or it wants what the context lacks.
pub fn render(template: &str, context: &impl Serialize) -> Result<String, TemplateError> {
    let engine = engine()?;
    let context = Context::from_serialize(context)
        .map_err(|source| TemplateError::Context { template: template.to_owned(), source })?;
    engine
        .render(template, &context)
        .map_err(|source| TemplateError::Render { template: template.to_owned(), source })
}

/// The names of all templates, for the test that renders each.
///
/// # Errors
/// When the templates don't compile.
pub fn names() -> Result<Vec<String>, TemplateError> {
    let mut names: Vec<String> = engine()?.get_template_names().map(str::to_owned).collect();
    names.sort();
    Ok(names)
}

fn engine() -> Result<&'static Tera, TemplateError> {
    ENGINE.as_ref().map_err(|error| TemplateError::Templates(error.clone()))
}

fn build() -> Result<Tera, String> {
    let mut tera = Tera::default();
    tera.autoescape_on([".html"]);
    register(&mut tera);
    let mut files = Vec::new();
    for name in Files::iter().filter(|name| name.ends_with(".html") || name.ends_with(".txt")) {
        let file = Files::get(&name).ok_or_else(|| format!("{name} has gone"))?;
        let source = String::from_utf8(file.data.into_owned())
            .map_err(|error| format!("{name} isn't UTF-8: {error}"))?;
        files.push((name.into_owned(), source));
    }
    tera.add_raw_templates(files).map_err(|error| error.to_string())?;
    Ok(tera)
}

fn register(tera: &mut Tera) {
    tera.register_function("t", translate);
    tera.register_function("asset", asset);
    tera.register_function("url_with", url_with);
    tera.register_function("field_label", field_label);
    tera.register_function("product_version", |_: Kwargs, _: &State| env!("CARGO_PKG_VERSION"));
    tera.register_filter("jst", jst);
    tera.register_filter("jst_date", jst_date);
    tera.register_filter("utc", utc);
    tera.register_filter("era_date", era_date);
    tera.register_filter("number", number);
    tera.register_filter("bytes", bytes);
    tera.register_filter("paragraphs", paragraphs);
}

fn language(state: &State) -> Language {
    state
        .get::<String>("lang")
        .ok()
        .flatten()
        .and_then(|code| code.parse().ok())
        .unwrap_or_default()
}

/// `t(key="common-save")`, `t(key="common-count", count=3)`: the message in the page's language.
fn translate(kwargs: Kwargs, state: &State) -> tera::TeraResult<String> {
    let key = kwargs.must_get::<&str>("key")?;
    let lang = match kwargs.get::<String>("lang")? {
        Some(code) => code.parse().unwrap_or_default(),
        None => language(state),
    };
    let args: Vec<(&str, ArgValue)> = kwargs
        .iter()
        .filter_map(|(name, value)| Some((name.as_str()?, value)))
        .filter(|(name, _)| !matches!(*name, "key" | "lang"))
        .map(|(name, value)| {
            let arg = value.as_i64().filter(|_| !value.is_string());
            (name, arg.map_or_else(|| ArgValue::Text(value.to_string()), ArgValue::Number))
        })
        .collect();
    Ok(locale::text_with(lang, key, &args))
}

/// `field_label(path=page.path, field="ends_on")`: the label of a field, or nothing.
fn field_label(kwargs: Kwargs, state: &State) -> tera::TeraResult<String> {
    let (path, field) = (kwargs.must_get::<&str>("path")?, kwargs.must_get::<&str>("field")?);
    Ok(labels::of(language(state), path, field).unwrap_or_default())
}

/// `asset(path="css/azukari.css")`: the address of an asset.
fn asset(kwargs: Kwargs, _: &State) -> tera::TeraResult<String> {
    let path = kwargs.must_get::<&str>("path")?;
    assets::asset_url(path).ok_or_else(|| tera::Error::message(format!("no asset {path}")))
}

/// `url_with(path=page.path, query=page.query, set={"page": 2})`: the address with some of its
/// query replaced; null or an empty text takes a parameter away.
fn url_with(kwargs: Kwargs, _: &State) -> tera::TeraResult<String> {
    let path = kwargs.must_get::<&str>("path")?;
    let query = kwargs.get::<&Value>("query")?.and_then(Value::as_str).unwrap_or_default();
    let set: Vec<(String, String)> = kwargs
        .must_get::<&tera::Map>("set")?
        .iter()
        .map(|(name, value)| {
            let value = if value.is_none() { String::new() } else { value.to_string() };
            (name.to_string(), value)
        })
        .collect();
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if !set.iter().any(|(replaced, _)| *replaced == name) {
            pairs.append_pair(&name, &value);
        }
    }
    for (name, value) in set.iter().filter(|(_, value)| !value.is_empty()) {
        pairs.append_pair(name, value);
    }
    let query = pairs.finish();
    Ok(if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") })
}

/// Reads a time as serde writes `NaiveDateTime` (UTC) or `DateTime`.
fn moment(value: &Value) -> tera::TeraResult<Option<NaiveDateTime>> {
    let Some(text) = value.as_str().filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    text.parse::<NaiveDateTime>()
        .or_else(|_| DateTime::parse_from_rfc3339(text).map(|time| time.naive_utc()))
        .map(Some)
        .map_err(|error| tera::Error::message(format!("{text} isn't a time: {error}")))
}

fn in_japan(value: &Value) -> tera::TeraResult<Option<NaiveDateTime>> {
    Ok(moment(value)?.map(japanese::to_jst))
}

/// A time in Japan: 令和8年4月1日（水）14:05, or 1 Apr 2026, 14:05; nothing for null.
fn jst(value: &Value, _: Kwargs, state: &State) -> tera::TeraResult<String> {
    Ok(in_japan(value)?.map_or_else(String::new, |time| match language(state) {
        Language::Ja => format!("{}{}", in_era(time.date()), time.format("%H:%M")),
        Language::En => time.format("%-d %b %Y, %H:%M").to_string(),
    }))
}

/// The day of a time in Japan, without the hour.
fn jst_date(value: &Value, _: Kwargs, state: &State) -> tera::TeraResult<String> {
    Ok(in_japan(value)?.map_or_else(String::new, |time| match language(state) {
        Language::Ja => in_era(time.date()),
        Language::En => time.format("%-d %b %Y").to_string(),
    }))
}

/// A time for the `datetime` attribute: 2026-04-01T05:05:00Z.
fn utc(value: &Value, _: Kwargs, _: &State) -> tera::TeraResult<String> {
    Ok(moment(value)?
        .map_or_else(String::new, |time| time.format("%Y-%m-%dT%H:%M:%SZ").to_string()))
}

/// A date: 令和8年4月1日（水）, or 1 April 2026; nothing for null.
fn era_date(value: &Value, _: Kwargs, state: &State) -> tera::TeraResult<String> {
    let Some(text) = value.as_str().filter(|text| !text.is_empty()) else {
        return Ok(String::new());
    };
    let date: NaiveDate = text
        .parse()
        .map_err(|error| tera::Error::message(format!("{text} isn't a date: {error}")))?;
    Ok(match language(state) {
        Language::Ja => in_era(date),
        lang @ Language::En => super::locale::day(lang, date),
    })
}

fn in_era(date: NaiveDate) -> String {
    format!("{}（{}）", japanese::era_date(date), weekday(date))
}

fn weekday(date: NaiveDate) -> char {
    match date.weekday() {
        Weekday::Mon => '月',
        Weekday::Tue => '火',
        Weekday::Wed => '水',
        Weekday::Thu => '木',
        Weekday::Fri => '金',
        Weekday::Sat => '土',
        Weekday::Sun => '日',
    }
}

/// A number with its thousands set apart; nothing for null.
fn number(value: &Value, _: Kwargs, _: &State) -> String {
    if value.is_none() { String::new() } else { group_digits(&value.to_string()) }
}

/// The size of a file: 512 B, 1.4 KB, 20 MB.
fn bytes(value: &Value, _: Kwargs, _: &State) -> tera::TeraResult<String> {
    let size = value.as_u64().ok_or_else(|| tera::Error::message("a size is a whole number"))?;
    let (unit, name) = match size {
        0..1_024 => return Ok(format!("{size} B")),
        1_024..1_048_576 => (1_024, "KB"),
        1_048_576..1_073_741_824 => (1_048_576, "MB"),
        _ => (1_073_741_824, "GB"),
    };
    let tenths = u128::from(size) * 10 / unit;
    Ok(if tenths < 100 {
        format!("{}.{} {name}", tenths / 10, tenths % 10)
    } else {
        format!("{} {name}", group_digits(&(tenths / 10).to_string()))
    })
}

/// A text as typed: empty lines part paragraphs, line ends are kept; everything is escaped.
fn paragraphs(value: &Value, _: Kwargs, state: &State) -> tera::TeraResult<Value> {
    let text = if value.is_none() { String::new() } else { value.to_string() };
    let text = text.replace("\r\n", "\n");
    let mut html = String::new();
    for paragraph in text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
        html.push_str("<p>");
        html.push_str(&state.escape(paragraph)?.replace('\n', "<br>"));
        html.push_str("</p>");
    }
    Ok(Value::safe_string(&html))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Tera, register};

    fn shown(template: &str, context: serde_json::Value) -> String {
        let mut tera = Tera::default();
        register(&mut tera);
        let context = tera::Context::from_serialize(&context).unwrap();
        tera.render_str(template, &context, true).unwrap()
    }

    #[test]
    fn times_are_shown_in_japan() {
        let time = "2026-04-01T05:05:09.123";
        let template = "{{ at | jst }} / {{ at | jst_date }} / {{ at | utc }}";
        assert_eq!(
            shown(template, json!({"lang": "ja", "at": time})),
            "令和8年4月1日（水）14:05 / 令和8年4月1日（水） / 2026-04-01T05:05:09Z"
        );
        assert_eq!(
            shown(template, json!({"lang": "en", "at": "2026-03-31T15:05:00Z"})),
            "1 Apr 2026, 00:05 / 1 Apr 2026 / 2026-03-31T15:05:00Z"
        );
        assert_eq!(shown("[{{ at | jst }}]", json!({"lang": "ja", "at": null})), "[]");
    }

    #[test]
    fn dates_carry_the_era() {
        for (date, ja, en) in [
            ("2026-04-01", "令和8年4月1日（水）", "1 April 2026"),
            ("2019-05-01", "令和元年5月1日（水）", "1 May 2019"),
            ("2019-04-30", "平成31年4月30日（火）", "30 April 2019"),
            ("1989-01-07", "昭和64年1月7日（土）", "7 January 1989"),
        ] {
            assert_eq!(shown("{{ d | era_date }}", json!({"lang": "ja", "d": date})), ja);
            assert_eq!(shown("{{ d | era_date }}", json!({"lang": "en", "d": date})), en);
        }
    }

    #[test]
    fn numbers_and_sizes_are_easy_to_read() {
        let context = json!({"n": 1_234_567, "a": 1023, "b": 1_500, "c": 20_971_520});
        assert_eq!(
            shown("{{ n | number }} {{ a | bytes }} {{ b | bytes }} {{ c | bytes }}", context),
            "1,234,567 1023 B 1.4 KB 20 MB"
        );
    }

    #[test]
    fn text_as_typed_is_escaped() {
        let context = json!({"x": "a <b>\r\nc\n\n\n d"});
        assert_eq!(shown("{{ x | paragraphs }}", context), "<p>a &lt;b&gt;<br>c</p><p>d</p>");
    }

    #[test]
    fn an_address_keeps_the_rest_of_its_query() {
        let template = r#"{{ url_with(path="/a", query=q, set={"page": 2, "sort": null}) }}"#;
        assert_eq!(
            shown(template, json!({"q": "status=open&page=7&sort=name&q=%E4%BA%95"})),
            "/a?status=open&amp;q=%E4%BA%95&amp;page=2"
        );
        assert_eq!(shown(r#"{{ url_with(path="/a", set={"page": null}) }}"#, json!({})), "/a");
    }

    #[test]
    fn every_template_compiles() {
        assert_eq!(super::build().err(), None);
    }
}
