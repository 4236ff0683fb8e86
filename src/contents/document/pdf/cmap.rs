//! Which characters the codes of a font are (ISO 32000-1 §9.10.3).

use std::collections::HashMap;

use encoding_rs::{EUC_JP, SHIFT_JIS, UTF_16BE};

use super::lexer::{Lexer, Token};

/// Most codes of a font.
const CODES: usize = 100_000;

/// How the codes of a font are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Code {
    /// A byte each, in Latin script.
    #[default]
    One,
    /// Two bytes each, whatever they mean.
    Two,
    /// CP932, as of the fonts that Japanese systems have.
    Sjis,
    /// EUC-JP.
    Euc,
    /// UTF-16.
    Utf16,
}

impl Code {
    /// By the name of a character map for composite fonts.
    pub(super) fn of(name: &[u8]) -> Self {
        let has = |part: &[u8]| name.windows(part.len()).any(|at| at == part);
        if has(b"RKSJ") {
            Self::Sjis
        } else if has(b"UTF16") || has(b"UCS2") {
            Self::Utf16
        } else if name.starts_with(b"EUC-") {
            Self::Euc
        } else {
            Self::Two
        }
    }
}

/// The characters of a font's codes.
#[derive(Debug, Default)]
pub(super) struct Cmap {
    one: HashMap<u32, char>,
    several: HashMap<u32, String>,
    /// First code, last code, first character; in order.
    ranges: Vec<(u32, u32, u32)>,
}

impl Cmap {
    /// Reads a character map.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut cmap = Self::default();
        let mut lexer = Lexer::new(bytes);
        while let Some(token) = lexer.next() {
            match token {
                Token::Word(b"beginbfchar") => cmap.characters(&mut lexer),
                Token::Word(b"beginbfrange") => cmap.ranges(&mut lexer),
                _ => {}
            }
        }
        cmap.ranges.sort_unstable();
        cmap
    }

    fn is_full(&self) -> bool {
        self.one.len() + self.several.len() + self.ranges.len() >= CODES
    }

    fn set(&mut self, code: u32, text: &[u8]) {
        let text = UTF_16BE.decode_without_bom_handling(text).0;
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            _ if self.is_full() => {}
            (Some(c), None) => {
                self.one.insert(code, c);
            }
            (Some(_), Some(_)) => {
                self.several.insert(code, text.chars().take(16).collect());
            }
            (None, _) => {}
        }
    }

    fn characters(&mut self, lexer: &mut Lexer<'_>) {
        while let Some(Token::Text(code)) = lexer.next() {
            let Some(Token::Text(text)) = lexer.next() else { return };
            self.set(code_of(&code), &text);
        }
    }

    fn ranges(&mut self, lexer: &mut Lexer<'_>) {
        while let (Some(Token::Text(first)), Some(Token::Text(last))) = (lexer.next(), lexer.next())
        {
            let (first, last) = (code_of(&first), code_of(&last));
            match lexer.next() {
                Some(Token::Text(text)) if text.len() == 2 => {
                    if !self.is_full() {
                        self.ranges.push((first, last, code_of(&text)));
                    }
                }
                Some(Token::Text(text)) => self.set(first, &text),
                Some(Token::Open) => {
                    let mut code = first;
                    while let Some(Token::Text(text)) = lexer.next() {
                        self.set(code, &text);
                        code = code.saturating_add(1);
                    }
                }
                _ => return,
            }
        }
    }

    fn push(&self, code: u32, text: &mut String) -> bool {
        if let Some(c) = self.one.get(&code) {
            text.push(*c);
            return true;
        }
        if let Some(several) = self.several.get(&code) {
            text.push_str(several);
            return true;
        }
        let behind = self.ranges.partition_point(|(first, ..)| *first <= code);
        let range = behind.checked_sub(1).and_then(|at| self.ranges.get(at));
        let range = range.filter(|(_, last, _)| code <= *last);
        let character = range.and_then(|(first, _, start)| {
            char::from_u32(start.checked_add(code.checked_sub(*first)?)?)
        });
        text.extend(character);
        character.is_some()
    }
}

/// A font, as far as it tells characters.
#[derive(Debug, Default)]
pub(super) struct Font {
    pub(super) code: Code,
    pub(super) cmap: Option<Cmap>,
}

impl Font {
    /// The text of a shown string; nothing where nobody can tell its characters.
    pub(super) fn text(&self, shown: &[u8]) -> Option<String> {
        let mut text = String::new();
        match (&self.cmap, self.code) {
            (Some(cmap), Code::One) => {
                for byte in shown {
                    if !cmap.push(u32::from(*byte), &mut text) {
                        text.push(char::from(*byte));
                    }
                }
            }
            (Some(cmap), _) => {
                for code in shown.chunks(2) {
                    cmap.push(code_of(code), &mut text);
                }
            }
            (None, Code::One) => text.extend(shown.iter().map(|byte| char::from(*byte))),
            (None, Code::Two) => return None,
            (None, Code::Sjis) => text.push_str(&SHIFT_JIS.decode_without_bom_handling(shown).0),
            (None, Code::Euc) => text.push_str(&EUC_JP.decode_without_bom_handling(shown).0),
            (None, Code::Utf16) => text.push_str(&UTF_16BE.decode_without_bom_handling(shown).0),
        }
        Some(text)
    }
}

fn code_of(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, byte| code << 8 | u32::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_characters() {
        let map = b"1 begincodespacerange <0000> <ffff> endcodespacerange
            2 beginbfchar <0001> <5C71> <0002> <00660069> endbfchar
            2 beginbfrange <0010> <0019> <0030> <0020> <0021> [<7530> <D842DFB7>] endbfrange";
        let font = Font { code: Code::Two, cmap: Some(Cmap::of(map)) };
        let shown = [0, 1, 0, 0x20, 0, 0x21, 0, 0x13, 0, 2, 0xff, 0xff];
        assert_eq!(font.text(&shown).unwrap(), "山田𠮷3fi");
        assert_eq!(Font { code: Code::Two, cmap: None }.text(&shown), None);
        let japanese = SHIFT_JIS.encode("山田").0.into_owned();
        let font = Font { code: Code::of(b"90ms-RKSJ-H"), cmap: None };
        assert_eq!(font.text(&japanese).unwrap(), "山田");
    }

    #[test]
    fn a_forged_map_ends() {
        let range = "<00000000> <ffffffff> <0030> ".repeat(200_000);
        let map = format!("1 beginbfrange {range} endbfrange");
        assert!(Cmap::of(map.as_bytes()).ranges.len() <= CODES);
    }
}
