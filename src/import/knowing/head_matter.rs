//! `Mended` -> the same without the lines above or around the speech: letterhead, title, address, place, day.
//!
//! They become removals that the draft keeps word for word in `head_matter`. No salutation or sentence may be among
//! them, so whatever looks like one ends the head; and nothing below the last line that certainly belongs to the head
//! is taken.

mod lines;
mod tail;
mod words;

use std::collections::BTreeSet;

use super::context::Context;
use super::head::{GOES_ON, MOST, fold, is_torn};
use super::names::shipped;
use crate::import::known::Known;
use crate::import::letterhead::is_of_letterhead;
use crate::import::mended::{Block, Mended, Reason, Removal};
use crate::import::mending::plain_line;
use crate::import::pages::{Markup, Pages};
use crate::language::tokens::runs;
use lines::{Line, Reader, bare, is_address, is_greeting};

/// Moves the lines of the head out of the blocks. Markdown is kept as written, and so is a text whose head matter is
/// already known.
pub(crate) fn set_apart(pages: &Pages, mut mended: Mended, known: &Known, context: &Context) -> Mended {
    if mended.markup == Markup::Markdown || known.get("head_matter").is_some() {
        return mended;
    }
    let language = known.get("language").map_or("en", |found| &found.value);
    let names = context.names.get(shipped(language));
    let speaker = known.get("speaker").map(|found| fold(&found.value)).unwrap_or_default();
    let end = end(&mended, pages, &Reader { names, speaker });
    keep_furniture(&mut mended.removals);
    let next = mended.blocks.get(end).map_or(u32::MAX, |block| block.line);
    let taken: BTreeSet<u32> = mended.removals.iter().map(|removal| removal.line).collect();
    if end > 0 {
        let lines = pages.lines().take_while(|line| line.number < next);
        let lines = lines.filter(|line| !line.is_blank() && !taken.contains(&line.number));
        mended.removals.extend(lines.map(|line| Removal {
            line: line.number,
            text: plain_line(&line.text),
            reason: Reason::HeadMatter,
        }));
        mended.blocks.drain(..end);
    }
    // A text of nothing but notes keeps them. Each line is kept as it is printed, because the word check compares lines.
    let mut until = u32::MAX;
    while mended.blocks.len() > 1
        && let Some(note) = mended.blocks.pop_if(|block| tail::is_note(&block.text))
    {
        let lines = pages.lines().filter(|line| (note.line..until).contains(&line.number) && !line.is_blank());
        mended.removals.extend(lines.filter(|line| !taken.contains(&line.number)).map(|line| Removal {
            line: line.number,
            text: plain_line(&line.text),
            reason: Reason::HeadMatter,
        }));
        until = note.line;
    }
    // What the format keeps apart comes first, the rest in the order of the original.
    mended.removals.sort_by_key(|removal| removal.line);
    mended
}

/// Keeps the first occurrence of a letterhead, and of a note such as "Check against delivery", that recurs on pages.
fn keep_furniture(removals: &mut [Removal]) {
    let mut seen: BTreeSet<String> = removals
        .iter()
        .filter(|removal| removal.reason == Reason::HeadMatter)
        .map(|removal| fold(&removal.text))
        .collect();
    for removal in removals {
        let is_kept = match removal.reason {
            Reason::TextStatus => true,
            Reason::Recurs | Reason::HeadOrFoot | Reason::Box => is_of_letterhead(&removal.text),
            _ => false,
        };
        if is_kept && seen.insert(fold(&removal.text)) {
            removal.reason = Reason::HeadMatter;
        }
    }
}

/// Returns how many blocks belong to the head.
fn end(mended: &Mended, pages: &Pages, reader: &Reader<'_>) -> usize {
    let blocks = &mended.blocks;
    // Blocks are classified only up to the first that is spoken: most texts have no head, and their paragraphs are long.
    let mut lines: Vec<Line> = Vec::new();
    let mut speech = loop {
        let at = lines.len();
        // Without a speech below, nothing shows where the head ends.
        let Some(block) = blocks.get(at).filter(|_| at <= MOST) else { return 0 };
        let in_theme = is_in_theme(at, &lines, blocks);
        match reader.block(block, pages, blocks) {
            Line::Speech if !in_theme => break at,
            _ if in_theme => lines.push(Line::Head),
            line => lines.push(line),
        }
    };
    // A paragraph whose lines were not joined may begin further up.
    if is_torn(&blocks[speech].text) && !lines[..speech].contains(&Line::Head) {
        speech = lines[..speech].iter().position(|line| *line != Line::Letterhead).unwrap_or(speech);
    }
    let addresses = is_address(&blocks[speech].text) || is_greeting(&bare(&blocks[speech].text));
    let is_last = |at: &usize| {
        // `On behalf of the` continues in the sentence below it.
        let open = *at + 1 == speech && !addresses && ends_open(&blocks[*at].text);
        matches!(lines[*at], Line::Letterhead | Line::Head) && !open
    };
    let Some(last) = (0..speech).rev().find(is_last) else { return 0 };
    let end = last + 1;
    // Nothing is spoken between the title and the first salutation, and a block on another page than the speech is not
    // one of its lines either.
    let page =
        |block: &Block| pages.pages.iter().position(|page| page.lines.iter().any(|line| line.number == block.line));
    let covered = end < speech && page(&blocks[speech - 1]) != page(&blocks[speech]);
    if addresses || covered {
        let open = lines[end..speech].iter().take_while(|line| **line == Line::Open).count();
        return end + open;
    }
    end
}

