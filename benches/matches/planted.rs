//! Words of statements, copied into others -> how many of them are found.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use plenary::collect::matches::{ComparedText, Match, Matches};
use plenary::language::word::{Word, words};
use plenary::read::statement::Statement;
use plenary::stamp::{Stamp, Stamped};

use super::{read_text, speaker};

/// How passages are reworded: how many of a hundred words are changed, and what is moved.
const REWORDED: [(usize, Moved); 7] = [
    (0, Moved::Nothing),
    (5, Moved::Nothing),
    (15, Moved::Nothing),
    (30, Moved::Nothing),
    (45, Moved::Nothing),
    (15, Moved::Words),
    (15, Moved::Sentences),
];

/// What changes places in a reworded passage.
#[derive(Clone, Copy)]
enum Moved {
    Nothing,
    /// Runs of four words, a third of them.
    Words,
    /// Sentences, or parts of them between commas.
    Sentences,
}

/// Passages of each kind, courtesies and paragraphs that have nothing to do with the others.
const EACH: usize = 20;
/// Statements into which a courtesy is put.
const POLITE: usize = 40;

/// A courtesy: before and after the number of a session.
type Courtesy = (&'static str, &'static str);

/// Courtesies by language, each made of a beginning and an end.
const COURTESIES: &[(&str, &[&str], &[Courtesy])] = &[
    (
        "en",
        &[
            "Mr. President, ",
            "At the outset, ",
            "Allow me, Sir, on behalf of my people, to say that ",
            "First of all, ",
            "",
        ],
        &[
            (
                "I warmly congratulate you on your election as President of the General Assembly at its session number ",
                " and assure you of the full support and cooperation of my delegation throughout your term of office.",
            ),
            (
                "my delegation joins previous speakers in extending heartfelt congratulations to you upon assuming the presidency of session ",
                ", confident that your experience and wisdom will guide our deliberations to success.",
            ),
            (
                "we thank your predecessor for the skilful manner in which he conducted the work of session ",
                " and we pay tribute to the Secretary-General for his tireless efforts in the service of peace.",
            ),
            (
                "I wish to express my gratitude to the outgoing President for the exemplary leadership shown during session ",
                " and to welcome warmly the new Members of our Organization.",
            ),
        ],
    ),
    (
        "ru",
        &["Господин Председатель, ", "Прежде всего ", "От имени моей делегации ", "", "Позвольте сказать: "],
        &[
            (
                "сердечно поздравляю Вас с избранием на высокий пост Председателя Генеральной Ассамблеи на сессии номер ",
                " и заверяю Вас в полной поддержке и сотрудничестве моей делегации на протяжении всего срока Ваших полномочий.",
            ),
            (
                "наша делегация присоединяется к словам благодарности в адрес Вашего предшественника за умелое руководство работой сессии ",
                " и выражает признательность Генеральному секретарю за неустанные усилия на службе мира.",
            ),
        ],
    ),
    (
        "ar",
        &["السيد الرئيس، ", "في البداية ", "باسم وفد بلادي ", "", "اسمحوا لي أن أقول: "],
        &[
            (
                "أتقدم إليكم بأحر التهاني بمناسبة انتخابكم رئيسا للجمعية العامة في دورتها رقم ",
                " وأؤكد لكم الدعم الكامل والتعاون الصادق من جانب وفد بلادي طوال فترة رئاستكم لأعمال هذه الدورة الهامة.",
            ),
            (
                "نشكر سلفكم على الطريقة الحكيمة التي أدار بها أعمال الدورة السابقة رقم ",
                " ونعرب عن تقديرنا العميق للأمين العام على جهوده الدؤوبة في خدمة السلام والأمن الدوليين.",
            ),
        ],
    ),
    (
        "zh-Hant",
        &["主席先生，", "首先，", "我謹代表我國代表團，", "", "請允許我說："],
        &[
            (
                "我熱烈祝賀你當選為聯合國大會本屆會議的主席，這是第",
                "屆會議，我向你保證我國代表團將在你的整個任期內給予全力支持與充分合作。",
            ),
            (
                "我們感謝你的前任以高超的技巧主持了第",
                "屆會議的各項工作，並向秘書長為和平事業所作的不懈努力表示崇高的敬意。",
            ),
        ],
    ),
];

