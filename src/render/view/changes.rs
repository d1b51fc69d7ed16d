//! What a template sees of two wordings.

use serde::Serialize;

/// A run of words of two wordings, to be read one after the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangeView {
    /// `same`, `dropped` or `added`.
    pub kind: &'static str,
    pub text: String,
}
