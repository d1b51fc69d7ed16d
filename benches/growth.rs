//! Inputs designed to be slow, each at three sizes -> how the time of a whole build grows with them.
//!
//! ```text
//! cargo bench --bench growth -- [--only WORDS] [--scale N]
//! ```
//!
//! Each input is a site in memory, built with every page rendered in this process, at one, two and four times its first
//! size. The last column is the CPU time of the largest divided by that of the middle one: 2 for linear and 4 for
//! quadratic growth. Above 3, and above half a second, the row is marked and the exit code is 1. A refused input says
//! so; its time is that of the refusal. `--scale` multiplies the sizes.
#![expect(clippy::disallowed_methods, reason = "a measurement reads its own process")]
#![expect(clippy::print_stdout, reason = "its result is what it prints")]

#[path = "shared/chance.rs"]
#[expect(dead_code, reason = "only its options are needed here")]
mod chance;

use std::collections::BTreeMap;

use mimalloc::MiMalloc;
use plenary::diagnostic::Severity;
use plenary::pipeline::{Pipeline, Settings};
use plenary::sources::Sources;
use rayon::prelude::*;

/// The program's own.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Path -> text.
type Files = BTreeMap<String, String>;

/// An input: what it is, its first size, and how it is made.
type Input = (&'static str, usize, fn(usize) -> Files);

const HEAD: &str = "---\ntitle: T\ndate: 2020\ndelegation: PER\n---\n\n";

/// A site with one statement of this text.
fn text(body: impl AsRef<str>) -> Files {
    Files::from([("content/statements/a.md".to_owned(), format!("{HEAD}{}\n", body.as_ref()))])
}

/// A site with one statement whose front matter has these additional lines.
fn front(lines: impl AsRef<str>) -> Files {
    let lines = lines.as_ref();
    Files::from([("content/statements/a.md".to_owned(), format!("---\ntitle: T\n{lines}\n---\n\nText.\n"))])
}

/// A site with so many statements: the lines of their front matter, and their texts.
fn statements(n: usize, lines: impl Fn(usize) -> String, body: impl Fn(usize) -> String) -> Files {
    let file = |at: usize| {
        let text = format!("---\ntitle: T {at}\n{}---\n\n{}\n", lines(at), body(at));
        (format!("content/statements/s{at}.md"), text)
    };
    (0..n).map(file).collect()
}

/// So many repetitions, each made of its number.
fn each(n: usize, one: impl Fn(usize) -> String) -> String {
    (0..n).map(one).collect()
}

/// The same files and one more.
fn with(mut files: Files, path: &str, text: impl Into<String>) -> Files {
    files.insert(path.to_owned(), text.into());
    files
}

fn none(_: usize) -> String {
    String::new()
}

const INPUTS: &[Input] = &[
    ("YAML: lists in lists, one line", 20_000, |n| front(format!("x:\n  {}", "- ".repeat(n)))),
    ("YAML: brackets", 20_000, |n| front(format!("x: {}", "[".repeat(n)))),
    ("YAML: mappings in mappings", 10_000, |n| front(format!("x: {}1", "{a: ".repeat(n)))),
    ("YAML: brackets behind what is no YAML", 20_000, |n| front(format!("x: @\ny: {}", "[".repeat(n)))),
    ("YAML: a long key with many below it", 2_000, |n| {
        front(format!("? {}\n: {{{}}}", "k".repeat(n * 4), each(n, |at| format!("a{at}: 1, "))))
    }),
    ("YAML: unknown keys", 2_000, |n| front(each(n, |at| format!("key-{at}: 1\n")))),
    ("YAML: one key again and again", 4_000, |n| front("x: 1\n".repeat(n))),
    ("YAML: anchors and aliases", 2_000, |n| {
        front(format!("x0: &a0 [1]\n{}", each(n, |at| format!("x{}: &a{} [*a{at}, *a{at}]\n", at + 1, at + 1))))
    }),
    ("front matter: topics", 4_000, |n| front(format!("topics: [{}]", each(n, |at| format!("topic-{at}, "))))),
    ("front matter: aliases", 4_000, |n| front(format!("aliases: [{}]", each(n, |at| format!("/old-{at}/, "))))),
    ("front matter: unknown references", 4_000, |n| {
        front(format!("see_also: [{}]", each(n, |at| format!("gone-{at}, "))))
    }),
    ("site.toml: brackets", 20_000, |n| with(text("A."), "site.toml", format!("x = {}", "[".repeat(n)))),
    ("site.toml: a key of many parts", 20_000, |n| with(text("A."), "site.toml", format!("{}a = 1", "a.".repeat(n)))),
    ("site.toml: menu of broken links", 500, |n| {
        let menu = each(n, |at| format!("[[menu]]\ntitle = \"M\"\nurl = \"/gone-{at}/\"\n"));
        with(text("A."), "site.toml", format!("title = \"T\"\n{menu}"))
    }),
    ("symbol: one word of slashes", 20_000, |n| text(format!("A/{}", "1/".repeat(n)))),
    ("symbol: one word of A/RES/", 20_000, |n| text("A/RES/".repeat(n))),
    ("symbol: numbers and slashes", 20_000, |n| text("1/".repeat(n))),
    ("symbol: brackets never closed", 10_000, |n| text("S/RES/1 ( ".repeat(n))),
    ("symbol: closing brackets and slashes", 20_000, |n| text(")/".repeat(n))),
    ("symbol: one line of resolutions", 5_000, |n| text(each(n, |at| format!("resolution {} (2004), ", 100 + at)))),
    ("symbol: numbers named again", 3_000, |n| {
        let named = each(n, |at| format!("resolution {} (1990). ", 1000 + at % 9000));
        text(format!("{named}\n\nresolutions {}", each(n, |at| format!("{}, ", 1000 + at % 9000))))
    }),
    ("symbol: distinct documents", 3_000, |n| text(each(n, |at| format!("See A/{}/{}.\n\n", 60 + at % 20, 100 + at)))),
    ("links: broken, one a statement", 1_000, |n| statements(n, none, |at| format!("See [[old-{at}]]."))),
    ("links: broken, one word of 40 kB", 40_000, |n| {
        let files = statements(500, none, |_| "Text.".to_owned());
        with(files, "content/statements/a.md", format!("{HEAD}See [[{}]].\n", "x".repeat(n)))
    }),
    ("links: broken, to files", 1_000, |n| statements(n, none, |at| format!("See [it](old-{at}.md)."))),
    ("links: broken, from the root", 1_000, |n| {
        let pages: Files =
            (0..n).map(|at| (format!("content/p{at}.md"), "---\ntitle: P\n---\n\nA.\n".into())).collect();
        with(pages, "content/statements/a.md", format!("{HEAD}{}", each(n, |at| format!("[a](/old{at}/)\n\n"))))
    }),
    ("links: to external pages, one line", 10_000, |n| text(each(n, |at| format!("[a](https://e.example/{at}) ")))),
    ("links: bare URLs, one line", 5_000, |n| text(each(n, |at| format!("https://e.example/{at} ")))),
    ("links: equal ones", 5_000, |n| with(text("[[b]] ".repeat(n)), "content/statements/b.md", format!("{HEAD}B.\n"))),
    ("links: never closed", 20_000, |n| text("[[a ".repeat(n))),
    ("names: unknown delegations", 1_000, |n| statements(n, |at| format!("delegation: Q{at:05}\n"), none)),
    ("names: unknown topics beside records", 1_000, |n| {
        let mut files = statements(n, |at| format!("topics: [unknown-{at}]\n"), none);
        files.extend((0..n).map(|at| (format!("content/topics/t-{at}.md"), format!("---\ntitle: Topic {at}\n---\n"))));
        files
    }),
    ("names: one alias of all records", 1_000, |n| {
        let record = |at| (format!("content/topics/t-{at}.md"), "---\ntitle: T\naliases: [same]\n---\n".to_owned());
        (0..n).map(record).collect()
    }),
    ("names: one speaker of many delegations", 1_000, |n| {
        statements(n, |at| format!("delegation: Q{at:05}\nspeaker: {{ family: Doe, given: J. }}\n"), none)
    }),
    ("names: one title of all statements", 1_000, |n| {
        statements(n, |_| "date: 2020\ndelegation: PER\n".to_owned(), |_| "We thank the chair.".to_owned())
    }),
    ("names: topics whose slugs coincide", 1_000, |n| {
        statements(n, |at| format!("topics: [\"C{}\"]\n", "+".repeat(at % 50)), none)
    }),
    ("headings: equal", 4_000, |n| text("## Heading\n\n".repeat(n))),
    ("headings: equal, underlined", 4_000, |n| text("a\n---\n".repeat(n))),
    ("footnotes", 5_000, |n| {
        text(each(n, |at| format!("x[^{at}] ")) + "\n\n" + &each(n, |at| format!("[^{at}]: n\n\n")))
    }),
    ("footnotes: one mentioned often", 10_000, |n| text("x[^1] ".repeat(n) + "\n\n[^1]: n\n")),
    ("footnotes: without text", 5_000, |n| text(each(n, |at| format!("x[^{at}]\n\n")))),
    ("nested: quotations", 10_000, |n| text(">".repeat(n) + " a")),
    ("nested: lists", 500, |n| text(each(n, |at| format!("{}- a\n", "  ".repeat(at))))),
    ("nested: markers of lists, one line", 10_000, |n| text("- ".repeat(n) + "a")),
    ("nested: emphasis", 10_000, |n| text("*a **b ".repeat(n))),
    ("nested: emphasis that opens and closes", 10_000, |n| text("*a**b*".repeat(n))),
    ("nested: brackets", 10_000, |n| text("[".repeat(n) + "a" + &"]".repeat(n))),
    ("long: one line of words", 50_000, |n| text("word ".repeat(n))),
    ("long: one word", 200_000, |n| text("a".repeat(n))),
    ("long: distinct words", 20_000, |n| text(each(n, |at| format!("w{at} ")))),
    ("long: paragraphs", 5_000, |n| text(each(n, |at| format!("Paragraph number {at} of this text.\n\n")))),
    ("long: equal paragraphs", 2_000, |n| {
        text("We thank you, Madam Chair, for convening this meeting on outer space in the city.\n\n".repeat(n))
    }),
    ("long: quotation marks never closed", 5_000, |n| text("“We said this ".repeat(n))),
    ("long: list items", 10_000, |n| text(each(n, |at| format!("- item {at} of words\n")))),
    ("long: tags of topics", 2_000, |n| text(each(n, |at| format!("Words {{topics=\"t{at}\"}}\n\n")))),
    ("long: raw HTML", 5_000, |n| text("a <b>x</b>\n\n".repeat(n))),
    ("long: states named", 5_000, |n| text("of Peru and Chile, ".repeat(n))),
    ("long: a table", 1_000, |n| text(format!("|a|b|\n|-|-|\n{}", "|a|b|\n".repeat(n)))),
    ("long: rows of a table with many columns", 30, |n| {
        text(format!("{}|\n{}|\n{}", "|a".repeat(n), "|-".repeat(n), ("|a".repeat(n) + "|\n").repeat(30)))
    }),
    ("locks: lines", 5_000, |n| {
        let lock = each(n, |at| format!("{} live Paragraph {at}. {:016x} AAAA\n", at + 1, at));
        with(text(each(n, |at| format!("Paragraph {at}.\n\n"))), "locks/a.en.lock", lock)
    }),
    ("records: phrases of topics", 1_000, |n| {
        let record =
            format!("---\ntitle: T\nmatch: {{ en: [{}] }}\n---\n", each(n, |at| format!("phrase {at} of it, ")));
        with(text(each(n, |at| format!("Here is phrase {at} of it. "))), "content/topics/t.md", record)
    }),
    ("theme: one loop that writes", 20_000, |n| {
        let page = format!("{{% for i in range(end={n}) %}}{{{{ i }}}} {{% endfor %}}");
        let files = with(text("A."), "site.toml", "title = \"T\"\ntheme = \"own\"\n");
        with(files, "themes/own/templates/statement.html", page)
    }),
    ("theme: loops in loops that write", 10_000, |n| {
        let page =
            format!("{{% for i in range(end={n}) %}}{{% for k in range(end=100000) %}}xx{{% endfor %}}{{% endfor %}}");
        let files = with(text("A."), "site.toml", "title = \"T\"\ntheme = \"own\"\n");
        with(files, "themes/own/templates/statement.html", page)
    }),
];

fn main() {
    let options = chance::options();
    let scale = options.get("scale").and_then(|scale| scale.parse::<f64>().ok()).unwrap_or(1.0);
    let only = options.get("only").map(String::as_str).unwrap_or_default();
    let mut steep = 0;
    println!("{:44} {:>8} {:>8} {:>8} {:>8} {:>6}", "input", "size", "1", "2", "4", "growth");
    for (name, size, make) in INPUTS.iter().filter(|(name, ..)| name.contains(only)) {
        let size = ((*size as f64 * scale) as usize).max(1);
        let (mut seconds, mut refused) = (Vec::new(), None);
        for times in [1, 2, 4] {
            let before = cpu_seconds();
            refused = build(&make(size * times));
            seconds.push(cpu_seconds() - before);
        }
        let growth = seconds[2] / seconds[1].max(0.01);
        let is_steep = growth > 3.0 && seconds[2] > 0.5;
        steep += usize::from(is_steep);
        let (mark, refused) = (if is_steep { "!" } else { " " }, refused.unwrap_or_default());
        let [one, two, four] = [seconds[0], seconds[1], seconds[2]];
        println!("{name:44} {size:8} {one:8.2} {two:8.2} {four:8.2} {growth:5.1}{mark} {refused}");
    }
    std::process::exit(i32::from(steep > 0));
}

/// Builds a site and renders all its pages; returns the first error.
fn build(files: &Files) -> Option<String> {
    let files = files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
    let site = Pipeline::new(Settings::default()).run(&Sources::from_map(&files));
    let failed = site.pages.par_iter().find_map_any(|page| site.render(page).err());
    let error = site.diagnostics.iter().find(|problem| problem.severity() == Severity::Error).cloned().or(failed)?;
    let people = error.human(None);
    Some(people.lines().next().unwrap_or_default().chars().take(100).collect())
}

/// Returns the CPU time of this process, user and system, from Linux's `/proc`.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<f64> =
        stat.rsplit(") ").next().unwrap_or_default().split(' ').filter_map(|field| field.parse().ok()).collect();
    // Fields 14 and 15 of the line, in clock ticks of 1/100 s; the state letter before them is not a number.
    (fields.get(10).copied().unwrap_or(0.0) + fields.get(11).copied().unwrap_or(0.0)) / 100.0
}