/// A planted text, and whether it should be found.
struct Planted {
    kind: String,
    source: Option<usize>,
    target: usize,
    text: String,
}

/// Draws numbers.
struct Chance(u64);

impl Chance {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % count.max(1)
    }
}

/// Plants with one seed after the other.
pub(crate) fn run(statements: &[Stamped<Statement>], first: u64, seeds: u64) -> anyhow::Result<()> {
    let mut all: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for seed in (0..seeds).map(|number| first.wrapping_add(number.wrapping_mul(7_919))) {
        let found = plant(statements, seed)?;
        println!("seed {seed}: {}", reported(&found));
        for (kind, (count, of)) in found {
            let sum = all.entry(kind).or_default();
            *sum = (sum.0 + count, sum.1 + of);
        }
    }
    println!("all: {}", reported(&all));
    Ok(())
}

fn reported(found: &BTreeMap<String, (usize, usize)>) -> String {
    let reported = |(kind, (count, of)): (&String, &(usize, usize))| format!("{kind}: {count} of {of}");
    found.iter().map(reported).collect::<Vec<_>>().join("; ")
}

fn plant(statements: &[Stamped<Statement>], seed: u64) -> anyhow::Result<BTreeMap<String, (usize, usize)>> {
    let chance = &mut Chance(seed);
    let (mut kept, mut held): (Vec<&Stamped<Statement>>, Vec<&Stamped<Statement>>) = (Vec::new(), Vec::new());
    for statement in statements {
        let is_held = held.len() < EACH && chance.below(statements.len() / (2 * EACH) + 2) == 0;
        if is_held { held.push(statement) } else { kept.push(statement) }
    }
    let mut planted = Vec::new();
    for reworded in REWORDED {
        for _ in 0..EACH {
            planted.extend(passage(&kept, reworded, chance));
        }
    }
    for statement in &held {
        if let Some(text) = cut(statement, chance) {
            let text = text.to_owned();
            planted.push(Planted { kind: "unrelated".into(), source: None, target: chance.below(kept.len()), text });
        }
    }
    planted.extend(courtesies(&kept, chance));
    let mut texts: Vec<String> = kept.iter().map(|statement| statement.body.text.to_string()).collect();
    // Some are inside a paragraph, some are paragraphs of their own; one inside must not be split by another.
    let mut taken = BTreeSet::new();
    for one in &planted {
        let text = &mut texts[one.target];
        if chance.below(2) == 0 && taken.insert(one.target) {
            let middle = text.floor_char_boundary(text.len() / 2);
            let at = middle + text[middle..].find(". ").map_or(text.len() - middle, |at| at + 2);
            text.insert_str(at, &format!("{} ", one.text));
        }
    }
    for one in &planted {
        if !texts[one.target].contains(&one.text) {
            texts[one.target].push_str(&format!("\n\n{}", one.text));
        }
    }
    let made: Vec<Stamped<Statement>> =
        kept.iter().zip(&texts).map(|(statement, text)| remade(statement, text)).collect::<anyhow::Result<Vec<_>>>()?;
    let texts: Vec<ComparedText<'_>> =
        made.iter().map(|statement| ComparedText { statement, delegation: speaker(statement) }).collect();
    let mut matches = Matches::default();
    matches.update(&texts);
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for one in &planted {
        let found = found(&matches, &made, one);
        let count = counts.entry(one.kind.clone()).or_default();
        *count = (count.0 + usize::from(!found.is_empty()), count.1 + 1);
        if found.is_empty() && one.kind == "00 % changed" {
            println!("  seed {seed}, not found in {}: {}", made[one.target].id, one.text);
        }
        if one.source.is_none() {
            let kind = &one.kind;
            for one in found {
                println!("  seed {seed}, {kind}: {}", one.statement.body.words(&one.words));
                println!("    {}: {}", one.other.id, one.other.body.words(&one.other_words));
            }
        }
        if one.source.is_some() {
            let sides = counts.entry("symmetric".into()).or_default();
            *sides = (sides.0 + usize::from(is_symmetric(&matches, &made[one.target])), sides.1 + 1);
        }
    }
    Ok(counts)
}

