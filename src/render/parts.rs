//! The parts of each kind of page: stamped values, which are all that its view is made of.

/// The parts of one page.
#[derive(Clone, Debug)]
pub enum Parts {}
