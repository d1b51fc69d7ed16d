//! What OCR saw, and with which model -> whether it can be what stands on the pages: the model of one script makes letters of
//! its own of any other.

use whatlang::Lang;

/// Says what to install; the package of Debian has the name of the model.
macro_rules! install {
    ($package:literal) => {
        concat!(
            "install the model (Debian: tesseract-ocr-",
            $package,
            "; macOS: tesseract-lang), and import the file again"
        )
    };
}

/// Languages that statements are in, their models, and what installs these.
pub const MODELS: &[(Lang, &str, &str)] = &[
    (Lang::Eng, "eng", install!("eng")),
    (Lang::Fra, "fra", install!("fra")),
    (Lang::Spa, "spa", install!("spa")),
    (Lang::Rus, "rus", install!("rus")),
    (Lang::Ara, "ara", install!("ara")),
    (Lang::Cmn, "chi_sim", install!("chi-sim")),
    (Lang::Por, "por", install!("por")),
    (Lang::Deu, "deu", install!("deu")),
    (Lang::Ita, "ita", install!("ita")),
    (Lang::Jpn, "jpn", install!("jpn")),
];

/// Scripts as tesseract calls them, and the models that know their letters, the first of which is to be installed.
const SCRIPTS: &[(&str, &[&str])] = &[
    ("Latin", &["eng", "fra", "spa", "por", "deu", "ita"]),
    ("Fraktur", &["deu"]),
    ("Cyrillic", &["rus"]),
    ("Arabic", &["ara"]),
    ("Han", &["chi_sim", "jpn"]),
    ("Japanese", &["jpn"]),
    ("Hiragana", &["jpn"]),
    ("Katakana", &["jpn"]),
];

/// What tesseract finds out about the letters of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Script {
    pub name: String,
    /// How much better it fits than any other; 1 and less says little.
    pub confidence: f32,
}

impl Script {
    /// Reads what `tesseract --psm 0` prints.
    pub fn read(printed: &str) -> Option<Script> {
        let value = |name: &str| printed.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        let confidence = value("Script confidence:")?.parse().ok()?;
        Some(Script { name: value("Script:")?.to_owned(), confidence })
    }
}

/// Why what was seen may not be what stands on the pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    pub message: String,
    pub help: &'static str,
    /// Whether none of its words can be right.
    pub is_lost: bool,
}

/// Words from which on the language of a text can be told.
const ENOUGH: usize = 20;
/// Confidence in a script above which it is believed.
const LIKELY: f32 = 1.5;
/// Per cent: so sure tesseract is of words that it has a model for, even on a bad copy.
const SURE: f32 = 60.0;

/// Returns the model of the language that a text is in, and what installs it.
pub fn of_text(text: &str) -> Option<(&'static str, &'static str)> {
    let info = whatlang::detect(text)?;
    let (_, model, help) = MODELS.iter().find(|(language, ..)| *language == info.lang())?;
    (info.is_reliable() && text.split_whitespace().count() >= ENOUGH).then_some((model, help))
}

/// Finds out whether words that were seen with a model, or several as `eng+fra`, can be right. `script` looks at a page
/// again, and is asked only where the words are not plainly of the model's language.
pub fn misread(model: &str, text: &str, confidence: f32, script: impl FnOnce() -> Option<Script>) -> Option<Misread> {
    let is_used = |name: &&str| model.split('+').any(|used| used == *name);
    let language = of_text(text);
    if language.is_some_and(|(name, _)| is_used(&name)) && confidence >= SURE {
        return None;
    }
    if let Some(script) = script().filter(|script| script.confidence >= LIKELY) {
        let models = SCRIPTS.iter().find(|(name, _)| *name == script.name).map_or(&[][..], |(_, models)| models);
        if !models.iter().any(&is_used) {
            let installs = MODELS.iter().find(|(_, name, _)| models.first() == Some(name));
            return Some(Misread {
                message: format!(
                    "its pages are in {} letters, for which tesseract has no model here (only {model})",
                    script.name
                ),
                help: installs.map_or("type the text, or hand it in in another format", |(.., help)| help),
                is_lost: confidence < SURE,
            });
        }
    }
    if let Some((name, help)) = language.filter(|(name, _)| !is_used(name)) {
        let message = format!("its words are of the language of `{name}`, and were seen with the model `{model}`");
        return Some(Misread { message, help, is_lost: false });
    }
    let message = format!("tesseract ({model}) is only {confidence:.0} % sure of the words that it saw");
    let help = "compare the draft with its original, or type the text";
    (confidence < SURE && !text.is_empty()).then_some(Misread { message, help, is_lost: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_seen_with_the_model_of_another_script_or_language_are_not_taken_for_right() {
        let english = "We have come to this hall in the hope that what was begun in the spring will be ended by those who began it, before the first snow falls on our roads.";
        let french = "Nous sommes venus dans cette salle avec l'espoir que ce qui a commencé au printemps sera achevé par ceux qui ont commencé, avant la première neige sur nos routes.";
        let noise = "asl gael AAS 9 AM aay aSuls pull Sa Yo Lai Ais Lhe paps cae ag all St CL balLil Aled eee data ails ail em d aryal afd LS ghtall Uaual";
        let script = |name: &str| Some(Script { name: name.to_owned(), confidence: 4.4 });
        for (model, text, confidence, script, expect) in [
            ("eng", english, 94.0, None, None),
            ("eng+fra", french, 90.0, None, None),
            ("eng", french, 90.0, script("Latin"), Some(("`fra`", false, "tesseract-ocr-fra"))),
            ("eng", noise, 26.0, script("Arabic"), Some(("Arabic letters", true, "tesseract-ocr-ara"))),
            ("eng+fra", noise, 30.0, script("Cyrillic"), Some(("Cyrillic letters", true, "tesseract-ocr-rus"))),
            ("eng", noise, 30.0, script("Thai"), Some(("Thai letters", true, "type the text"))),
            ("eng", noise, 30.0, None, Some(("only 30 % sure", false, "compare"))),
            ("ara", noise, 80.0, script("Arabic"), None),
        ] {
            let found = misread(model, text, confidence, || script);
            let expect_message = expect.map(|(message, ..)| message);
            assert_eq!(found.is_some(), expect.is_some(), "{model} {expect_message:?}: {found:?}");
            if let (Some(found), Some((message, is_lost, help))) = (found, expect) {
                assert!(found.message.contains(message) && found.help.contains(help), "{found:?}");
                assert_eq!(found.is_lost, is_lost, "{found:?}");
            }
        }
    }

    #[test]
    fn what_tesseract_says_of_letters_is_read() {
        let printed = "Page number: 0\nRotate: 0\nScript: Arabic\nScript confidence: 4.44\n";
        assert_eq!(Script::read(printed), Some(Script { name: "Arabic".into(), confidence: 4.44 }));
        assert_eq!(Script::read("Too few characters. Skipping this page\n"), None);
    }
}
