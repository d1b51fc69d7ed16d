//! A folder of plain texts, or a seed -> a site to measure.

use std::fmt::Write as _;
use std::path::Path;

const TOPICS: &[(&str, &str)] = &[
    ("climate-change", "climate change"),
    ("disarmament", "disarmament"),
    ("outer-space", "outer space"),
    ("terrorism", "terrorism"),
    ("human-rights", "human rights"),
    ("apartheid", "apartheid"),
    ("trade", "trade"),
    ("peacekeeping", "peacekeeping"),
    ("middle-east", "Middle East"),
    ("decolonization", "colonial"),
    ("nuclear-weapons", "nuclear weapons"),
    ("debt", "debt"),
    ("security-council-reform", "permanent members"),
    ("law-of-the-sea", "law of the sea"),
    ("refugees", "refugees"),
];

/// Makes a site from the texts named in `folder/index.csv`, and returns how many statements it has. If more are
/// requested than there are texts, the texts are cut into pieces.
pub(crate) fn from_texts(folder: &Path, site: &Path, most: Option<usize>) -> anyhow::Result<usize> {
    let mut rows = csv::Reader::from_path(folder.join("index.csv"))?;
    let header = rows.headers()?.clone();
    let rows: Vec<csv::StringRecord> = rows.records().collect::<Result<_, _>>()?;
    let most = most.unwrap_or(rows.len());
    let parts = most.div_ceil(rows.len().max(1)).max(1);
    let mut made = 0;
    for row in &rows {
        let column =
            |name: &str| header.iter().position(|column| column == name).and_then(|at| row.get(at)).unwrap_or_default();
        let path = column("path");
        let file = [folder.join(path), folder.join("..").join(path)].into_iter().find(|file| file.exists());
        let Some(file) = file else { continue };
        let text = String::from_utf8_lossy(&std::fs::read(file)?).into_owned();
        let mut paragraphs = paragraphs(&text);
        if paragraphs.len() < parts {
            let sentences: Vec<&str> = paragraphs.iter().flat_map(|of| of.split_inclusive(". ")).collect();
            paragraphs = sentences.chunks(SENTENCES).map(<[&str]>::concat).collect();
        }
        let (code, session, year) = (column("iso3"), column("session"), column("year"));
        for (at, paragraphs) in paragraphs.chunks(paragraphs.len().div_ceil(parts).max(1)).enumerate() {
            if made >= most {
                break;
            }
            let part = if parts == 1 { String::new() } else { format!("-{}", at + 1) };
            let id = format!("{}-{session}-{year}{part}", code.to_lowercase());
            let front = format!("date: {year}\ndelegation: {code}\nforum: unga\nsession: {session}\n");
            let title = format!("{code} in the General Debate, {year}{part}");
            write_statement(site, year, &id, &title, &front, paragraphs)?;
            made += 1;
        }
    }
    finish(site)?;
    Ok(made)
}

/// Sentences of a paragraph of a text that has only one.
const SENTENCES: usize = 5;

/// Returns the paragraphs of a plain text, each on one line.
fn paragraphs(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n").replace('\u{feff}', "");
    let lines = text.split("\n\n").map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect()
}

/// Makes a site from invented words, the same on every machine.
pub(crate) fn generated(site: &Path, count: usize) -> anyhow::Result<usize> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) as usize) % below
    };
    let syllables = ["ba", "ken", "tor", "mi", "sul", "ra", "pen", "dor", "vi", "lan", "ge", "shi", "mo", "ter", "al"];
    let words: Vec<String> = (0..4000).map(|_| (0..2 + next(3)).map(|_| syllables[next(15)]).collect()).collect();
    for number in 0..count {
        let mut text = String::new();
        for paragraph in 0..45 {
            for _ in 0..55 + next(20) {
                // The minimum of two draws makes a few words common and most rare, as in natural language.
                let _ = write!(text, "{} ", words[next(4000).min(next(4000))]);
            }
            if paragraph % 9 == 0 {
                text.push_str(TOPICS[next(TOPICS.len())].1);
            }
            text.push_str(".\n\n");
        }
        let year = 1980 + number % 45;
        let code = ["KAZ", "FRA", "BRA", "IND", "EGY", "NOR", "JPN", "KEN", "MEX", "CAN"][next(10)];
        let front = format!(
            "date: {year}-{:02}-{:02}\ndelegation: {code}\nforum: unga\nsession: {}\n",
            1 + next(12),
            1 + next(28),
            year - 1945
        );
        write_statement(
            site,
            &year.to_string(),
            &format!("s-{number}"),
            &format!("Statement {number}"),
            &front,
            &paragraphs(&text),
        )?;
    }
    finish(site)?;
    Ok(count)
}

fn write_statement(
    site: &Path,
    year: &str,
    id: &str,
    title: &str,
    front: &str,
    paragraphs: &[String],
) -> anyhow::Result<()> {
    let count = |phrase: &str| paragraphs.iter().map(|paragraph| paragraph.matches(phrase).count()).sum::<usize>();
    let topics: Vec<&str> = TOPICS.iter().filter(|(_, phrase)| count(phrase) > 1).map(|(slug, _)| *slug).collect();
    let mut body = String::new();
    for paragraph in paragraphs {
        body.push_str(&paragraph.replace(['<', '[', '_', '*', '`'], " "));
        body.push_str("\n\n");
    }
    let folder = site.join("content/statements").join(year);
    std::fs::create_dir_all(&folder)?;
    let text = format!("---\ntitle: \"{title}\"\n{front}language: en\ntopics: [{}]\n---\n\n{body}", topics.join(", "));
    std::fs::write(folder.join(format!("{id}.md")), text)?;
    Ok(())
}

fn finish(site: &Path) -> anyhow::Result<()> {
    std::fs::write(site.join("site.toml"), "title = \"Measured\"\nbase_url = \"https://plenary.example/\"\n")?;
    std::fs::write(site.join("content/index.md"), "---\ntitle: Measured\n---\n\nA site to be measured.\n")?;
    Ok(())
}
