//! Views of two wordings compared.

use serde::Serialize;

/// A run of words in a comparison of two wordings, to be read one after the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangeView {
    /// `same`, `dropped` or `added`.
    pub kind: &'static str,
    /// The words.
    pub text: String,
}
