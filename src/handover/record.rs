//! The hand-overs in the audit record: what went through the desk to whom, who looked at it, who has
//! it. Files are told by their hashes: their names may tell of persons.

use std::collections::HashMap;

use super::model::{Deletion, Delivery, HandoverStatus};
use super::record_store::{self as store, Sent};
use crate::database::Connection;
use crate::entrustment::{self, DataItemId, Entrustment};
use crate::error::Result;
use crate::paper::Paper;
use crate::typeset::{Align, Cell, Tone};

/// What the section tells.
#[derive(Clone, Debug)]
pub struct Filed {
    sent: Vec<Sent>,
    items: HashMap<DataItemId, String>,
}

/// The hand-overs of an entrustment that were sent.
///
/// # Errors
/// Those of the database.
pub fn filed(connection: &mut Connection, entrustment: &Entrustment) -> Result<Filed> {
    let items = entrustment::items_ever(connection, entrustment)?;
    Ok(Filed {
        sent: store::sent(connection, entrustment)?,
        items: items.into_iter().map(|item| (item.id, item.name)).collect(),
    })
}

/// Writes the section, below the transmissions; nothing where nothing was handed over.
pub fn write(paper: &mut Paper, filed: &Filed) {
    if filed.sent.is_empty() {
        return;
    }
    paper.heading(2, paper.text("record-handovers"));
    let heads = [
        ("record-handover-what", 2.6, Align::Left),
        ("record-handover-files", 2.6, Align::Left),
        ("record-handover-looked", 2.0, Align::Left),
        ("record-handover-to", 2.8, Align::Left),
    ];
    let rows = filed.sent.iter().map(|sent| cells(paper, filed, sent)).collect();
    paper.table(&heads, rows);
    paper.note(paper.text("record-handovers-note"));
}

fn cells(paper: &Paper, filed: &Filed, sent: &Sent) -> Vec<Cell> {
    let to: Vec<String> =
        sent.deliveries.iter().map(|delivery| recipient(paper, delivery)).collect();
    let to = Cell::new(to.join("\n"));
    let open = sent.deliveries.iter().any(|delivery| delivery.deletion == Deletion::Asked);
    vec![
        Cell::new(what(paper, filed, sent)),
        Cell::new(files(paper, sent)),
        Cell::new(looked(paper, sent)),
        if open { to.tone(Tone::Caution) } else { to },
    ]
}

