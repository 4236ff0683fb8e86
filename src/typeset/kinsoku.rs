//! What a character means for breaking lines: 行頭・行末禁則, spaces, marks that belong to the
//! character before them, and characters that are never drawn.

/// A line never begins with it.
pub(super) const NO_START: u8 = 1;
/// A line never ends with it.
pub(super) const NO_END: u8 = 2;
/// A space that may hang over the end of a line.
pub(super) const SPACE: u8 = 4;
/// A line may begin here.
pub(super) const BREAK: u8 = 8;

/// The rules for a character, as bits.
pub(super) fn class(c: char) -> u8 {
    if matches!(c, ' ' | '\u{3000}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200a}') {
        SPACE
    } else if no_start(c) {
        NO_START
    } else if no_end(c) {
        NO_END
    } else {
        0
    }
}

/// JIS X 4051: closing brackets, hyphens, dividing and middle marks, full stops and commas,
/// iteration marks, the long-vowel mark and small kana.
fn no_start(c: char) -> bool {
    matches!(c,
        ')' | ']' | '}' | ',' | '.' | '!' | '?' | ':' | ';' | '%'
        | '’' | '”' | '»' | '）' | '］' | '｝' | '〕' | '〉' | '》' | '」' | '』' | '】' | '〙' | '〗' | '｠' | '｣'
        | '、' | '。' | '，' | '．' | '､' | '｡' | '・' | '･' | '：' | '；' | '！' | '？' | '‼' | '⁇' | '⁈' | '⁉'
        | '‐' | '–' | '〜' | '゠' | '～' | '％'
        | '々' | '〻' | 'ヽ' | 'ヾ' | 'ゝ' | 'ゞ' | 'ー' | 'ｰ' | 'ﾞ' | 'ﾟ'
        | 'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ' | 'ゕ' | 'ゖ'
        | 'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' | 'ヮ' | 'ヵ' | 'ヶ'
        | 'ㇰ'..='ㇿ' | 'ｧ'..='ｯ' | '\u{3099}'..='\u{309c}' | '\u{300}'..='\u{36f}')
}

/// JIS X 4051: opening brackets, and signs that stand before a number.
fn no_end(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '‘'
            | '“'
            | '«'
            | '（'
            | '［'
            | '｛'
            | '〔'
            | '〈'
            | '《'
            | '「'
            | '『'
            | '【'
            | '〘'
            | '〖'
            | '｟'
            | '｢'
            | '￥'
            | '＄'
            | '＃'
    )
}

/// Selects a variant of the character before it; never drawn itself.
pub(super) fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Control and format characters: no glyph, no width.
pub(super) fn is_invisible(c: char) -> bool {
    c.is_control()
        || is_selector(c)
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Ends a line of the text.
pub(super) fn is_newline(c: char) -> bool {
    matches!(c, '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The single character for a kana and a combining (han)dakuten, as file names of some
/// systems have them.
pub(super) fn voiced(base: char, mark: char) -> Option<char> {
    let step = match (base, mark) {
        ('う', '\u{3099}') => return Some('ゔ'),
        ('ウ', '\u{3099}') => return Some('ヴ'),
        ('か'..='ぢ' | 'カ'..='ヂ', '\u{3099}') if u32::from(base) % 2 == 1 => 1,
        ('つ' | 'て' | 'と' | 'ツ' | 'テ' | 'ト' | 'ゝ' | 'ヽ', '\u{3099}') => 1,
        ('は'..='ぽ' | 'ハ'..='ポ', '\u{3099}') if u32::from(base) % 3 == ha(base) => 1,
        ('は'..='ぽ' | 'ハ'..='ポ', '\u{309a}') if u32::from(base) % 3 == ha(base) => 2,
        _ => return None,
    };
    char::from_u32(u32::from(base) + step)
}

/// Marks the plain kana of the は row, each of which its two voiced forms follow.
fn ha(kana: char) -> u32 {
    u32::from(if kana < 'ァ' { 'は' } else { 'ハ' }) % 3
}
