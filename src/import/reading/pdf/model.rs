//! What OCR read, and with which model -> whether it can be right: a model for one script turns letters of any other
//! into its own.

use whatlang::Lang;

/// Makes the help on what to install; Debian's package is named after the model.
macro_rules! install {
    ($package:literal) => {
        concat!(
            "install the model (Debian: tesseract-ocr-",
            $package,
            "; macOS: tesseract-lang), and import the file again"
        )
    };
}

/// Languages of statements, their models, and the help for installing them.
pub(super) const MODELS: &[(Lang, &str, &str)] = &[
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

/// Scripts by tesseract's names, and the models for them, of which the first should be installed.
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

/// What tesseract detects about the letters of a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Script {
    /// Name of the script: `Cyrillic`.
    pub name: String,
    /// How much better it fits than any other; 1 or less says little.
    pub confidence: f32,
}

impl Script {
    /// Parses what `tesseract --psm 0` prints.
    pub(super) fn read(printed: &str) -> Option<Script> {
        let value = |name: &str| printed.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        let confidence = value("Script confidence:")?.parse().ok()?;
        Some(Script { name: value("Script:")?.to_owned(), confidence })
    }
}

/// Why the words may not be those on the pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Misread {
    /// What is wrong.
    pub message: String,
    /// What a person can do.
    pub help: &'static str,
    /// Whether none of its words can be right.
    pub is_lost: bool,
}

/// The minimum number of words from which the language of a text can be detected.
const ENOUGH: usize = 20;
/// Confidence in a script above which it is believed.
const LIKELY: f32 = 1.5;
/// Percentage of confidence that tesseract reaches with the right model even on a bad copy.
const SURE: f32 = 60.0;

/// Returns the model for the language of a text, and the help for installing it.
pub(super) fn of_text(text: &str) -> Option<(&'static str, &'static str)> {
    let info = whatlang::detect(text)?;
    let (_, model, help) = MODELS.iter().find(|(language, ..)| *language == info.lang())?;
    (info.is_reliable() && text.split_whitespace().count() >= ENOUGH).then_some((model, help))
}

/// Decides whether words that were read with a model, or several as in `eng+fra`, can be right. `script` examines a
/// page again, so it is called only if the words are not clearly in the model's language.
pub(super) fn misread(
    model: &str,
    text: &str,
    confidence: f32,
    script: impl FnOnce() -> Option<Script>,
) -> Option<Misread> {
    let is_used = |name: &&str| model.split('+').any(|used| used == *name);
    let language = of_text(text);
    if language.is_some_and(|(name, _)| is_used(&name)) && confidence >= SURE {
        return None;
    }
    // First the script: a Latin model reads Cyrillic as nonsense with a confidence of its own.
    if let Some(script) = script().filter(|script| script.confidence >= LIKELY) {
        let models = SCRIPTS.iter().find(|(name, _)| *name == script.name).map_or(&[][..], |(_, models)| models);
        if !models.iter().any(&is_used) {
            let installs = MODELS.iter().find(|(_, name, _)| models.first() == Some(name));
            return Some(Misread {
                message: format!(
                    "its pages are in {} letters, for which tesseract has no model here (only {model})",
                    script.name
                ),
                help: installs.map_or("type the text, or import it in another format", |(.., help)| help),
                is_lost: confidence < SURE,
            });
        }
    }
    if let Some((name, help)) = language.filter(|(name, _)| !is_used(name)) {
        let message = format!("its words are in the language of `{name}`, but were read with the model `{model}`");
        return Some(Misread { message, help, is_lost: false });
    }
    let message = format!("tesseract ({model}) is only {confidence:.0} % sure of the words that it read");
    let help = "compare the draft with its original, or type the text";
    (confidence < SURE && !text.is_empty()).then_some(Misread { message, help, is_lost: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_with_the_wrong_model_are_not_trusted() {
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
    fn tesseracts_script_detection_is_parsed() {
        let printed = "Page number: 0\nRotate: 0\nScript: Arabic\nScript confidence: 4.44\n";
        assert_eq!(Script::read(printed), Some(Script { name: "Arabic".into(), confidence: 4.44 }));
        assert_eq!(Script::read("Too few characters. Skipping this page\n"), None);
    }
}
