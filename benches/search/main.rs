//! A folder with a site -> the size of its search index, the time to make it, and whether what it has is found.
//!
//! `cargo bench --bench search -- FOLDER [COUNT] [SEED]`: so many phrases, known paragraphs and quotations are drawn.
#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock and its arguments")]

mod measure;

use std::path::Path;
use std::time::Instant;

use measure::{Chance, Way, known, lines, phrases, quotations};
use plenary::pipeline::{Pipeline, Settings};
use plenary::search::reader::Reader;
use plenary::search::space::Files;
use plenary::sources::Sources;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let Some(folder) = arguments.first() else {
        // `cargo bench` without arguments runs every program: this one needs a site.
        println!("search: name a folder with a site");
        return;
    };
    let number = |at: usize, default: u64| arguments.get(at).and_then(|text| text.parse().ok()).unwrap_or(default);
    let (count, mut chance) = (number(1, 200) as usize, Chance(number(2, 1)));
    let site = Pipeline::new(Settings::default()).run(&Sources::scan(Path::new(folder)));
    let begun = Instant::now();
    let Some(index) = site.index() else { return println!("search: the site has no search") };
    println!("made in {:.2} s", begun.elapsed().as_secs_f64());
    let Some(reader) = Reader::open(&index) else { return println!("search: the index cannot be read") };
    let chunks = |files: &Files| files.last().map_or(0, |(_, end)| *end as usize);
    let texts: usize = reader.shards.iter().map(|shard| chunks(&shard.head.chunks)).sum();
    let all: usize = index.root.len() + index.files.iter().map(|file| file.bytes.len()).sum::<usize>();
    let said: usize = (0..reader.shards.len())
        .flat_map(|shard| (0..reader.shards[shard].head.texts as u32).map(move |text| (shard, text)))
        .filter_map(|(shard, text)| reader.text(shard, text))
        .map(|text| text.rows.iter().map(|row| row.words.len()).sum::<usize>())
        .sum();
    let percent = |bytes: usize| bytes as f64 * 100.0 / said.max(1) as f64;
    let largest = reader.shards.iter().map(|shard| shard.head.texts).max().unwrap_or(0);
    println!(
        "{} texts in {} shards (at most {largest}), {said} bytes; {} files, {all} bytes: texts {:.1} %, all else {:.1} %",
        reader.root.texts,
        reader.shards.len(),
        index.files.len() + 1,
        percent(texts),
        percent(all - texts)
    );
    let size = |name: &str| index.files.iter().find(|file| &*file.name == name).map_or(0, |file| file.bytes.len());
    println!(
        "a first query reads root {}, base {} ({} words in {} bytes); facts {}",
        index.root.len(),
        size(&reader.root.base),
        reader.base.dictionary.words,
        chunks(&reader.base.dictionary.files),
        size(&reader.root.facts),
    );
    let lines = lines(&reader);
    println!("phrases found exactly where they are: {} of {count}", phrases(&reader, &lines, count, &mut chance));
    let (drawn, first, three) = known(&reader, &lines, count, &mut chance);
    println!("known paragraphs: {first} of {drawn} first, {three} among the first three");
    for way in [Way::Exact, Way::Changed, Way::LeftOut, Way::Invented] {
        let right = quotations(&reader, &lines, way, count, &mut chance);
        println!("quotations, {way:?}: {right} of {count}");
    }
}
