//! Editing a draft. A draft may be unfinished or contradictory on the way; [`Template::check`]
//! says so before it is published.

use std::collections::BTreeSet;

use thiserror::Error;

use super::{Question, QuestionId, Section, Template, Text};

/// One change of a draft. Positions count from 0; one beyond the end is the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Changes what stands before the sections.
    Head(Head),
    /// Adds a section at the end; its id comes from [`Template::next_section_id`].
    AddSection(SectionHead),
    /// Changes a section's title and description.
    EditSection(SectionHead),
    /// Moves a section.
    MoveSection {
        /// Which.
        id: String,
        /// Where to.
        position: usize,
    },
    /// Removes a section with its questions.
    RemoveSection {
        /// Which.
        id: String,
    },
    /// Adds a question at the end of a section; its id comes from [`Template::next_question_id`].
    AddQuestion {
        /// To which section.
        section: String,
        /// The question; its number is set by the place.
        question: Box<Question>,
    },
    /// Changes the question of the same id.
    EditQuestion(Box<Question>),
    /// Moves a question, also to another section.
    MoveQuestion {
        /// Which.
        id: QuestionId,
        /// To which section.
        section: String,
        /// Where to.
        position: usize,
    },
    /// Removes a question.
    RemoveQuestion {
        /// Which.
        id: QuestionId,
    },
}

/// What stands before the sections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// What the template is called.
    pub title: Text,
    /// What stands on its first page.
    pub introduction: Text,
    /// About how long it takes to answer.
    pub minutes: u16,
    /// The papers to have at hand.
    pub papers: Vec<Text>,
}

/// A section without its questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionHead {
    /// Which.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// What it is about.
    pub description: Text,
}

/// Why a change can't be made.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum EditFault {
    /// There is no such section.
    #[error("no section {0}")]
    UnknownSection(String),
    /// There is no such question.
    #[error("no question {0}")]
    UnknownQuestion(QuestionId),
    /// The id is taken.
    #[error("the id {0} is taken")]
    Taken(String),
}

impl EditFault {
    /// The message.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::UnknownSection(_) => "template-edit-fault-section",
            Self::UnknownQuestion(_) => "template-edit-fault-question",
            Self::Taken(_) => "template-edit-fault-taken",
        }
    }
}

impl Template {
    /// The draft after one change, numbered anew.
    ///
    /// # Errors
    /// When what is to be changed isn't there, or what is added already is.
    pub fn apply(&self, edit: Edit) -> Result<Self, EditFault> {
        let mut draft = self.clone();
        match edit {
            Edit::Head(head) => draft.set_head(head),
            Edit::AddSection(head) => draft.add_section(head)?,
            Edit::EditSection(head) => draft.edit_section(head)?,
            Edit::MoveSection { id, position } => draft.move_section(&id, position)?,
            Edit::RemoveSection { id } => drop(draft.take_section(&id)?),
            Edit::AddQuestion { section, question } => draft.add_question(&section, *question)?,
            Edit::EditQuestion(question) => draft.edit_question(*question)?,
            Edit::MoveQuestion { id, section, position } => {
                draft.move_question(&id, &section, position)?;
            }
            Edit::RemoveQuestion { id } => drop(draft.take_question(&id)?),
        }
        draft.renumber();
        Ok(draft)
    }

    /// The draft of the version after this one.
    #[must_use]
    pub fn next_version(&self) -> Self {
        Self { version: self.version.saturating_add(1), ..self.clone() }
    }

    /// An id for a new question: `q` and the number after the highest of this template and of the
    /// ids ever used in the family, so that an id never means two questions.
    #[must_use]
    pub fn next_question_id(&self, ever_used: &BTreeSet<QuestionId>) -> QuestionId {
        let used = self.questions().map(|q| &q.id).chain(ever_used);
        let highest =
            used.filter_map(|id| id.as_str().strip_prefix('q')?.parse::<u32>().ok()).max();
        let next = highest.unwrap_or(0).saturating_add(1);
        QuestionId(format!("q{next:02}"))
    }

    /// An id for a new section: the first letter not taken, then `S27` and on.
    #[must_use]
    pub fn next_section_id(&self) -> String {
        let letters = ('A'..='Z').map(String::from);
        let mut names = letters.chain((27_u32..).map(|n| format!("S{n}")));
        names.find(|name| self.section(name).is_none()).unwrap_or_default()
    }

    fn set_head(&mut self, head: Head) {
        self.title = head.title;
        self.introduction = head.introduction;
        self.minutes = head.minutes;
        self.papers = head.papers;
    }

    fn add_section(&mut self, head: SectionHead) -> Result<(), EditFault> {
        if self.section(&head.id).is_some() {
            return Err(EditFault::Taken(head.id));
        }
        self.sections.push(Section {
            id: head.id,
            title: head.title,
            description: head.description,
            questions: Vec::new(),
        });
        Ok(())
    }

    fn edit_section(&mut self, head: SectionHead) -> Result<(), EditFault> {
        let section = self.section_mut(&head.id)?;
        section.title = head.title;
        section.description = head.description;
        Ok(())
    }

    fn move_section(&mut self, id: &str, position: usize) -> Result<(), EditFault> {
        let section = self.take_section(id)?;
        let position = position.min(self.sections.len());
        self.sections.insert(position, section);
        Ok(())
    }

    fn add_question(&mut self, section: &str, question: Question) -> Result<(), EditFault> {
        if self.question(&question.id).is_some() {
            return Err(EditFault::Taken(question.id.into()));
        }
        self.section_mut(section)?.questions.push(question);
        Ok(())
    }

    fn edit_question(&mut self, question: Question) -> Result<(), EditFault> {
        let place = self.question_mut(&question.id)?;
        *place = question;
        Ok(())
    }

    fn move_question(
        &mut self,
        id: &QuestionId,
        section: &str,
        position: usize,
    ) -> Result<(), EditFault> {
        let question = self.take_question(id)?;
        let questions = &mut self.section_mut(section)?.questions;
        let position = position.min(questions.len());
        questions.insert(position, question);
        Ok(())
    }

    fn section_mut(&mut self, id: &str) -> Result<&mut Section, EditFault> {
        let found = self.sections.iter_mut().find(|s| s.id == id);
        found.ok_or_else(|| EditFault::UnknownSection(id.to_owned()))
    }

    fn question_mut(&mut self, id: &QuestionId) -> Result<&mut Question, EditFault> {
        let mut questions = self.sections.iter_mut().flat_map(|s| &mut s.questions);
        let found = questions.find(|q| q.id == *id);
        found.ok_or_else(|| EditFault::UnknownQuestion(id.clone()))
    }

    fn take_section(&mut self, id: &str) -> Result<Section, EditFault> {
        let place = self.sections.iter().position(|s| s.id == id);
        let place = place.ok_or_else(|| EditFault::UnknownSection(id.to_owned()))?;
        Ok(self.sections.remove(place))
    }

    fn take_question(&mut self, id: &QuestionId) -> Result<Question, EditFault> {
        for section in &mut self.sections {
            if let Some(place) = section.questions.iter().position(|q| q.id == *id) {
                return Ok(section.questions.remove(place));
            }
        }
        Err(EditFault::UnknownQuestion(id.clone()))
    }

    fn renumber(&mut self) {
        let questions = self.sections.iter_mut().flat_map(|s| &mut s.questions);
        for (question, number) in questions.zip(1..=u16::MAX) {
            question.number = number;
        }
    }
}
