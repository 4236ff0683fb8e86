//! The words of which a PDF is written (ISO 32000-1 §7.2 and §7.3), and the objects they make.

use lopdf::{Dictionary, Object, StringFormat};

/// Most objects within each other.
const DEEP: u32 = 32;

/// A word.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'b> {
    Whole(i32),
    Real(f32),
    Name(Vec<u8>),
    Text(Vec<u8>),
    Open,
    Close,
    OpenDictionary,
    CloseDictionary,
    /// Anything else: a keyword, an operator.
    Word(&'b [u8]),
}

/// Reads words one after the other. Whatever the bytes are, it comes to their end.
#[derive(Clone)]
pub(super) struct Lexer<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Lexer<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// How far the reading is.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Whether everything is read.
    pub(super) fn is_over(&self) -> bool {
        self.at >= self.bytes.len()
    }

    /// Leaves out some bytes.
    pub(super) fn skip(&mut self, count: usize) {
        self.at = self.at.saturating_add(count).min(self.bytes.len());
    }

    /// What is still to be read.
    pub(super) fn rest(&self) -> &'b [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn take_if(&mut self, wanted: u8) -> bool {
        let there = self.peek() == Some(wanted);
        if there {
            self.at += 1;
        }
        there
    }

    /// The next word.
    pub(super) fn next(&mut self) -> Option<Token<'b>> {
        loop {
            match self.peek()? {
                b'%' => while self.take().is_some_and(|b| !matches!(b, b'\n' | b'\r')) {},
                byte if is_space(byte) => self.at += 1,
                _ => break,
            }
        }
        let start = self.at;
        match self.take()? {
            b'/' => Some(Token::Name(self.name())),
            b'(' => Some(Token::Text(self.literal())),
            b'<' if self.take_if(b'<') => Some(Token::OpenDictionary),
            b'<' => Some(Token::Text(self.hexadecimal())),
            b'>' if self.take_if(b'>') => Some(Token::CloseDictionary),
            b'[' => Some(Token::Open),
            b']' => Some(Token::Close),
            byte if is_delimiter(byte) => Some(Token::Word(self.bytes.get(start..self.at)?)),
            _ => {
                while self.peek().is_some_and(is_regular) {
                    self.at += 1;
                }
                let word = self.bytes.get(start..self.at)?;
                Some(number(word).unwrap_or(Token::Word(word)))
            }
        }
    }

    fn name(&mut self) -> Vec<u8> {
        let mut name = Vec::new();
        while let Some(byte) = self.peek().filter(|byte| is_regular(*byte)) {
            self.at += 1;
            let coded = self.bytes.get(self.at..self.at.saturating_add(2));
            match coded.filter(|_| byte == b'#').and_then(byte_of) {
                Some(coded) => {
                    self.at += 2;
                    name.push(coded);
                }
                None => name.push(byte),
            }
        }
        name
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        let mut digits = Vec::new();
        while let Some(byte) = self.take().filter(|byte| *byte != b'>') {
            digits.extend(digit(byte));
        }
        if digits.len() % 2 == 1 {
            digits.push(0);
        }
        digits
            .chunks_exact(2)
            .map(|two| two.iter().fold(0, |sum, digit| sum << 4 | digit))
            .collect()
    }

    fn literal(&mut self) -> Vec<u8> {
        let mut text = Vec::new();
        let mut open = 1_u32;
        while let Some(byte) = self.take() {
            match byte {
                b'\\' => self.escaped(&mut text),
                b'(' => {
                    open = open.saturating_add(1);
                    text.push(byte);
                }
                b')' => {
                    open -= 1;
                    if open == 0 {
                        break;
                    }
                    text.push(byte);
                }
                _ => text.push(byte),
            }
        }
        text
    }

    fn escaped(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.take() else { return };
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' => {
                self.take_if(b'\n');
            }
            b'\n' => {}
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(next @ b'0'..=b'7') = self.peek() else { break };
                    self.at += 1;
                    value = value << 3 | u32::from(next - b'0');
                }
                text.push(u8::try_from(value & 0xff).unwrap_or_default());
            }
            other => text.push(other),
        }
    }

    /// The next object; nothing where there is none, or where it isn't whole.
    pub(super) fn object(&mut self) -> Option<Object> {
        let token = self.next()?;
        self.object_of(token, DEEP)
    }

    fn object_of(&mut self, token: Token<'b>, depth: u32) -> Option<Object> {
        let depth = depth.checked_sub(1)?;
        Some(match token {
            Token::Whole(value) => {
                self.reference(value).unwrap_or_else(|| Object::Integer(i64::from(value)))
            }
            Token::Real(value) => Object::Real(value),
            Token::Name(name) => Object::Name(name),
            Token::Text(text) => Object::String(text, StringFormat::Literal),
            Token::Open => {
                let mut all = Vec::new();
                loop {
                    match self.next()? {
                        Token::Close => break,
                        token => all.push(self.object_of(token, depth)?),
                    }
                }
                Object::Array(all)
            }
            Token::OpenDictionary => {
                let mut all = Dictionary::new();
                loop {
                    match self.next()? {
                        Token::CloseDictionary => break,
                        Token::Name(key) => {
                            let value = self.next()?;
                            // A key without its value: the dictionary ends here.
                            if value == Token::CloseDictionary {
                                break;
                            }
                            all.set(key, self.object_of(value, depth)?);
                        }
                        _ => {}
                    }
                }
                Object::Dictionary(all)
            }
            Token::Word(b"true") => Object::Boolean(true),
            Token::Word(b"false") => Object::Boolean(false),
            Token::Word(_) | Token::Close | Token::CloseDictionary => Object::Null,
        })
    }

    /// `12 0 R`, when the first number is read.
    fn reference(&mut self, id: i32) -> Option<Object> {
        let id = u32::try_from(id).ok()?;
        let mut ahead = self.clone();
        let Token::Whole(generation) = ahead.next()? else { return None };
        let generation = u16::try_from(generation).ok()?;
        if ahead.next()? != Token::Word(b"R") {
            return None;
        }
        self.at = ahead.at;
        Some(Object::Reference((id, generation)))
    }
}

