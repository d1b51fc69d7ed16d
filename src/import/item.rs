//! One file that was handed in -> all that came of it, before it is known where it goes.

use std::sync::Arc;

use super::draft::{self, Draft};
use super::existing::Facts;
use super::gather::Handed;
use super::judging::{self, Judgement, Verdict};
use super::knowing::{self, Context};
use super::known::Known;
use super::likeness::Likeness;
use super::mended::{Mended, Removal, Repair};
use super::mending;
use super::original::Original;
use super::pages::Doubt;
use super::reading::{self, Ocr};
use super::said::{self, Left, Said};
use super::struck;
use super::unreadable::Unreadable;
use super::wordcheck::{self, Difference};
use crate::active;
use crate::read::text;

/// What came of one file.
#[derive(Clone, Debug)]
pub struct Item {
    pub path: Arc<str>,
    pub outcome: Outcome,
}

/// Whether a file became a draft.
#[derive(Clone, Debug)]
pub enum Outcome {
    Drafted(Box<Drafted>),
    /// It could not be read, so there is nothing to make a draft of.
    Unreadable(Unreadable),
    /// The draft would have said something else than its original.
    Refused(Difference),
}

/// A draft and all that a person may want to know of how it was made.
#[derive(Clone, Debug)]
pub struct Drafted {
    /// The original, without its bytes.
    pub original: Original,
    pub reader: String,
    pub judgement: Judgement,
    pub known: Known,
    /// What others said of it that could not be used.
    pub left: Vec<Left>,
    pub draft: Draft,
    /// What it is compared with others by; nothing where its text is missing.
    pub likeness: Option<Likeness>,
    /// What can be shown side by side, until it is let go of.
    pub text: Option<Text>,
    /// Paragraphs, headings and items.
    pub blocks: usize,
    pub removals: Vec<Removal>,
    pub repairs: Vec<Repair>,
    pub doubts: Vec<Doubt>,
}

impl Item {
    /// Returns the SHA-256 of the original that a draft was made of.
    pub fn sha256(&self) -> Option<&str> {
        match &self.outcome {
            Outcome::Drafted(drafted) => Some(&drafted.original.sha256),
            _ => None,
        }
    }

    /// Lets go of the text, when it is written.
    pub fn shed(&mut self) {
        if let Outcome::Drafted(drafted) = &mut self.outcome {
            drafted.draft.body = String::new();
            drafted.likeness = None;
            drafted.text = None;
        }
    }
}

impl Drafted {
    /// Returns what is sure of it, and what other versions of it must not differ in.
    pub fn facts(&self) -> Facts {
        let sure = |key| self.known.get(key).filter(|found| found.sure).map(|found| found.value.clone());
        Facts { delegation: sure("delegation"), date: sure("date"), forum: sure("forum"), language: sure("language") }
    }
}

/// A text as it was read, and as it became a draft.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// Every line with its number.
    pub lines: Vec<(u32, String)>,
    /// Every block with the number of the line on which it begins.
    pub blocks: Vec<(u32, String)>,
}

/// The largest text of a statement, in bytes, with room for its front matter.
const LARGEST: usize = text::LARGEST - (1 << 20);

/// Above so many in a thousand letters taken out, the text is to be compared with its original.
const MOST_REMOVED: usize = 30;

/// Imports one file, up to its draft.
pub fn import(handed: &Handed, ocr: Ocr, context: &Context) -> Item {
    let outcome = match handed.load() {
        Ok(original) => with_said(original, handed.said.as_deref(), ocr, context),
        Err(why) => Outcome::Unreadable(why),
    };
    Item { path: Arc::clone(&handed.path), outcome }
}

/// Makes the draft of an original.
pub fn of_original(original: Original, ocr: Ocr, context: &Context) -> Outcome {
    with_said(original, None, ocr, context)
}

/// Tells of an original that could act when a reader opens it: a build does not publish it unless the site lets it.
fn active(original: &Original) -> Option<Doubt> {
    let found = active::findings(&original.path, &original.bytes);
    let found: Vec<&str> = found.into_iter().collect();
    (!found.is_empty()).then(|| Doubt {
        line: 0,
        column: 0,
        message: format!("the original is kept, but not published: it has {}", found.join(", ")),
        help: "`active_files` in site.toml decides what happens to such files",
    })
}

/// Makes the draft of an original of which an index says something.
fn with_said(original: Original, index: Option<&Said>, ocr: Ocr, context: &Context) -> Outcome {
    let own = match reading::front_matter(&original).map(|front| said::of_front_matter(&front)) {
        None => Said::default(),
        Some(Ok(own)) => own,
        Some(Err((line, wrong))) => {
            let message = format!("line {line} of its front matter: {wrong}");
            return Outcome::Unreadable(Unreadable::new(message, "mend its front matter, and import it again"));
        }
    };
    let before = context.said(&original.sha256).cloned().unwrap_or_default();
    let said = own.under(&before.under(index.unwrap_or(&Said::default())));
    let pages = match reading::read(&original, ocr) {
        Ok(pages) => pages,
        Err(why) => return Outcome::Unreadable(why),
    };
    let mut mended = mending::mend(&pages);
    mended.doubts.extend(struck::doubt(&pages));
    let mut judgement = judging::judge(&pages);
    let removed = wordcheck::removed_per_mille(&pages, &mended.removals);
    if removed > MOST_REMOVED {
        judgement.verdict = judgement.verdict.max(Verdict::Suspect);
        judgement.reasons.push(format!("{} % of it were taken out", removed as f32 / 10.0));
    }
    let unstruck = struck::without(&mended);
    let known = knowing::know(&original, &pages, unstruck.as_ref().unwrap_or(&mended), said.found(), context);
    let draft = if judgement.verdict == Verdict::Unreadable {
        draft::stub(&original, &known, &said)
    } else {
        mended = knowing::set_apart(&pages, mended, &known, context);
        let draft = draft::draft(&original, &mended, &known, &said, &judgement);
        let words = draft.words(mended.markup);
        let checked = wordcheck::check(&pages, &mended.removals, &words, &draft.struck(mended.markup));
        let apart = || wordcheck::check_apart(&pages, &mended.removals, &draft.head_matter());
        if let Err(difference) = checked.and_then(|()| apart()) {
            return Outcome::Refused(difference);
        }
        draft
    };
    if draft.body.len() > LARGEST {
        let (size, most) = (draft.body.len() >> 20, LARGEST >> 20);
        let message = format!("its text has {size} MiB; a statement may have {most} MiB");
        return Outcome::Unreadable(Unreadable::new(message, "split it into its statements, and import them"));
    }
    let likeness = (judgement.verdict != Verdict::Unreadable).then(|| Likeness::of(&draft.shown()));
    let lines = pages.lines().filter(|line| !line.is_blank());
    let text = Some(Text {
        lines: lines.map(|line| (line.number, line.text.clone())).collect(),
        blocks: mended.blocks.iter().map(|block| (block.line, block.text.clone())).collect(),
    });
    let Mended { blocks, removals, repairs, mut doubts, .. } = mended;
    doubts.extend(active(&original));
    let original = Original { bytes: Arc::new([]), ..original };
    let (blocks, reader, left) = (blocks.len(), pages.reader, said.left);
    let drafted =
        Drafted { original, reader, judgement, known, left, draft, likeness, text, blocks, removals, repairs, doubts };
    Outcome::Drafted(Box::new(drafted))
}
