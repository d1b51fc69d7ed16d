//! What is wrong with the content -> what is shown meanwhile.

use super::*;

#[test]
fn errors_are_shown_over_the_last_good_version_until_they_are_mended() {
    let desk = desk(|_, _| ());
    let mut page = desk.listen("/a/");
    page.next("problems");
    desk.put("content/a.md", "BROKEN");
    let shown = page.next("problems");
    assert!(
        shown.contains("it is <b>broken</b>") && shown.contains("1 | BROKEN") && shown.contains("as it was before"),
        "{shown}"
    );
    desk.until("/a/", "first");
    // The browser may hear of it before the terminal.
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
    /// Returns the pages that could not be made, as the terminal was told of them.
    fn failed(&self) -> Vec<String> {
        let events = self.events.lock().unwrap();
        let failed = events.iter().filter_map(|event| match event {
            Event::Failed { problem } => Some(problem.place.as_ref().unwrap().path.to_string()),
            _ => None,
        });
        failed.collect()
    }

    /// Saves in one step, so that no moment shows an empty file.
    fn swap(&self, path: &str, text: &str) {
        self.put("new", text);
        std::fs::rename(self.folder.path().join("new"), self.folder.path().join(path)).unwrap();
    }
}

#[test]
fn a_page_whose_template_fails_is_told_once_over_the_page_as_it_was() {
    let desk = desk(|_, _| ());
    for round in 1..3 {
        let mut page = desk.listen("/a/");
        page.next("problems");
        desk.swap("content/a.md", "FAILS");
        assert!(page.next("problems").contains("failed-template"));
        desk.swap("content/index.md", &format!("home {round}"));
        desk.until("/", &format!("home {round}"));
        desk.until("/a/", "first");
        // Told anew only after it was mended.
        assert_eq!(desk.failed(), vec!["/a/"; round]);
        desk.swap("content/a.md", "first");
        assert!(page.next("problems").contains("\"texts\":[]"));
        desk.until("/a/", "first");
    }
}

#[test]
fn what_was_told_is_not_told_again_after_every_save() {
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
fn a_page_that_never_could_be_made_says_so_escaped() {
    let desk = desk(|root, _| std::fs::write(root.join("content/a.md"), "FAILS").unwrap());
    let mut page = desk.listen("/a/");
    assert!(page.next("problems").contains("failed-template"));
    let answer = desk.get("/a/");
    assert_eq!(answer.status, 500);
    assert!(answer.body.contains("&lt;i&gt;no&lt;/i&gt;") && answer.body.contains("reload.js"));
    desk.put("content/a.md", "first");
    assert!(page.next("problems").contains("\"texts\":[]"));
}
