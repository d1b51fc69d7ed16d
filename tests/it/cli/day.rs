//! An archivist's day: 60 submitted texts, imported, corrected, tagged, published, locked and built, with few commands.

use super::{code, err, new_site, out, plenary, put};
use tempfile::TempDir;

/// Delegations of the invented texts; one code is wrong.
const CODES: [&str; 3] = ["XAA", "XBB", "XCX"];

/// Returns the site with 60 texts to import: 20 from each delegation, on debris, on waste in orbit, or on neither.
fn site() -> TempDir {
    let site = new_site();
    let record = |title: &str, phrase: &str| format!("---\ntitle: {title}\nmatch:\n  en: [{phrase}]\n---\n");
    put(&site, "content/topics/transparency.md", "---\ntitle: Transparency\n---\n");
    put(&site, "content/topics/debris.md", &record("Debris", "debris"));
    put(&site, "content/topics/orbital-waste.md", &record("Waste in orbit", "waste in orbit"));
    for code in ["XBB", "XCC", "XCX"] {
        put(
            &site,
            &format!("content/delegations/{}.md", code.to_lowercase()),
            &format!("---\ntitle: Land {code}\nsimulated: true\n---\n"),
        );
    }
    let mut index = "file,title,delegation,date,forum,session,language\n".to_owned();
    for n in 0..60 {
        let of = CODES[n % 3];
        let (subject, day) = (["debris", "waste in orbit", "peace"][n / 3 % 3], n / 3 + 1);
        let words = format!(
            "Number {n} of our thoughts begins with {subject}, and {subject} alone is what we came to speak of today.\n\nWe, the delegation number {n}, thank everybody who listened to us for the time that it took.\n"
        );
        put(&site, &format!("incoming/{}-{n}.txt", of.to_lowercase()), &words);
        index.push_str(&format!("{}-{n}.txt,Statement {n},{of},2017-10-{day:02},unga-c1,72,en\n", of.to_lowercase()));
    }
    put(&site, "incoming/index.csv", &index);
    site
}

#[test]
fn an_archivists_day_takes_thirteen_commands() {
    let site = site();
    // Each command with the exit codes that are right for it.
    let day: [(&[&str], &[i32]); 13] = [
        (&["import", "incoming/index.csv"], &[0, 1]),
        (&["rename", "delegation", "XCX", "XCC"], &[0]),
        (&["set", "place=New York", "--where", "forum=unga-c1"], &[0]),
        (&["topics", "accept", "--judged", "--where", "session=72"], &[0]),
        (&["review", "--mark", "--where", "status=draft"], &[0]),
        (&["publish", "--reviewed"], &[0]),
        (&["lock"], &[0]),
        (&["rename", "topic", "orbital-waste", "debris"], &[0]),
        (&["set", "delegation=XAA", "--where", "delegation=XBB"], &[0]),
        (&["check", "--strict"], &[0]),
        (&["build"], &[0]),
        (&["set", "title=Another title", "--where", "title=Statement 7"], &[0]),
        (&["build"], &[0]),
    ];
    let mut said = Vec::new();
    for (arguments, codes) in day {
        let output = plenary(site.path(), arguments);
        assert!(codes.contains(&code(&output)), "{arguments:?}: {}\n{}", code(&output), err(&output));
        said.push((out(&output), err(&output)));
    }
    let lines = |at: usize| said[at].0.lines().count();
    assert_eq!(lines(0), 60, "{}", said[0].1);
    assert_eq!(lines(2), 60);
    assert_eq!(lines(3), 60, "{}", said[3].1);
    assert!(said[3].1.contains("debris: 21 texts") && said[3].1.contains("18 on no topic"), "{}", said[3].1);
    assert_eq!((lines(4), lines(5)), (60, 60), "{}", said[5].1);
    assert!(said[6].0.lines().count() >= 60);
    assert!(said[7].1.contains("two records merged into one"), "{}", said[7].1);
    assert_eq!(lines(8), 20);
    assert_eq!(lines(11), 1);
    let listed =
        plenary(site.path(), &["list", "--format", "paths", "--where", "topics=debris", "--where", "status=published"]);
    assert_eq!(out(&listed).lines().count(), 42);
    assert!(site.path().join("public/delegations/xcx/index.html").is_file(), "the wrong code redirects");
    assert!(site.path().join("public/topics/orbital-waste/index.html").is_file());
}
