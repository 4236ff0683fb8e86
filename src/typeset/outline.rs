//! The outline (bookmarks) as a tree. printpdf writes a flat list in the order of page and
//! name; these are the changes that make of it the headings' tree, in their order.

use super::layout::Heading;
use super::paginate::Place;
use super::style::PAGE_HEIGHT;

/// The number of an object in the file.
pub(super) type ObjectId = (u32, u16);

/// A change to one entry of a dictionary.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Change {
    /// Refer to another object.
    Refer(&'static str, ObjectId),
    /// Set a number.
    Count(&'static str, i64),
    /// Replace the text of a string.
    Text(&'static str, Vec<u8>),
    /// Set the destination's distance from the foot of the page, pt.
    Top(f32),
    /// Take an entry out.
    Remove(&'static str),
}

/// Changes that turn the flat list `items` under `root` into a tree.
pub(super) fn tree(
    headings: &[Heading],
    places: &[Place],
    root: ObjectId,
    items: &[ObjectId],
) -> Vec<(ObjectId, Change)> {
    let mut changes = Vec::new();
    let nodes: Vec<(ObjectId, &Heading)> = items.iter().copied().zip(headings).collect();
    for ((item, heading), place) in nodes.iter().zip(places) {
        let top = PAGE_HEIGHT - place.y + 6.0;
        changes.push((*item, Change::Text("Title", utf16(&heading.text))));
        changes.push((*item, Change::Top(top)));
        changes.push((*item, Change::Remove("Prev")));
        changes.push((*item, Change::Remove("Next")));
    }
    family(root, &nodes, true, &mut changes);
    changes
}

/// Links a parent with its children, and those with theirs. `nodes` are all descendants in
/// order; a child is a node that no higher one comes before.
fn family(
    parent: ObjectId,
    nodes: &[(ObjectId, &Heading)],
    open: bool,
    changes: &mut Vec<(ObjectId, Change)>,
) {
    let mut top = u8::MAX;
    let branches: Vec<&[(ObjectId, &Heading)]> = nodes
        .chunk_by(|(_, before), (_, node)| {
            top = top.min(before.level);
            node.level > top
        })
        .collect();
    let children: Vec<ObjectId> =
        branches.iter().filter_map(|branch| branch.first().map(|(id, _)| *id)).collect();
    let (Some(first), Some(last)) = (children.first(), children.last()) else {
        return;
    };
    let count = i64::try_from(children.len()).unwrap_or(0);
    changes.push((parent, Change::Refer("First", *first)));
    changes.push((parent, Change::Refer("Last", *last)));
    let count = if open { count } else { -count };
    changes.push((parent, Change::Count("Count", count)));
    for pair in children.windows(2) {
        if let [before, after] = pair {
            changes.push((*before, Change::Refer("Next", *after)));
            changes.push((*after, Change::Refer("Prev", *before)));
        }
    }
    for branch in branches {
        if let [(child, _), rest @ ..] = branch {
            changes.push((*child, Change::Refer("Parent", parent)));
            family(*child, rest, false, changes);
        }
    }
}

/// A text string of a PDF: UTF-16BE with a byte order mark.
fn utf16(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(u16::to_be_bytes);
    [0xfe, 0xff].into_iter().chain(units).collect()
}