/// Copies words of a statement into one by another delegation.
fn passage(kept: &[&Stamped<Statement>], reworded: (usize, Moved), chance: &mut Chance) -> Option<Planted> {
    let (source, target) = (chance.below(kept.len()), chance.below(kept.len()));
    if speaker(kept[source]) == speaker(kept[target]) {
        return passage(kept, reworded, chance);
    }
    let (percent, moved) = reworded;
    let text = changed(cut(kept[source], chance)?, percent, kept, chance);
    let (text, what) = match moved {
        Moved::Nothing => (text, ""),
        Moved::Words => (with_words_moved(&text, chance), ", words moved"),
        Moved::Sentences => (with_sentences_moved(&text, chance), ", sentences moved"),
    };
    Some(Planted { kind: format!("{percent:02} % changed{what}"), source: Some(source), target, text })
}

/// Exchanges every third run of four words, or eight letters, with the next one.
fn with_words_moved(text: &str, chance: &mut Chance) -> String {
    let all = words(text);
    let (length, space) = if all.first().is_some_and(|word| word.unspaced) { (8, "") } else { (4, " ") };
    let mut runs: Vec<&[Word]> = all.chunks(length).collect();
    for at in 1..runs.len() {
        if chance.below(3) == 0 {
            runs.swap(at - 1, at);
        }
    }
    let run = |run: &[Word]| text[run[0].text.start as usize..run[run.len() - 1].text.end as usize].to_owned();
    runs.into_iter().map(run).collect::<Vec<_>>().join(space)
}

/// Exchanges each second sentence, or part between commas, with the one before it.
fn with_sentences_moved(text: &str, chance: &mut Chance) -> String {
    let mut parts: Vec<&str> = text.split_inclusive(['.', ';', ',', '،', '؛', '，', '。', '；']).collect();
    let from = chance.below(2).min(parts.len());
    for pair in parts[from..].chunks_exact_mut(2) {
        pair.swap(0, 1);
    }
    parts.iter().map(|part| part.trim()).collect::<Vec<_>>().join(" ")
}

/// Returns 40 to 120 words of a statement, or as many pairs of letters.
fn cut<'a>(statement: &'a Statement, chance: &mut Chance) -> Option<&'a str> {
    let body = &statement.body;
    for _ in 0..100 {
        let paragraph = &body.paragraphs[chance.below(body.paragraphs.len())].text;
        let text = body.words(paragraph);
        let all = words(text);
        let length = (40 + chance.below(80)) * if all.first().is_some_and(|word| word.unspaced) { 2 } else { 1 };
        if all.len() >= length {
            let from = chance.below(all.len() - length + 1);
            return Some(&text[all[from].text.start as usize..all[from + length - 1].text.end as usize]);
        }
    }
    None
}

/// Changes this many of a hundred words: a third each are replaced, removed, or followed by another word.
fn changed(text: &str, percent: usize, kept: &[&Stamped<Statement>], chance: &mut Chance) -> String {
    let all = words(text);
    let pairs = all.chunk_by(|one, next| one.unspaced && next.unspaced);
    let units: Vec<&[Word]> = pairs.flat_map(|run| run.chunks(2)).collect();
    let mut out = String::new();
    let mut at = 0;
    for unit in units {
        let range = unit[0].text.start as usize..unit[unit.len() - 1].text.end as usize;
        out.push_str(&text[at..range.start]);
        let word = &text[range.clone()];
        at = range.end;
        if chance.below(100) >= percent {
            out.push_str(word);
            continue;
        }
        let other = another(kept, chance);
        match chance.below(3) {
            0 => out.push_str(&other),
            1 => {}
            _ => out.push_str(&format!("{word} {other}")),
        }
    }
    out.push_str(&text[at..]);
    out
}

