//! A text -> its language.

use whatlang::{Info, Lang, detect};

use crate::import::known::Found;
use crate::import::mended::Mended;
use crate::import::pages::Pages;

/// How many letters are needed to be certain, and how many are examined.
const ENOUGH: usize = 200;
const SAMPLE: usize = 20_000;

/// Finds the language: the one that the file declares, or the one that its letters and words suggest.
pub(super) fn find(pages: &Pages, mended: &Mended) -> Option<Found> {
    if let Some(declared) = &pages.language {
        let evidence = "the file declares it".to_owned();
        return Some(Found { key: "language", value: declared.to_string(), evidence, sure: true });
    }
    let text: String = mended.blocks.iter().flat_map(|block| [block.text.as_str(), "\n"]).collect();
    let sample: String = text.chars().take(SAMPLE).collect();
    let info = detect(&sample)?;
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let sure = info.is_reliable() && letters >= ENOUGH;
    // The detector can be very confident about a few words.
    let evidence = if letters < ENOUGH {
        format!("its letters and words, but there are only {letters} letters")
    } else {
        format!("its letters and words ({:.0} % sure)", info.confidence() * 100.0)
    };
    Some(Found { key: "language", value: tag(&info, &sample).to_owned(), evidence, sure })
}

/// Returns the shortest BCP 47 tag of a language.
fn tag(info: &Info, text: &str) -> &'static str {
    match info.lang() {
        Lang::Eng => "en",
        Lang::Rus => "ru",
        // The detector does not distinguish the two scripts of Chinese; readers of one can hardly read the other.
        Lang::Cmn if is_traditional(text) => "zh-Hant",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Epo => "eo",
        Lang::Cym => "cy",
    }
}

/// Returns whether a Chinese text is in traditional characters, judged by some that have simplified forms.
fn is_traditional(text: &str) -> bool {
    let count = |signs: &str| text.chars().filter(|c| signs.contains(*c)).count();
    count("國會們來為個這時發對後過經說義關際") > count("国会们来为个这时发对后过经说义关际")
}
