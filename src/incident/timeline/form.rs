//! The form of an entry that is written by hand.

use super::model::EntryKind;
use crate::clock::Timestamp;
use crate::incident::text;
use crate::web::{Fields, Form, Invalid, Rule};

/// What somebody writes down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NewEntry {
    /// What it tells of.
    pub kind: EntryKind,
    /// When it happened.
    pub happened_at: Timestamp,
    /// What.
    pub text: String,
    /// The number of the entry that it corrects.
    pub corrects: Option<i32>,
}

impl NewEntry {
    /// Reads the form; `corrects` is there, whoever asks.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(form: &Form, corrects: Option<i32>, now: Timestamp) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let kind: Option<EntryKind> = f.word("timeline_kind");
        let by_hand = kind.is_none_or(|kind| EntryKind::BY_HAND.contains(&kind));
        f.check(by_hand, "timeline_kind", "error-choose-from-list");
        let happened_at = f.moment("timeline");
        let over = happened_at.is_none_or(|happened| happened <= now);
        f.check(over, "timeline_on", "incident-error-future");
        let said = f.text("timeline_text", Rule::text(2000));
        text::check(&mut f, &[("timeline_text", said.as_deref())]);
        f.finish(|| Some(Self { kind: kind?, happened_at: happened_at?, text: said?, corrects }))
    }

    /// The form as it is opened: something that happens now.
    pub fn form(now: Timestamp, corrects: Option<i32>) -> Form {
        let mut form = Form::default();
        form.set_moment("timeline", now);
        if let Some(number) = corrects {
            form.set("corrects", &number.to_string());
        }
        form
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::jst;

    fn filled() -> Form {
        Form::from_pairs([
            ("timeline_kind", "call"),
            ("timeline_on", "令和8年4月1日"),
            ("timeline_time", "16：20"),
            ("timeline_text", "誤送付先に電話し、開かずに消去するよう頼んだ"),
        ])
    }

    #[test]
    fn an_entry_is_read_as_it_is_typed() {
        let now = jst("2026-04-01T16:30:00");
        let read = NewEntry::parse(&filled(), Some(3), now).unwrap();
        assert_eq!((read.kind, read.corrects), (EntryKind::Call, Some(3)));
        assert_eq!(read.happened_at, jst("2026-04-01T16:20:00"));
    }

    #[test]
    fn what_cannot_be_is_said_at_its_field() {
        for (field, typed, wrong) in [
            ("timeline_kind", "", "timeline_kind"),
            ("timeline_kind", "automatic", "timeline_kind"),
            ("timeline_on", "", "timeline_on"),
            ("timeline_on", "2026-04-02", "timeline_on"),
            ("timeline_time", "", "timeline_time"),
            ("timeline_time", "16時", "timeline_time"),
            ("timeline_time", "16:31", "timeline_on"),
            ("timeline_text", "", "timeline_text"),
            ("timeline_text", "番号 123456789018", "timeline_text"),
            ("timeline_text", "090-1234-5678 に電話した", text::CONFIRMED),
        ] {
            let mut form = filled();
            form.set(field, typed);
            let invalid = NewEntry::parse(&form, None, jst("2026-04-01T16:30:00")).unwrap_err();
            let fields: Vec<_> = invalid.errors.iter().map(|(field, _)| field.as_str()).collect();
            assert_eq!(fields, [wrong], "{field} = {typed}");
        }
    }
}