/// Returns any word of any statement.
fn another(kept: &[&Stamped<Statement>], chance: &mut Chance) -> String {
    let body = &kept[chance.below(kept.len())].body;
    let text = body.words(&body.paragraphs[chance.below(body.paragraphs.len())].text);
    let all = words(text);
    let range = match all.get(chance.below(all.len())..) {
        Some([one, two, ..]) if one.unspaced && two.unspaced => one.text.start..two.text.end,
        Some([one, ..]) => one.text.clone(),
        _ => return "word".into(),
    };
    text[range.start as usize..range.end as usize].to_owned()
}

/// Adds each courtesy, in several forms, to texts of many delegations.
fn courtesies(kept: &[&Stamped<Statement>], chance: &mut Chance) -> Vec<Planted> {
    let language = &*kept[0].language;
    let Some((_, begins, rest)) = COURTESIES.iter().find(|(of, ..)| *of == language) else { return Vec::new() };
    let mut planted = Vec::new();
    for number in 0..EACH {
        let (begin, (first, second)) = (begins[number % begins.len()], rest[number / begins.len() % rest.len()]);
        let mut order: Vec<usize> = (0..kept.len()).collect();
        for _ in 0..POLITE.min(kept.len()) {
            let target = order.swap_remove(chance.below(order.len()));
            let text = format!("{begin}{first}{}{second}", 20 + chance.below(60));
            planted.push(Planted { kind: "courtesies".into(), source: None, target, text });
        }
    }
    planted
}

/// Returns the matches of a planted text: with its source or, if it should have none, with any statement that shares
/// half of it.
fn found<'a>(matches: &'a Matches, made: &[Stamped<Statement>], one: &Planted) -> Vec<Match<'a>> {
    let target = &made[one.target];
    let Some(at) = target.body.text.find(one.text.trim()) else { return Vec::new() };
    let planted: Range<u32> = at as u32..(at + one.text.trim().len()) as u32;
    let shared =
        |found: &Match<'_>| found.words.end.min(planted.end).saturating_sub(found.words.start.max(planted.start));
    let mut others: BTreeMap<String, Vec<Match<'a>>> = BTreeMap::new();
    for found in matches.of(&target.path).into_iter().filter(|found| shared(found) > 0) {
        // Words around a courtesy that are in both texts are not a match of the courtesy between them.
        let is_of_it = one.source.is_some() || shared(&found) * 2 >= found.words.end - found.words.start;
        if is_of_it && one.source.is_none_or(|source| found.other.path == made[source].path) {
            others.entry(found.other.path.to_string()).or_default().push(found);
        }
    }
    others.retain(|_, of| of.iter().map(shared).sum::<u32>() * 2 >= planted.end - planted.start);
    others.into_values().flatten().collect()
}

fn is_symmetric(matches: &Matches, of: &Statement) -> bool {
    matches.of(&of.path).iter().all(|one| {
        let back = matches.of(&one.other.path);
        back.iter().any(|other| {
            other.other.path == of.path && other.words == one.other_words && other.other_words == one.words
        })
    })
}

/// Reads a statement again with another text.
fn remade(statement: &Statement, text: &str) -> anyhow::Result<Stamped<Statement>> {
    let delegation = statement.front.delegation.as_ref().map_or("XXX", |named| &named.text);
    let front = format!("title: {}\nlanguage: {}\ndelegation: {delegation}", statement.id, statement.language);
    let source = format!("---\n{front}\n---\n\n{}\n", text.replace('\n', "\n\n"));
    read_text(&statement.path, source.as_bytes())
        .ok_or_else(|| anyhow::anyhow!("{} cannot be read ({:?})", statement.path, Stamp::of_bytes(source.as_bytes())))
}
