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

#[test]
fn a_page_whose_template_fails_says_so_escaped() {
    let desk = desk(|_, _| ());
    let mut page = desk.listen("/a/");
    page.next("problems");
    desk.put("content/a.md", "FAILS");
    assert!(page.next("problems").contains("failed-template"));
    let answer = desk.get("/a/");
    assert_eq!(answer.status, 500);
    assert!(answer.body.contains("&lt;i&gt;no&lt;/i&gt;") && answer.body.contains("reload.js"));
    desk.put("content/a.md", "first");
    assert!(page.next("problems").contains("\"texts\":[]"));
}
