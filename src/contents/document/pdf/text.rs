//! The text of pages, line by line as it stands on them (ISO 32000-1 §9).

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use lopdf::{Dictionary, Object};

use super::cmap::{Cmap, Code, Font};
use super::index::Index;
use super::lexer::{Lexer, Token, is_space};
use crate::contents::model::Unreadable;
use crate::contents::source::find;
use crate::contents::words::Words;

/// Pages above each other whose fonts are looked for.
const DEEP: u32 = 32;
/// Most operands of an operator that are kept.
const OPERANDS: usize = 16;
/// Most fonts kept.
const FONTS: usize = 200;

type Fonts = HashMap<Vec<u8>, Rc<Font>>;

/// Reads pages, and drawings that pages use.
#[derive(Default)]
pub(super) struct Pages {
    fonts: HashMap<u32, Rc<Font>>,
    read: HashSet<u32>,
}

impl Pages {
    /// Takes an object; one that is neither a page nor a drawing is left alone.
    pub(super) fn take(
        &mut self,
        index: &mut Index<'_, '_>,
        object: &Dictionary,
        stream: Option<u64>,
        words: &mut Words<'_>,
    ) -> Result<(), Unreadable> {
        let is_form =
            object.get(b"Subtype").is_ok_and(|of| of.as_name().is_ok_and(|of| of == b"Form"));
        if let (true, Some(start)) = (is_form, stream) {
            let fonts = self.fonts_of(index, object)?;
            if let Some(content) = index.stream(object, start)? {
                show(&content, &fonts, words)?;
            }
        } else if object.has_type(b"Page") {
            let fonts = self.fonts_of(index, object)?;
            let mut content = Vec::new();
            for id in contents_of(index, object) {
                // What a later save replaced is read too: it is still there.
                let streams = if self.read.insert(id) { index.streams_of(id)? } else { Vec::new() };
                for bytes in streams {
                    content.extend_from_slice(&bytes);
                    content.push(b'\n');
                }
                // What goes on in the next stream is rarely more than a word.
                if content.len() > 4 * 1024 * 1024 {
                    show(&std::mem::take(&mut content), &fonts, words)?;
                }
            }
            show(&content, &fonts, words)?;
        }
        Ok(())
    }

    /// The fonts of a page, its own or those of what is above it.
    fn fonts_of(
        &mut self,
        index: &mut Index<'_, '_>,
        page: &Dictionary,
    ) -> Result<Fonts, Unreadable> {
        let mut page = page.clone();
        for _ in 0..DEEP {
            if let Ok(resources) = page.get(b"Resources") {
                let all = index
                    .dictionary(resources)
                    .and_then(|all| index.dictionary(all.get(b"Font").ok()?));
                return self.fonts_named(index, &all.unwrap_or_default());
            }
            let above = page.get(b"Parent").ok().and_then(|above| index.dictionary(above));
            let Some(above) = above else { break };
            page = above;
        }
        Ok(Fonts::new())
    }

    fn fonts_named(
        &mut self,
        index: &mut Index<'_, '_>,
        all: &Dictionary,
    ) -> Result<Fonts, Unreadable> {
        let mut fonts = Fonts::new();
        for (name, font) in all.iter().take(FONTS) {
            let known = font.as_reference().ok().map(|(id, _)| id);
            let kept = known.and_then(|id| self.fonts.get(&id).cloned());
            let font = if let Some(font) = kept {
                font
            } else {
                let Some(font) = index.dictionary(font) else { continue };
                Rc::new(font_of(index, &font)?)
            };
            if let Some(id) = known.filter(|_| self.fonts.len() < FONTS) {
                self.fonts.insert(id, Rc::clone(&font));
            }
            fonts.insert(name.clone(), font);
        }
        Ok(fonts)
    }
}

fn font_of(index: &mut Index<'_, '_>, font: &Dictionary) -> Result<Font, Unreadable> {
    let name = |key: &[u8]| font.get(key).and_then(Object::as_name).unwrap_or_default();
    let code = match name(b"Subtype") {
        b"Type0" => Code::of(name(b"Encoding")),
        _ => Code::One,
    };
    let cmap = match font.get(b"ToUnicode").and_then(Object::as_reference) {
        Ok((id, _)) => index.stream_of(id)?.map(|(_, bytes)| Cmap::of(&bytes)),
        Err(_) => None,
    };
    Ok(Font { code, cmap })
}

/// The numbers of the streams that a page is written in.
fn contents_of(index: &mut Index<'_, '_>, page: &Dictionary) -> Vec<u32> {
    let id = |object: &Object| object.as_reference().ok().map(|(id, _)| id);
    match page.get(b"Contents") {
        Ok(one @ Object::Reference(_)) => match index.resolve(one) {
            Some(Object::Array(all)) => all.iter().filter_map(id).collect(),
            _ => id(one).into_iter().collect(),
        },
        Ok(Object::Array(all)) => all.iter().filter_map(id).collect(),
        _ => Vec::new(),
    }
}

