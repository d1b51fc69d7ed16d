//! One file to import -> everything made from it, before it is decided where it goes.

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

/// What was made from one file.
#[derive(Clone, Debug)]
pub struct Item {
    /// The path as reports show it.
    pub path: Arc<str>,
    /// Whether it became a draft.
    pub outcome: Outcome,
}

/// Whether a file became a draft.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The draft that it became.
    Drafted(Box<Drafted>),
    /// It could not be read, so there is nothing to make a draft from.
    Unreadable(Unreadable),
    /// The draft would have said something different from its original.
    Refused(Difference),
}

/// A draft, and what a person may want to know about how it was made.
#[derive(Clone, Debug)]
pub struct Drafted {
    /// The original, without its bytes.
    pub original: Original,
    /// The reader and the encoding, in a few words for the report.
    pub reader: String,
    /// Whether the text is complete and readable.
    pub judgement: Judgement,
    /// The front matter that was found.
    pub known: Known,
    /// What front matter or an index said about it that could not be used.
    pub left: Vec<Left>,
    /// The draft itself.
    pub draft: Draft,
    /// The sketch by which it is compared with others; `None` if its text is missing.
    pub likeness: Option<Likeness>,
    /// Both texts for the report to show side by side; `None` once it has been dropped to save memory.
    pub text: Option<SideBySide>,
    /// Number of paragraphs, headings and list items.
    pub blocks: usize,
    /// What was taken out of the text.
    pub removals: Vec<Removal>,
    /// What was changed in the text.
    pub repairs: Vec<Repair>,
    /// Doubts of rules that left the text unchanged.
    pub doubts: Vec<Doubt>,
}

impl Item {
    /// Returns the SHA-256 of the original that the draft was made from.
    pub fn sha256(&self) -> Option<&str> {
        match &self.outcome {
            Outcome::Drafted(drafted) => Some(&drafted.original.sha256),
            _ => None,
        }
    }

    /// Drops the text once it is written.
    pub fn shed(&mut self) {
        if let Outcome::Drafted(drafted) = &mut self.outcome {
            drafted.draft.body = String::new();
            drafted.likeness = None;
            drafted.text = None;
        }
    }
}

impl Drafted {
    /// Returns what is certain about it; other versions of it must agree.
    pub fn facts(&self) -> Facts {
        let sure = |key| self.known.get(key).filter(|found| found.sure).map(|found| found.value.clone());
        Facts { delegation: sure("delegation"), date: sure("date"), forum: sure("forum"), language: sure("language") }
    }
}

/// A text as it was read, and as it became a draft.
#[derive(Clone, Debug, Default)]
pub struct SideBySide {
    /// Every line with its number.
    pub lines: Vec<(u32, String)>,
    /// Every block with the number of the line on which it begins.
    pub blocks: Vec<(u32, String)>,
}

/// Size in bytes of the largest text of a statement, which leaves room for its front matter.
const LARGEST: usize = text::LARGEST - (1 << 20);

/// If more than this many in a thousand letters were taken out, the text should be compared with its original.
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

/// Returns a doubt if the original contains something that acts when a reader opens it: a build does not publish such a
/// file unless the site allows it.
fn active(original: &Original) -> Option<Doubt> {
    let found = active::findings(&original.path, &original.bytes);
    let found: Vec<&str> = found.into_iter().collect();
    (!found.is_empty()).then(|| Doubt {
        line: 0,
        column: 0,
        message: format!("the original is kept but not published: it contains {}", found.join(", ")),
        help: "`active_files` in site.toml decides whether such files are published",
    })
}

/// Makes the draft of an original, with what an index says about it.
fn with_said(original: Original, index: Option<&Said>, ocr: Ocr, context: &Context) -> Outcome {
    let own = match reading::front_matter(&original).map(|front| said::of_front_matter(&front)) {
        None => Said::default(),
        Some(Ok(own)) => own,
        Some(Err((line, wrong))) => {
            let message = format!("line {line} of its front matter: {wrong}");
            return Outcome::Unreadable(Unreadable::new(message, "correct its front matter and import it again"));
        }
    };
    // What an index said at an earlier import still holds, unless this one says otherwise.
    let before = context.said(&original.sha256).cloned().unwrap_or_default();
    let said = own.under(&before.under(index.unwrap_or(&Said::default())));
    let pages = match reading::read(&original, ocr) {
        Ok(pages) => pages,
        Err(why) => return Outcome::Unreadable(why),
    };
    // Mending reports what it takes out; a text that lost much is suspect, whatever the rules thought of each line.
    let mut mended = mending::mend(&pages);
    mended.doubts.extend(struck::doubt(&pages));
    let mut judgement = judging::judge(&pages);
    let removed = wordcheck::removed_per_mille(&pages, &mended.removals);
    if removed > MOST_REMOVED {
        judgement.verdict = judgement.verdict.max(Verdict::Suspect);
        judgement.reasons.push(format!("{} % of its letters were taken out", removed as f32 / 10.0));
    }
    // Struck-out words say nothing about who spoke when, but stay in the draft.
    let unstruck = struck::without(&mended);
    let mut known = knowing::know(&original, &pages, unstruck.as_ref().unwrap_or(&mended), said.found(), context);
    if judgement.verdict == Verdict::Unreadable {
        // If the letters have no meaning, what is detected from them (such as that they are Welsh) is not worth a
        // person's attention.
        known.fields.retain(|found| found.sure);
    }
    let draft = if judgement.verdict == Verdict::Unreadable {
        draft::stub(&original, &known, &said)
    } else {
        mended = knowing::set_apart(&pages, mended, &known, context);
        let draft = draft::draft(&original, &mended, &known, &said, &judgement);
        // The last check trusts nothing above: the draft must have the original's letters in the original's order.
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
        let message = format!("its text is {size} MiB; the limit for a statement is {most} MiB");
        return Outcome::Unreadable(Unreadable::new(message, "split it into its statements and import those"));
    }
    let likeness = (judgement.verdict != Verdict::Unreadable).then(|| Likeness::of(&draft.shown()));
    let lines = pages.lines().filter(|line| !line.is_blank());
    let text = Some(SideBySide {
        lines: lines.map(|line| (line.number, line.text.clone())).collect(),
        blocks: mended.blocks.iter().map(|block| (block.line, block.text.clone())).collect(),
    });
    let Mended { blocks, removals, repairs, mut doubts, .. } = mended;
    doubts.extend(active(&original));
    // Drop the bytes, because thousands of items are kept until the report is written.
    let original = Original { bytes: Arc::new([]), ..original };
    let (blocks, reader, left) = (blocks.len(), pages.reader, said.left);
    let drafted =
        Drafted { original, reader, judgement, known, left, draft, likeness, text, blocks, removals, repairs, doubts };
    Outcome::Drafted(Box::new(drafted))
}
