//! Two wordings of one paragraph -> one text with what was dropped and added.

use crate::compare::changes::{changes, codes, kept};
use crate::language::word::{Word, words};
use crate::render::view::ChangeView;
use crate::render::words::Words;

/// Words that are kept on either side of a change.
const AROUND: usize = 5;

/// Compares two wordings word by word. The text between words is taken from the later one.
pub fn change_views(before: &str, after: &str) -> Vec<ChangeView> {
    let cut = |text: &str, from: u32, to: u32| text[from as usize..to as usize].to_owned();
    let mut views: Vec<ChangeView> = Vec::new();
    let mut add = |kind: &'static str, text: String| match views.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.kind == kind => last.text.push_str(&text),
        _ => views.push(ChangeView { kind, text }),
    };
    let mut at = 0;
    for run in changes(before, after) {
        let between = cut(after, at, run.after.start);
        if run.is_same {
            add("same", between + &cut(after, run.after.start, run.after.end));
        } else if run.after.is_empty() {
            let dropped = cut(before, run.before.start, run.before.end);
            let spaced = dropped.starts_with(|c: char| c.is_ascii() || c.is_alphabetic());
            add("same", if at == 0 || !spaced { String::new() } else { " ".into() });
            add("dropped", dropped);
            add("same", if at == 0 { " ".into() } else { String::new() });
        } else {
            add("same", between);
            let dropped = cut(before, run.before.start, run.before.end);
            let has_dropped = !dropped.is_empty();
            add("dropped", dropped);
            add("same", if has_dropped { " ".into() } else { String::new() });
            add("added", cut(after, run.after.start, run.after.end));
        }
        at = run.after.end;
    }
    add("same", cut(after, at, after.len() as u32));
    views
}

/// Shortens unchanged words to those around a change.
pub(super) fn around_changes(runs: &[ChangeView]) -> Vec<ChangeView> {
    let last = runs.len().saturating_sub(1);
    let cut = |(at, run): (usize, &ChangeView)| {
        let found = words(&run.text);
        let (before, after) = (if at == 0 { 0 } else { AROUND }, if at == last { 0 } else { AROUND });
        if run.kind != "same" || found.len() <= before + after + 2 {
            return run.clone();
        }
        let end = if before == 0 { 0 } else { found[before - 1].text.end as usize };
        let start = if after == 0 { run.text.len() } else { found[found.len() - after].text.start as usize };
        let space = |is_cut: bool| if is_cut && run.text.contains(' ') { " " } else { "" };
        let text = format!("{}{}…{}{}", &run.text[..end], space(before > 0), space(after > 0), &run.text[start..]);
        ChangeView { kind: run.kind, text }
    };
    runs.iter().enumerate().map(cut).collect()
}

/// How much changed between two wordings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    /// Words that only the later one has.
    pub added: usize,
    /// Words that only the earlier one has.
    pub removed: usize,
    /// Whether they are characters of a script without spaces between words.
    pub is_unspaced: bool,
}

/// Counts the words that changed. A word that stays within a change counts as neither added nor removed.
pub(super) fn amount(runs: &[ChangeView]) -> Amount {
    let (mut added, mut removed, mut is_unspaced) = (0, 0, true);
    let mut dropped: Vec<Word> = Vec::new();
    for run in runs {
        let of_run = words(&run.text);
        match run.kind {
            "same" if of_run.is_empty() => {}
            "same" => dropped.clear(),
            "added" => {
                let kept = kept(&codes(&dropped), &codes(&of_run));
                is_unspaced &= of_run.iter().all(|word| word.unspaced);
                added += of_run.len() - kept;
                removed -= kept;
            }
            _ => {
                is_unspaced &= of_run.iter().all(|word| word.unspaced);
                removed += of_run.len();
                dropped = of_run;
            }
        }
    }
    Amount { added, removed, is_unspaced }
}

/// Returns what changed in words: "4 words added, 2 removed".
pub(super) fn in_words(runs: &[ChangeView], own: &Words) -> String {
    let Amount { added, removed, is_unspaced } = amount(runs);
    let say = |key: &str, count: usize| own.say(key, &[("n", count.into())]);
    let added_words = || say(if is_unspaced { "changed.characters-added" } else { "changed.words-added" }, added);
    match (added, removed) {
        (0, 0) => own.say("changed.nothing", &[]),
        (_, 0) => added_words(),
        (0, _) => say(if is_unspaced { "changed.characters-removed" } else { "changed.words-removed" }, removed),
        _ => {
            let args = [("added", added_words().into()), ("removed", say("changed.removed", removed).into())];
            own.say("changed.both", &args)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(before: &str, after: &str) -> String {
        let mark = |view: &ChangeView| match view.kind {
            "same" => view.text.clone(),
            "dropped" => format!("[-{}-]", view.text),
            _ => format!("[+{}+]", view.text),
        };
        change_views(before, after).iter().map(mark).collect()
    }

    #[test]
    fn both_wordings_are_read_in_one_text() {
        for (before, after, expect) in [
            ("We are concerned.", "We are deeply concerned.", "We are [+deeply+] concerned."),
            ("We are deeply concerned.", "We are concerned.", "We are [-deeply-] concerned."),
            ("We call, again, on all.", "We call, once more, on all.", "We call, [-again-] [+once more+], on all."),
            ("Today we are here.", "We are here.", "[-Today-] We are here."),
            ("We are here today.", "We are here.", "We are here [-today-]."),
            ("One.", "“One.”", "“One.”"),
            ("Gone.", "", "[-Gone-]"),
            ("", "New.", "[+New+]."),
        ] {
            assert_eq!(marked(before, after).trim(), expect, "{before} -> {after}");
        }
    }

    #[test]
    fn changes_are_described_in_words() {
        for (before, after, expect) in [
            ("We are concerned.", "We are deeply concerned.", "1 word added"),
            ("We are so very concerned.", "We are concerned.", "2 words removed"),
            ("We call on all states now.", "We urge every state now.", "3 words added, 4 removed"),
            ("It was dredged before spring.", "It was dredged long before early spring.", "2 words added"),
            ("It was dredged before spring.", "It is dredged as planned.", "3 words added, 3 removed"),
            ("We see one and act now.", "We hear two and speak now.", "3 words added, 3 removed"),
            ("外层空间属于全人类", "外层空间仍属于全人类", "1 character added"),
        ] {
            assert_eq!(in_words(&change_views(before, after), &Words::english()), expect);
        }
    }

    #[test]
    fn of_the_words_that_stayed_those_around_a_change_are_kept() {
        let check = |before: &str, after: &str, expect: &str| {
            let runs = around_changes(&change_views(before, after));
            assert_eq!(runs.iter().map(|run| run.text.clone()).collect::<String>(), expect);
        };
        let long = "one two three four five six seven eight nine ten eleven twelve thirteen";
        check(&format!("{long} old."), &format!("{long} new."), "… nine ten eleven twelve thirteen old new.");
        check(&format!("old {long}."), &format!("new {long}."), "old new one two three four five …");
        check(
            &format!("old {long} and gone"),
            &format!("new {long} and come"),
            "old new one two three four five … ten eleven twelve thirteen and gone come",
        );
        check("We were here.", "We are here.", "We were are here.");
    }
}