/// Returns whether a block is inside the quotation that a theme above it opens and that is soon closed.
fn is_in_theme(at: usize, lines: &[Line], blocks: &[Block]) -> bool {
    /// The maximum number of blocks in a theme.
    const THEME: usize = 4;
    let opens = |text: &str| text.contains(['“', '«', '„']) && !text.contains(['”', '»']);
    let closes = |text: &str| text.contains(['”', '»']);
    (at.saturating_sub(THEME - 1)..at).any(|from| {
        let theme = matches!(lines[from], Line::Head | Line::Open) && opens(&blocks[from].text);
        let end = blocks.len().min(from + THEME);
        theme && (from + 1..end).find(|next| closes(&blocks[*next].text)).is_some_and(|end| end >= at)
    })
}

/// Returns whether a line ends with a word that something must follow: `On behalf of the`.
fn ends_open(text: &str) -> bool {
    let folded = fold(text);
    runs(&folded).next_back().is_some_and(|last| GOES_ON.contains(&last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::knowing::know;
    use crate::import::mending::mend;
    use crate::import::original::Original;
    use crate::import::reading::{Ocr, read};

    /// Returns the lines of a text that are kept apart, and its first paragraph.
    fn apart(text: &str) -> (Vec<String>, String) {
        let original = Original::new("a.txt", None, text.as_bytes());
        let pages = read(&original, Ocr::Never).unwrap();
        let (mended, context) = (mend(&pages), Context::default());
        let known = know(&original, &pages, &mended, Vec::new(), &context);
        let mended = set_apart(&pages, mended, &known, &context);
        let kept = mended.removals.iter().filter(|removal| removal.reason == Reason::HeadMatter);
        let first = mended.blocks.first().map(|block| block.text.clone()).unwrap_or_default();
        (kept.map(|removal| removal.text.clone()).collect(), first)
    }

    /// A first paragraph, so that each head has a text below it.
    const EN: &str =
        "The harbour of our capital was closed in the spring of that year, and no ship has come to it since.";

    #[test]
    fn what_is_above_a_speech_is_kept_apart_in_every_language() {
        for (head, speech) in [
            (
                "PERMANENT MISSION OF ARVENIA TO THE UNITED NATIONS\n12 East 40th Street, New York, NY 10016\nTel: (212) 555-0100 Fax: (212) 555-0101\n\nSTATEMENT BY\nH.E. MR. JOHN DOE\nPERMANENT REPRESENTATIVE\n\nUNDER AGENDA ITEM 97\n\nNew York, 17 October 2024\n\nCheck against delivery",
                "Mr. Chair,",
            ),
            (
                "Permanent Mission of Arvenia\nto the United Nations Office at Geneva\nChemin des Roses 3, 1202 Geneva\n\nConference on Disarmament\nIntervention by Jane Doe\n12 March 2019",
                "Mdm President, Excellencies",
            ),
            (
                "MISSION PERMANENTE DE LA RÉPUBLIQUE D'ARVÉNIE\nUnité – Travail – Progrès\n\nDÉCLARATION DE S.E. M. JEAN DUPONT\n\nVienne, le 3 mai 2017\nSeul le prononcé fait foi",
                "Monsieur le Président,",
            ),
            (
                "MISIÓN PERMANENTE DE ARVENIA\n\nIntervención de la Embajadora Juana Pérez\nTema 5 del programa\nNueva York, 4 de octubre de 2018\nCotejar con la alocución",
                "Señor Presidente:",
            ),
            (
                "ПОСТОЯННОЕ ПРЕДСТАВИТЕЛЬСТВО РЕСПУБЛИКИ АРВЕНИЯ\n\nВЫСТУПЛЕНИЕ\nпостоянного представителя Иванова И.И.\nНью-Йорк, 17 октября 2018 года\nПроверить по произнесению",
                "Уважаемый г-н Председатель,",
            ),
            (
                "البعثة الدائمة لجمهورية أرفينيا\n\nبيان السفير فلان بن فلان\nنيويورك، 17 أكتوبر 2018\nيراجع عند الإلقاء",
                "السيد الرئيس،",
            ),
            ("中国常驻联合国代表团\n\n张三大使在裁军会议上的发言\n2019年3月12日，日内瓦\n以发言为准", "主席先生："),
            // The theme's quotation continues in the next line; a name has no office.
            (
                "Statement by Arvenia\n\nTheme: “Roads that lead on,\n\nand harbours that stay open.”\n\nJane Doe",
                "Excellencies,",
            ),
            // Letters after a name; a time and a day that end with a period.
            (
                "Permanent Mission\nof Arvenia to\nthe United Nations\n\nOfficial Statement delivered by\n\nThe Hon. Jane Ann Doe, S.C. M.P.\n\nPrime Minister of Arvenia\n\nat the\n\nGeneral Debate\n\nHeadquarters please check against delivery Statement by Hon Jane Ann Doe, S.C. M.P.\n\nNew York, 27 September, 2024",
                "Mr. President, Colleagues, Friends,",
            ),
            (
                "Mensaje de la Ministra de Arvenia en el Debate General\n\nPlenario de la Asamblea General, 12:00 hrs.\n\nNueva York, 28 de septiembre de 2024.\n\n2724 palabras – 15 minutos",
                "Mr. President, señor presidente.",
            ),
            // The last line of the title, and a transcriber's note.
            ("Embassy of Arvenia\n\n1672 words\n\nArvenia Statement\n\n* * *", "Dear colleagues,"),
        ] {
            let (kept, first) = apart(&format!("{head}\n\n{speech}\n\n{EN}\n\n{EN}\n"));
            let lines: Vec<&str> = head.lines().filter(|line| !line.is_empty()).collect();
            assert_eq!((kept.iter().map(String::as_str).collect::<Vec<_>>(), first.as_str()), (lines, speech));
        }
    }

    #[test]
    fn notes_below_a_speech_are_kept_apart() {
        let tail = "(815 words)\n\nSource: PR310277 (gov.example)\n";
        let (kept, first) = apart(&format!("Mr. President,\n\n{EN}\n\nI thank you.\n\n{tail}"));
        assert_eq!(first, "Mr. President,");
        assert_eq!(kept, ["(815 words)", "Source: PR310277 (gov.example)"]);
        let address = "Source: https://mfa.example/Newsroom/Transcripts-and-\nPhotos/2024/09/statement";
        let (kept, _) = apart(&format!("Mr. President,\n\n{EN}\n\nI thank you.\n\n{address}\n"));
        assert_eq!(kept, address.lines().collect::<Vec<_>>());
    }

    #[test]
    fn no_line_of_a_speech_is_kept_apart() {
        for (text, expect) in [
            // No head at all.
            (format!("Mr. President,\n\n{EN}\n"), 0),
            (format!("{EN}\n\n{EN}\n"), 0),
            (format!("Thank you, Madam President.\n\n{EN}\n"), 0),
            (
                format!(
                    "On behalf of the\n\nGovernment of Arvenia, allow me to congratulate you on your election, Sir.\n\n{EN}\n"
                ),
                0,
            ),
            (
                format!(
                    "98. In an important speech last year, an eminent statesman said that the work was not yet done.\n\n{EN}\n"
                ),
                0,
            ),
            // A greeting, a prayer and a heading belong to the speech.
            (format!("Statement by Arvenia\n\nBismillahir Rahmanir Rahim\n\nMr. President,\n\n{EN}\n"), 1),
            (format!("Statement by Arvenia\n\nGood morning.\n\n{EN}\n"), 1),
            (format!("Statement by Arvenia\n\n2 Thank you, Madam President.\n\n{EN}\n"), 1),
            (format!("Statement by Arvenia\n\nIntroduction\n\nMr. President,\n\n{EN}\n"), 1),
            (format!("Statement by Arvenia\n\nPEACE AND SECURITY\n\n{EN}\n"), 1),
            (format!("Statement by Arvenia\n\nThe road ahead\n\n{EN}\n"), 1),
            (
                format!(
                    "Statement by Arvenia\n\nWe meet in a hard year,\n\nand we know it.\n\nMr. President,\n\n{EN}\n"
                ),
                1,
            ),
            (format!("Statement by Arvenia\n\nMy fellow delegates\n\n{EN}\n"), 1),
            (
                "中国代表团的发言\n\n我们来到这里，希望工作能够早日结束。\n\n主席先生：\n\n谢谢各位代表，谢谢主席。\n"
                    .to_owned(),
                1,
            ),
            // The same words twice are not each other's head.
            (format!("Permanent Mission of Arvenia\n\n{EN}\n\nPermanent Mission of Arvenia thanks all of you.\n"), 1),
        ] {
            let (kept, _) = apart(&text);
            assert_eq!(kept.len(), expect, "{text}: {kept:?}");
        }
    }
}
