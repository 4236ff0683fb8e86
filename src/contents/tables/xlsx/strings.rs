//! The texts that cells of a workbook share.

use super::super::bounded::Go;
use super::super::package::Package;
use super::super::shared::Shared;
use super::super::xml::Bit;

/// Reads them; how many there are said to be isn't asked.
///
/// # Errors
/// The part is broken, or more than is kept.
pub(super) fn read(package: &mut Package<'_>, name: &str) -> Go<Shared> {
    let mut strings = Shared::default();
    let Some(mut xml) = package.xml(name)? else {
        return Ok(strings);
    };
    // Furigana (rPh) stand beside the text, they aren't part of it.
    let (mut in_text, mut furigana) = (false, false);
    loop {
        match xml.next()? {
            Bit::Open(tag) => match tag.name() {
                "t" => in_text = !furigana,
                "rPh" => furigana = true,
                _ => {}
            },
            Bit::Close(tag) => match tag.name() {
                "t" => in_text = false,
                "rPh" => furigana = false,
                "si" => strings.end(unescape)?,
                _ => {}
            },
            Bit::Text(text) if in_text => strings.add(&text)?,
            Bit::Text(_) | Bit::Other => {}
            Bit::End => return Ok(strings),
        }
    }
}

/// Characters that XML can't hold are written `_x000D_` (ECMA-376 part 1, 22.9.2.19).
pub(super) fn unescape(text: &mut String, from: usize) {
    let Some(added) = text.get(from..).filter(|added| added.contains("_x")) else {
        return;
    };
    let mut plain = String::with_capacity(added.len());
    let mut rest = added;
    while let Some((before, after)) = rest.split_once("_x") {
        plain.push_str(before);
        let code = after.get(..4).filter(|_| after.get(4..5) == Some("_"));
        let code = code.and_then(|code| u32::from_str_radix(code, 16).ok());
        if let Some(c) = code.and_then(char::from_u32) {
            plain.push(c);
            rest = after.get(5..).unwrap_or_default();
        } else {
            plain.push_str("_x");
            rest = after;
        }
    }
    plain.push_str(rest);
    text.truncate(from);
    text.push_str(&plain);
}