/// Where the pen is.
struct Pen {
    font: Option<Rc<Font>>,
    size: f32,
    scale: f32,
    line: (f32, f32),
    /// The place behind what was written last.
    behind: (f32, f32),
}

fn show(content: &[u8], fonts: &Fonts, words: &mut Words<'_>) -> Result<(), Unreadable> {
    let mut pen = Pen { font: None, size: 1.0, scale: 1.0, line: (0.0, 0.0), behind: (0.0, 0.0) };
    let mut lexer = Lexer::new(content);
    let mut operands: Vec<Object> = Vec::new();
    loop {
        let mut ahead = lexer.clone();
        match ahead.next() {
            None => break,
            Some(Token::Word(word)) if !matches!(word, b"true" | b"false" | b"null") => {
                lexer = ahead;
                if word == b"ID" {
                    skip_picture(&mut lexer);
                }
                pen.operator(word, &operands, fonts, words)?;
                operands.clear();
            }
            Some(_) => {
                let Some(object) = lexer.object() else { break };
                if operands.len() >= OPERANDS {
                    operands.remove(0);
                }
                operands.push(object);
            }
        }
    }
    words.end_line();
    Ok(())
}

/// Leaves out the bytes of a picture that stands among the text.
fn skip_picture(lexer: &mut Lexer<'_>) {
    loop {
        let Some(at) = find(lexer.rest(), b"EI") else {
            lexer.skip(usize::MAX);
            return;
        };
        let around = lexer.rest();
        let before =
            at.checked_sub(1).and_then(|at| around.get(at)).is_none_or(|byte| is_space(*byte));
        let behind = around.get(at.saturating_add(2)).is_none_or(|byte| is_space(*byte));
        lexer.skip(at.saturating_add(2));
        if before && behind {
            return;
        }
    }
}

impl Pen {
    fn operator(
        &mut self,
        word: &[u8],
        operands: &[Object],
        fonts: &Fonts,
        words: &mut Words<'_>,
    ) -> Result<(), Unreadable> {
        let number = |at: usize| operands.get(at).and_then(|one| one.as_float().ok());
        match (word, operands) {
            (b"Tf", [.., Object::Name(name), _]) => {
                self.font = fonts.get(name).cloned();
                self.size = number(operands.len().saturating_sub(1)).unwrap_or(1.0).abs();
            }
            (b"Tm", [_, _, _, _, _, _]) => {
                let (a, b) = (number(0).unwrap_or(1.0), number(1).unwrap_or_default());
                self.scale = a.abs().max(b.abs());
                self.move_to(number(4).unwrap_or_default(), number(5).unwrap_or_default(), words);
            }
            (b"Td" | b"TD", [_, _]) => {
                let x = number(0).unwrap_or_default() * self.scale + self.line.0;
                let y = number(1).unwrap_or_default() * self.scale + self.line.1;
                self.move_to(x, y, words);
            }
            (b"T*", _) => words.end_line(),
            (b"Tj", [.., Object::String(shown, _)]) => self.write(shown, words)?,
            (b"'" | b"\"", [.., Object::String(shown, _)]) => {
                words.end_line();
                self.write(shown, words)?;
            }
            (b"TJ", [.., Object::Array(all)]) => {
                for one in all {
                    match one {
                        Object::String(shown, _) => self.write(shown, words)?,
                        // In thousandths of the size: a gap as wide as a letter parts words.
                        other if other.as_float().is_ok_and(|by| by < self.gap()) => {
                            words.push(" ")?;
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn gap(&self) -> f32 {
        let narrow = self.font.as_ref().is_none_or(|font| font.code == Code::One);
        if narrow { -200.0 } else { -900.0 }
    }

    fn move_to(&mut self, x: f32, y: f32, words: &mut Words<'_>) {
        let size = (self.size * self.scale).max(0.1);
        let (right, down) = (x - self.behind.0, y - self.behind.1);
        // Letters of a form are written one by one into their boxes: they belong together.
        if down.abs() > size * 0.5 || right < -size {
            words.end_line();
        } else if right > size * 2.0 {
            words.tab();
        }
        self.line = (x, y);
        self.behind = (x, y);
    }

    fn write(&mut self, shown: &[u8], words: &mut Words<'_>) -> Result<(), Unreadable> {
        let plain = Font::default();
        let Some(text) = self.font.as_deref().unwrap_or(&plain).text(shown) else { return Ok(()) };
        let width: f32 = text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum();
        self.behind.0 += width * self.size * self.scale;
        words.push(&text)
    }
}
