//! Views of charts: bars by year, a table of topics by decade, shares drawn in a table.

use serde::Serialize;

use super::RefView;

/// A bar of a chart.
#[derive(Clone, Debug, Serialize)]
pub struct BarView {
    /// The year.
    pub year: String,
    /// How many there are.
    pub count: usize,
    /// Link to what is counted.
    pub url: Option<String>,
    /// The parts of the bar, from the bottom.
    pub parts: Vec<BarPartView>,
}

/// A part of a bar: a rectangle of the drawing.
#[derive(Clone, Debug, Serialize)]
pub struct BarPartView {
    /// What it counts: `all`, or on a position `same`, `changed` and `new`.
    pub kind: &'static str,
    /// How many there are.
    pub count: usize,
    /// Distance from the beginning of the axis.
    pub x: usize,
    /// Distance from the top.
    pub y: usize,
    /// Its width.
    pub width: usize,
    /// Its height.
    pub height: usize,
}

/// Bars by year, as a drawing and as values. Years without any have no bar.
#[derive(Clone, Debug, Serialize)]
pub struct BarsView {
    /// Width of the drawing, in its own units.
    pub width: usize,
    /// Height of the drawing, in its own units.
    pub height: usize,
    /// The bars, the earliest first.
    pub bars: Vec<BarView>,
    /// Evenly spaced years below the axis; the first and the last are its ends.
    pub ticks: Vec<String>,
    /// The highest count.
    pub most: usize,
    /// What the parts of the bars count, in the order in which they are stacked.
    pub kinds: Vec<&'static str>,
}

/// A share of a whole, drawn as a bar in a row of a table.
#[derive(Clone, Debug, Serialize)]
pub struct ShareView {
    /// What it is a share of, with its number of statements.
    pub of: RefView,
    /// Length of the bar, from 1 to 100.
    pub length: usize,
}

/// A cell of a heat map.
#[derive(Clone, Debug, Serialize)]
pub struct HeatCellView {
    /// How many statements there are.
    pub count: usize,
    /// The step of the scale: 0 for none, 5 for the largest share of a column.
    pub level: usize,
}

/// A row of a heat map.
#[derive(Clone, Debug, Serialize)]
pub struct HeatRowView {
    /// The topic, with its number of statements.
    pub topic: RefView,
    /// One cell for each decade.
    pub cells: Vec<HeatCellView>,
}

/// Topics by decade.
#[derive(Clone, Debug, Serialize)]
pub struct HeatView {
    /// The first year of each decade, the earliest first.
    pub decades: Vec<String>,
    /// The topics with most statements, these first.
    pub rows: Vec<HeatRowView>,
    /// How many topics there are in all.
    pub topics: usize,
    /// Whether some of the statements have their topics by rule.
    pub by_rule: bool,
}
