//! Problems in the content -> what the preview shows until they are fixed.

use super::*;

#[test]
fn errors_are_shown_over_the_last_good_version_until_they_are_fixed() {
    let desk = desk(|_, _| ());
    let mut page = desk.listen("/a/");
    page.next("problems");
    desk.put("content/a.md", "BROKEN");
    let shown = page.next("problems");
    assert!(
        shown.contains("it is <b>broken</b>") && shown.contains("1 | BROKEN") && shown.contains("last good version"),
        "{shown}"
    );
    desk.until("/a/", "first");
    // The browser may learn of it before the terminal.
    desk.wait(|| desk.events.lock().unwrap().iter().any(|event| matches!(event, Event::Built { kept: true, .. })));
    desk.put("content/a.md", "mended");
    assert!(page.next("problems").contains("\"texts\":[]"));
    desk.until("/a/", "mended");
}

#[test]
fn a_site_with_errors_from_the_start_is_shown_under_them() {
    let desk = desk(|root, _| std::fs::write(root.join("content/a.md"), "BROKEN").unwrap());
    assert!(desk.listen("/").next("problems").contains("broken"));
    assert!(desk.get("/a/").body.contains("BROKEN"));
    desk.put("content/index.md", "home again");
    desk.until("/", "home again");
}

impl Desk {
    /// Returns the pages that could not be rendered, as reported to the terminal.
    fn failed(&self) -> Vec<String> {
        let events = self.events.lock().unwrap();
        let failed = events.iter().filter_map(|event| match event {
            Event::Failed { problem } => Some(problem.place.as_ref().unwrap().path.to_string()),
            _ => None,
        });
        failed.collect()
    }

    /// Saves in one step, so that nobody sees an empty file.
    fn swap(&self, path: &str, text: &str) {
        self.put("new", text);
        std::fs::rename(self.folder.path().join("new"), self.folder.path().join(path)).unwrap();
    }
}

#[test]
fn a_page_whose_template_fails_is_reported_once_over_its_last_good_version() {
    let desk = desk(|_, _| ());
    for round in 1..3 {
        let mut page = desk.listen("/a/");
        page.next("problems");
        desk.swap("content/a.md", "FAILS");
        assert!(page.next("problems").contains("failed-template"));
        desk.swap("content/index.md", &format!("home {round}"));
        desk.until("/", &format!("home {round}"));
        desk.until("/a/", "first");
        // Reported again only after it was fixed in between.
        assert_eq!(desk.failed(), vec!["/a/"; round]);
        desk.swap("content/a.md", "first");
        assert!(page.next("problems").contains("\"texts\":[]"));
        desk.until("/a/", "first");
    }
}

#[test]
fn a_known_problem_is_not_reported_again_after_every_save() {
    let desk = desk(|root, _| std::fs::write(root.join("content/a.md"), "BROKEN").unwrap());
    let until = |counts: (usize, usize)| {
        desk.wait(|| {
            let events = desk.events.lock().unwrap();
            let last = events.iter().rev().find_map(|event| match event {
                Event::Built { news, known, .. } => Some((news.len(), known.len())),
                _ => None,
            });
            last == Some(counts)
        });
    };
    until((1, 0));
    desk.put("content/index.md", "home again");
    until((0, 1));
    desk.put("content/index.md", "home is BROKEN too");
    until((1, 1));
}

#[test]
fn a_page_that_never_rendered_shows_the_error_escaped() {
    let desk = desk(|root, _| std::fs::write(root.join("content/a.md"), "FAILS").unwrap());
    let mut page = desk.listen("/a/");
    assert!(page.next("problems").contains("failed-template"));
    let answer = desk.get("/a/");
    assert_eq!(answer.status, 500);
    assert!(answer.body.contains("&lt;i&gt;no&lt;/i&gt;") && answer.body.contains("reload.js"));
    desk.put("content/a.md", "first");
    assert!(page.next("problems").contains("\"texts\":[]"));
}
