//! A character -> the one that it is taken for in comparisons, because readers see no difference or writers make none.

use super::scripts::digit;

/// Returns the character that a look-alike is folded to; `None` for an invisible character and for one that only shows
/// the pronunciation. Capitals are kept.
pub fn letter(c: char) -> Option<char> {
    let letter = match c {
        '\0'..='\u{8}' | '\n'..='\u{7f}' => c,
        // Apostrophes, single quotation marks, primes and similar: okina, geresh, the Armenian apostrophe.
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | '‵' | '´' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | 'ˈ' | '՚' | '׳' | 'ꞌ' => {
            '\''
        }
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '‶' | 'ˮ' | '״' | '〝' | '〞' | '〟' => '"',
        // Hyphens, dashes, the minus sign, the Hebrew maqaf.
        '\u{2010}'..='\u{2015}' | '⸺' | '⸻' | '⁃' | '−' | '֊' | '־' | '﹘' | '﹣' => '-',
        // The slash of fractions, and that of divisions.
        '⁄' | '∕' => '/',
        '\t'
        | '\u{a0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200a}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}' => ' ',
        // Soft hyphens (also as `¬`, which some programs show or convert them to), joiners, direction marks; tatweel,
        // Arabic vowel and recitation marks; Hebrew points.
        '\u{ad}'
        | '¬'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{640}'
        | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}'
        | '\u{670}'
        | '\u{6d6}'..='\u{6dc}'
        | '\u{6df}'..='\u{6e4}'
        | '\u{6e7}'
        | '\u{6e8}'
        | '\u{6ea}'..='\u{6ed}'
        | '\u{591}'..='\u{5bd}'
        | '\u{5bf}'
        | '\u{5c1}'
        | '\u{5c2}'
        | '\u{5c4}'
        | '\u{5c5}'
        | '\u{5c7}' => return None,
        // Marks that many omit in writing: hamza and madda, the dots of yeh and of yo; and the letters of a Persian
        // keyboard for Arabic ones.
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ک' => 'ك',
        'ё' => 'е',
        'Ё' => 'Е',
        // Turkish has two letters i, and the capital of one is I.
        'İ' => 'I',
        'ı' => 'i',
        'ς' => 'σ',
        // Arabic and Persian digits.
        '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => {
            digit(c).and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
        }
        // Full-width ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    Some(letter)
}