fn number<'b>(word: &[u8]) -> Option<Token<'b>> {
    let first = word.first()?;
    if word.len() > 40 || !(first.is_ascii_digit() || matches!(first, b'+' | b'-' | b'.')) {
        return None;
    }
    let word = std::str::from_utf8(word).ok()?;
    match word.parse() {
        Ok(whole) => Some(Token::Whole(whole)),
        Err(_) => word.parse().ok().filter(|real: &f32| real.is_finite()).map(Token::Real),
    }
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

fn byte_of(two: &[u8]) -> Option<u8> {
    let [high, low] = two else { return None };
    Some(digit(*high)? << 4 | digit(*low)?)
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !is_delimiter(byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(text: &str) -> Option<Object> {
        Lexer::new(text.as_bytes()).object()
    }

    #[test]
    fn objects_are_read_as_they_are_written() {
        let object =
            object("<</A#42 [1 2 0 R (a\\(b\\051\\n(c)) <6> -1.5 true null] /B <</C/D>>>>")
                .unwrap();
        let all = object.as_dict().unwrap();
        let array = all.get(b"AB").unwrap().as_array().unwrap();
        assert_eq!(array[0].as_i64().unwrap(), 1);
        assert_eq!(array[1].as_reference().unwrap(), (2, 0));
        assert_eq!(array[2].as_str().unwrap(), b"a(b)\n(c)");
        assert_eq!(array[3].as_str().unwrap(), b"\x60");
        assert_eq!(array.len(), 7);
        assert_eq!(
            all.get(b"B").unwrap().as_dict().unwrap().get(b"C").unwrap().as_name().unwrap(),
            b"D"
        );
    }

    #[test]
    fn what_is_cut_off_or_too_deep_is_no_object() {
        for text in ["<</A", "[1 2", "", "   ", "<</A [1 2>>"] {
            assert!(object(text).is_none(), "{text}");
        }
        assert!(object(&"[".repeat(100_000)).is_none());
        assert!(object(&"<</A".repeat(100_000)).is_none());
    }
}
