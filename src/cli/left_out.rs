//! The texts that a build left out -> lines for people, and a JSON list for programs.

use std::collections::BTreeMap;

use plenary::collect::left_out::{LeftOut, Reason};
use plenary::diagnostic::Code;
use serde_json::{Value, json};

use super::record::Summary;
use super::screen::{count, print_message};

/// How many texts are listed by name; a longer list would hide the result.
const NAMED: usize = 10;

/// Prints how many texts are left out of the site, which ones, and until when.
pub(crate) fn print_left_out(site: &Summary, quiet: bool) {
    if quiet {
        return;
    }
    for line in lines(&site.left_out) {
        print_message(&line);
    }
    let uncounted = site.diagnostics.iter().filter(|problem| !site.counts(problem));
    let (of_locks, in_texts): (Vec<_>, Vec<_>) = uncounted.partition(|problem| problem.code == Code::OutdatedLock);
    for (problems, what) in
        [(in_texts, "in these texts"), (of_locks, "about paragraph numbers that `plenary lock` will record")]
    {
        if !problems.is_empty() {
            let are = if problems.len() == 1 { "is" } else { "are" };
            print_message(&format!("  {} above {are} {what} and did not count", count(problems.len(), "problem")));
        }
    }
}

/// Returns the texts that are left out as JSON: `path`, `id`, `reason`, and `until` for an embargo.
pub(crate) fn object(texts: &[LeftOut]) -> Value {
    let one = |text: &LeftOut| {
        let (path, id) = (&*text.path, &*text.id);
        match text.reason {
            Reason::Embargo(until) => {
                json!({"path": path, "id": id, "reason": "embargo", "until": until.to_string()})
            }
            Reason::Draft => json!({"path": path, "id": id, "reason": "draft"}),
            Reason::Unclear => json!({"path": path, "id": id, "reason": "unclear"}),
        }
    };
    texts.iter().map(one).collect()
}

/// Returns the lines that say which texts are left out; none if there are none.
pub(crate) fn lines(texts: &[LeftOut]) -> Vec<String> {
    if texts.is_empty() {
        return Vec::new();
    }
    // Unclear texts first, as they need a decision; then embargoes, which end by themselves; then drafts.
    let mut sorted: Vec<&LeftOut> = texts.iter().collect();
    sorted.sort_by_key(|text| text.reason);
    let mut kinds: BTreeMap<u8, usize> = BTreeMap::new();
    for text in &sorted {
        *kinds.entry(kind(text.reason)).or_default() += 1;
    }
    let counts = kinds.iter().map(|(kind, &number)| match kind {
        0 => format!("{} with unclear publication", count(number, "text")),
        1 => format!("{} under embargo", count(number, "text")),
        _ => count(number, "draft"),
    });
    let mut lines = vec![format!("Left out of the site: {}", counts.collect::<Vec<_>>().join(", "))];
    lines.extend(sorted.iter().take(NAMED).map(|text| match text.reason {
        Reason::Unclear => format!("  {} (see the error above)", text.path),
        Reason::Embargo(until) => format!("  {} until {until}", text.path),
        Reason::Draft => format!("  {} (draft)", text.path),
    }));
    if sorted.len() > NAMED {
        lines.push(format!("  and {} more (`--format json` lists all)", sorted.len() - NAMED));
    }
    if kinds.contains_key(&1) {
        lines.push("  `--as-of DATE` includes the texts whose embargo has ended by that day".to_owned());
    }
    lines
}

fn kind(reason: Reason) -> u8 {
    match reason {
        Reason::Unclear => 0,
        Reason::Embargo(_) => 1,
        Reason::Draft => 2,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn text(id: &str, reason: Reason) -> LeftOut {
        LeftOut { path: format!("content/{id}.md").into(), id: id.into(), reason }
    }

    #[test]
    fn what_is_left_out_is_counted_and_named_with_its_day() {
        let texts = [
            text("a", Reason::Draft),
            text("b", Reason::Embargo(date(2031, 5, 1))),
            text("c", Reason::Embargo(date(2030, 1, 1))),
        ];
        assert_eq!(
            lines(&texts),
            [
                "Left out of the site: 2 texts under embargo, 1 draft",
                "  content/c.md until 2030-01-01",
                "  content/b.md until 2031-05-01",
                "  content/a.md (draft)",
                "  `--as-of DATE` includes the texts whose embargo has ended by that day",
            ]
        );
        assert_eq!(lines(&[]), Vec::<String>::new());
    }

    #[test]
    fn a_long_list_is_cut_and_counted() {
        let texts: Vec<LeftOut> = (0..13).map(|n| text(&format!("t{n}"), Reason::Draft)).collect();
        let lines = lines(&texts);
        assert_eq!(lines.len(), 12);
        assert_eq!(lines[11], "  and 3 more (`--format json` lists all)");
    }
}
