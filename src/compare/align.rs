//! Two texts -> rows of paragraphs that correspond; several texts -> the earlier wording of each paragraph.
//!
//! Wordings in one language are aligned by shared words, language versions by what survives translation: lengths,
//! figures, headings and the numbers of paragraphs.

mod alike;
#[cfg(test)]
pub mod in_three_languages;
mod row;
mod series;
mod versions;
mod wordings;

pub use row::Row;
pub use series::{At, Texts, Wording, series};
pub use versions::{NamedByNumber, Version, differ_in_figures, likeliest, versions};
pub use wordings::wordings;
