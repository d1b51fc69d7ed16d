//! Two wordings of one paragraph -> one text with what was dropped and added.

use crate::collect::changes::changes;
use crate::render::view::ChangeView;

/// Compares two wordings. What stands between words is that of the later one.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &str, after: &str) -> String {
        let told = |view: &ChangeView| match view.kind {
            "same" => view.text.clone(),
            "dropped" => format!("[-{}-]", view.text),
            _ => format!("[+{}+]", view.text),
        };
        change_views(before, after).iter().map(told).collect()
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
            assert_eq!(told(before, after).trim(), expect, "{before} -> {after}");
        }
    }
}