fn what(paper: &Paper, filed: &Filed, sent: &Sent) -> String {
    let of = &sent.handover;
    let number = [("number", i64::from(of.position).into())];
    let items: Vec<&str> =
        of.items.0.iter().filter_map(|id| filed.items.get(id)).map(String::as_str).collect();
    let mut lines = vec![
        paper.say("record-handover-number", &number),
        paper.text(&format!("handover-direction-{}", of.direction)),
    ];
    lines.extend(of.sent_at.map(|at| paper.moment_short(at)));
    lines.push(of.purpose.clone());
    lines.push(items.join(&paper.text("paper-between")));
    if of.status == HandoverStatus::Recalled {
        lines.push(paper.text("handover-status-recalled"));
    }
    if let Some(at) = of.recalled_at {
        let args = [
            ("who", of.recalled_by_name.as_str().into()),
            ("at", paper.moment_short(at).into()),
            ("reason", of.recall_reason.as_str().into()),
        ];
        lines.push(paper.say("record-handover-recalled", &args));
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

fn files(paper: &Paper, sent: &Sent) -> String {
    let persons = sent.files.iter().filter_map(super::File::found);
    let persons: u64 = persons.map(|contents| contents.persons).sum();
    let count = i64::try_from(persons).unwrap_or(i64::MAX);
    let mut lines = vec![paper.say("record-persons-count", &[("count", count.into())])];
    for file in sent.files.iter().filter(|file| !file.sha256.is_empty()) {
        lines.push(format!("SHA-256 {}", file.sha256));
    }
    for stop in &sent.explained {
        let args = [
            ("stop", paper.text(&format!("handover-stop-{}", stop.stop)).into()),
            ("reason", stop.reason.as_str().into()),
        ];
        lines.push(paper.say("record-handover-explained", &args));
    }
    lines.join("\n")
}

fn looked(paper: &Paper, sent: &Sent) -> String {
    let of = &sent.handover;
    let who = |key: &str, name: &str| paper.say(key, &[("who", name.into())]);
    let mut lines = vec![who("record-handover-asked-by", &of.proposed_by_name)];
    lines.extend(of.proposed_at.map(|at| paper.moment_short(at)));
    lines.push(who("record-handover-approved-by", &of.decided_by_name));
    lines.extend(of.decided_at.map(|at| paper.moment_short(at)));
    lines.join("\n")
}

/// A recipient: when it had everything, and what it says of a recall.
fn recipient(paper: &Paper, delivery: &Delivery) -> String {
    let mut who = vec![delivery.name.clone(), delivery.address.clone()];
    who.retain(|part| !part.is_empty());
    let mut lines = vec![who.join(" ")];
    lines.push(match delivery.received_at {
        Some(at) => {
            let args = [
                ("who", delivery.received_by_name.as_str().into()),
                ("at", paper.moment_short(at).into()),
            ];
            paper.say("record-handover-received", &args)
        }
        None => paper.text("record-handover-not-received"),
    });
    if delivery.deletion != Deletion::NotNeeded {
        let mut said = vec![paper.text(&format!("record-handover-deletion-{}", delivery.deletion))];
        said.extend(delivery.deletion_answered_at.map(|at| paper.moment_short(at)));
        said.push(delivery.deletion_answered_by_name.clone());
        said.push(delivery.deletion_note.clone());
        said.retain(|part| !part.is_empty());
        lines.push(said.join(" "));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{Filed, write};
    use crate::handover::model::{Deletion, Delivery, Handover, HandoverStatus};
    use crate::handover::record_store::Sent;
    use crate::handover::testing;
    use crate::paper::Paper;
    use crate::testing::jst;
    use crate::web::Language;

    fn written(sent: Vec<Sent>) -> String {
        let mut paper = Paper::new(Language::Ja);
        write(&mut paper, &Filed { sent, items: HashMap::new() });
        format!("{:?}", paper.blocks())
    }

    #[test]
    fn it_tells_who_has_what_by_its_hash_and_nothing_of_names() {
        let at = Some(jst("2026-04-02T10:30:00"));
        let fetched = Delivery {
            received_at: at,
            received_by_name: "見本 太郎".to_owned(),
            ..testing::delivery()
        };
        let sent = Sent {
            handover: testing::handover(),
            deliveries: vec![fetched, testing::delivery()],
            files: vec![testing::file(49)],
            explained: Vec::new(),
        };
        let text = written(vec![sent]);
        for part in
            ["第3号", "SHA-256 aa", "49", "依頼 﨑山", "承認 髙橋", "R8.4.2 10:30", "受取りなし"]
        {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(!text.contains(".csv"), "a file's name may be that of a person: {text}");
    }

    #[test]
    fn a_recall_stands_with_what_was_answered() {
        let recalled = Handover {
            status: HandoverStatus::Recalled,
            recalled_by_name: "﨑山".to_owned(),
            recalled_at: Some(jst("2026-04-03T09:00:00")),
            recall_reason: "別の課の一覧".to_owned(),
            ..testing::handover()
        };
        let answered = Delivery {
            deletion: Deletion::DeletedUnseen,
            deletion_answered_at: Some(jst("2026-04-03T11:00:00")),
            deletion_answered_by_name: "見本 太郎".to_owned(),
            ..testing::delivery()
        };
        let sent = Sent {
            handover: recalled,
            deliveries: vec![answered],
            files: Vec::new(),
            explained: Vec::new(),
        };
        let text = written(vec![sent]);
        for part in
            ["取戻し R8.4.3 09:00 﨑山：別の課の一覧", "消去済み（見ていない） R8.4.3 11:00"]
        {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn nothing_is_written_where_nothing_was_handed_over() {
        assert_eq!(written(Vec::new()), "[]");
    }
}
