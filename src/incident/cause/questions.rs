//! The questions that an incident raises: a short questionnaire, chosen by what kind it was.

use crate::error::Result;
use crate::incident::model::IncidentKind;
use crate::questionnaire::Template;

const ASSET: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/incident-questions/lessons.json"));

/// The section that everybody is asked.
const COMMON: &str = "A";

/// The section of a kind beside the common one, and the name of its family.
const fn theme(kind: IncidentKind) -> (&'static str, &'static str) {
    match kind {
        IncidentKind::Misdirected
        | IncidentKind::ToInsteadOfBcc
        | IncidentKind::WrongAttachment
        | IncidentKind::ExtraRows
        | IncidentKind::SelfForwarding => ("B", "incident-sending"),
        IncidentKind::LostMedium
        | IncidentKind::LostPaper
        | IncidentKind::Theft
        | IncidentKind::Damage => ("C", "incident-things"),
        IncidentKind::Intrusion
        | IncidentKind::Ransomware
        | IncidentKind::Insider
        | IncidentKind::Exposure => ("D", "incident-systems"),
        IncidentKind::Other => (COMMON, "incident-common"),
    }
}

/// The questionnaire for a kind of incident.
///
/// # Errors
/// When the asset isn't a template.
pub(super) fn template(kind: IncidentKind) -> Result<Template> {
    let (section, family) = theme(kind);
    let mut template = Template::parse(ASSET)?;
    family.clone_into(&mut template.id);
    template.sections.retain(|own| own.id == COMMON || own.id == section);
    let questions = template.sections.iter_mut().flat_map(|own| &mut own.questions);
    for (number, question) in (1..).zip(questions) {
        question.number = number;
    }
    Ok(template)
}
