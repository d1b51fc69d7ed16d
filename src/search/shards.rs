//! Statements in order -> the shards that they are in, by period.
//!
//! What is published later must not move what was published before, so a shard is not a fixed number of statements.
//! Time is halved again and again, at the same days for every collection, until what lies in one half is small enough.

use std::ops::Range;

use super::text::Filed;

/// The smallest limit of a shard, in bytes of text.
const SMALLEST: usize = 4 << 20;

/// How many shards a collection has at least if it is much larger than the smallest limit.
const SHARDS: usize = 8;

/// Returns the order of statements in the index: by day, those without a date last.
pub fn order(a: &Filed, b: &Filed) -> std::cmp::Ordering {
    key(a).cmp(&key(b))
}

/// Returns the ranges of statements, which are sorted by [`order`], that form a shard each.
pub fn cut(statements: &[Filed]) -> Vec<Range<usize>> {
    let total: usize = statements.iter().map(|statement| statement.size).sum();
    // A power of two, so that the limit changes only when a collection has doubled.
    let limit = (total / SHARDS).checked_ilog2().map_or(0, |log| 1 << log).max(SMALLEST);
    let mut shards = Vec::new();
    if !statements.is_empty() {
        halve(statements, 0..statements.len(), limit, &mut shards);
    }
    shards
}

/// Cuts a range of statements in two where their keys first differ, until each part is within the limit.
fn halve(all: &[Filed], range: Range<usize>, limit: usize, out: &mut Vec<Range<usize>>) {
    let size: usize = all[range.clone()].iter().map(|statement| statement.size).sum();
    let (first, last) = (key(&all[range.start]), key(&all[range.end - 1]));
    if size <= limit || first == last {
        return out.push(range);
    }
    let middle = if let Some(bit) = (first.0 ^ last.0).checked_ilog2() {
        all[range.clone()].partition_point(|statement| key(statement).0 >> bit & 1 == 0)
    } else {
        // All on the same day: the ids decide.
        let (a, b) = (first.1.as_bytes(), last.1.as_bytes());
        let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
        let letter = |id: &str| id.as_bytes().get(same).copied().unwrap_or(0);
        let bit = (letter(first.1) ^ letter(last.1)).ilog2();
        all[range.clone()].partition_point(|statement| letter(&statement.id) >> bit & 1 == 0)
    };
    halve(all, range.start..range.start + middle, limit, out);
    halve(all, range.start + middle..range.end, limit, out);
}

/// Returns the days of a statement, in numbers of which each bit halves a period, and its id.
fn key(statement: &Filed) -> (u64, &str) {
    let day = |day: u32| match day {
        0 => u64::from(u32::MAX),
        day => u64::from(day / 10_000 * 512 + day / 100 % 100 * 32 + day % 100),
    };
    (day(statement.from) << 32 | day(statement.to), &statement.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(id: &str, from: u32, size: usize) -> Filed {
        let columns = Default::default();
        Filed { id: id.into(), from, to: from, size, versions: 1, columns, simulated: false }
    }

    fn shards(statements: &mut [Filed]) -> Vec<Vec<Box<str>>> {
        statements.sort_by(order);
        cut(statements).into_iter().map(|range| statements[range].iter().map(|one| one.id.clone()).collect()).collect()
    }

    #[test]
    fn a_small_collection_is_one_shard_and_an_empty_one_none() {
        assert!(cut(&[]).is_empty());
        assert_eq!(shards(&mut [statement("b", 20_240_101, 9), statement("a", 0, 9)]), [["b".into(), "a".into()]]);
    }

    #[test]
    fn a_new_statement_changes_one_shard() {
        let all: Vec<Filed> =
            (0..400).map(|n| statement(&format!("s{n:03}"), (1946 + n / 5) * 10_000 + 101, SMALLEST / 8)).collect();
        let before = shards(&mut all.clone());
        let size = |shard: &Vec<Box<str>>| shard.len() * SMALLEST / 8;
        assert!(before.len() > SHARDS && before.iter().all(|shard| size(shard) <= 400 / 8 * SMALLEST / SHARDS));
        let mut more = all.clone();
        more.push(statement("new", 19_800_630, SMALLEST / 8));
        let after = shards(&mut more);
        assert!(after.iter().filter(|shard| !before.contains(shard)).count() <= 2);
    }

    #[test]
    fn statements_of_one_day_are_divided_by_their_ids() {
        let mut all: Vec<Filed> =
            (0..64).map(|n| statement(&format!("day-{n:02}"), 20_240_924, SMALLEST / 2)).collect();
        let found = shards(&mut all);
        assert!(found.len() > 4, "{found:?}");
        assert_eq!(found.concat().len(), 64);
    }
}
