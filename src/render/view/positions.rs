//! Views of two positions on a topic, side by side.

use serde::Serialize;

use super::{CitingView, PageView, RefView};

/// What two delegations said on a topic in one year.
#[derive(Clone, Debug, Serialize)]
pub struct PositionsYearView {
    /// The earliest year that the dates can mean.
    pub year: String,
    /// The statements of the first delegation, latest first; empty if none is held.
    pub first: Vec<CitingView>,
    /// The statements of the second, latest first; empty if none is held.
    pub second: Vec<CitingView>,
}

/// The view of `positions.html`: two positions on a topic, side by side.
#[derive(Clone, Debug, Serialize)]
pub struct PositionsView {
    /// The page.
    pub page: PageView,
    /// The topic and the two delegations.
    pub title: String,
    /// The topic.
    pub trail: Vec<RefView>,
    /// The first delegation, with the number of its statements; the link leads to its position, if it has one.
    pub first: RefView,
    /// The second delegation, in the same way.
    pub second: RefView,
    /// The years in which either spoke on the topic, latest first.
    pub years: Vec<PositionsYearView>,
}
