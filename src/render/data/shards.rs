//! The items of a table -> its files, so that none becomes too large.
//!
//! A small collection has all rows in one file. Above the limit each decade has a file, a decade above the limit one for
//! each year, and a year above the limit several. Periods do not depend on what else is in the collection, so a new
//! statement changes the files of one period; all change only when the collection, or the decade, outgrows the limit.

use std::collections::BTreeMap;

/// The approximate size of the largest file, in bytes. Some hosts accept no file above 25 MiB.
pub const LARGEST: usize = 16 << 20;

/// The content of a file: the period in its name (`None` if it has everything), and the indices of its items.
pub type Shard = (Option<Box<str>>, Vec<usize>);

/// Divides items by year and size; an item without a year is in a file of its kind.
pub fn cut(items: &[(Option<i16>, usize)], largest: usize) -> Vec<Shard> {
    let size = |of: &[usize]| of.iter().map(|at| items[*at].1).sum::<usize>();
    let all: Vec<usize> = (0..items.len()).collect();
    if size(&all) <= largest {
        return vec![(None, all)];
    }
    // Items without a decade sort last.
    let mut decades: BTreeMap<(bool, i16), Vec<usize>> = BTreeMap::new();
    for at in all {
        let decade = items[at].0.map(|year| year.div_euclid(10) * 10);
        decades.entry((decade.is_none(), decade.unwrap_or_default())).or_default().push(at);
    }
    let mut shards = Vec::new();
    for ((is_undated, decade), of_decade) in decades {
        if is_undated {
            divide("undated", of_decade, items, largest, &mut shards);
        } else if size(&of_decade) <= largest {
            shards.push((Some(format!("{decade:04}s").into()), of_decade));
        } else {
            let mut years: BTreeMap<i16, Vec<usize>> = BTreeMap::new();
            for at in of_decade {
                years.entry(items[at].0.unwrap_or_default()).or_default().push(at);
            }
            for (year, of_year) in years {
                divide(&format!("{year:04}"), of_year, items, largest, &mut shards);
            }
        }
    }
    shards
}

/// Adds a period that cannot be divided by time, in several files if it is too large for one.
fn divide(period: &str, of: Vec<usize>, items: &[(Option<i16>, usize)], largest: usize, out: &mut Vec<Shard>) {
    let mut parts: Vec<Vec<usize>> = vec![Vec::new()];
    let mut size = 0;
    for at in of {
        size += items[at].1;
        if size > largest && parts.last().is_some_and(|part| !part.is_empty()) {
            parts.push(Vec::new());
            size = items[at].1;
        }
        if let Some(part) = parts.last_mut() {
            part.push(at);
        }
    }
    let is_one = parts.len() == 1;
    let name = |number: usize| if is_one { period.to_owned() } else { format!("{period}-{}", number + 1) };
    out.extend(parts.into_iter().enumerate().map(|(number, part)| (Some(name(number).into()), part)));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the name and number of items of each file.
    fn files(items: &[(Option<i16>, usize)]) -> Vec<(String, usize)> {
        let name = |name: Option<Box<str>>| name.map_or_else(String::new, |name| name.to_string());
        cut(items, 100).into_iter().map(|(of, items)| (name(of), items.len())).collect()
    }

    #[test]
    fn a_collection_is_divided_by_time_only_where_it_is_too_large() {
        let small = [(Some(1974), 40), (Some(1986), 40), (None, 20)];
        assert_eq!(files(&small), [(String::new(), 3)]);
        let large = [(Some(1974), 40), (Some(1975), 40), (Some(1986), 40), (None, 20)];
        assert_eq!(files(&large), [("1970s".into(), 2), ("1980s".into(), 1), ("undated".into(), 1)]);
        let larger = [(Some(1974), 60), (Some(1974), 60), (Some(1975), 40), (Some(1986), 40), (None, 200)];
        let names: Vec<String> = files(&larger).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["1974-1", "1974-2", "1975", "1980s", "undated"]);
        assert_eq!(files(&[]), [(String::new(), 0)]);
    }

    #[test]
    fn every_item_is_in_one_file_and_they_keep_their_order() {
        let items: Vec<(Option<i16>, usize)> = (0..900).map(|n| (Some(1946 + n / 12), 7 + n as usize % 5)).collect();
        let shards = cut(&items, 100);
        let all: Vec<usize> = shards.iter().flat_map(|(_, items)| items.clone()).collect();
        assert_eq!(all, (0..items.len()).collect::<Vec<_>>());
        assert!(shards.iter().all(|(_, of)| of.iter().map(|at| items[*at].1).sum::<usize>() <= 100));
    }
}
