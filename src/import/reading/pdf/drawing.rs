//! A PDF's content streams -> how its words are turned, and which lines are drawn, which poppler does not report.

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};

use super::brush::{Brush, is_unseen_on_paper};
use super::matrix::{Matrix, even};
use crate::import::reading::ink::Paint;

/// The maximum number of bytes that one stream of a file may expand to.
const MOST: usize = 32 << 20;
/// The maximum number of operations to examine in a file. A page of text has a few thousand.
const MOST_OPERATIONS: usize = 2_000_000;
/// The maximum depth of forms in forms.
const DEEPEST: usize = 12;
/// The maximum number of saved graphics states; the specification requires 28.
const MOST_STATES: usize = 512;
/// The maximum depth of the page tree.
const HIGHEST: usize = 64;
/// Most painted areas of a page that are kept: a drawing has more than a page of text, and is then one area.
const MOST_PAINTED: usize = 500;

/// An operation that shows text.
#[derive(Clone, Copy, Debug)]
pub(super) struct ShownText {
    /// The page or form that has the operation.
    pub home: ObjectId,
    /// Index of the operation in its stream.
    pub at: usize,
    /// The transformation from text space to the page.
    pub matrix: Matrix,
    /// The transformation from the stream's user space to the page.
    pub drawing: Matrix,
    /// How far the line is turned on the page as displayed, counterclockwise, from -180 to 180 degrees.
    pub angle: f32,
    /// Height of its letters on the page, in points.
    pub size: f32,
    /// Where it begins, from the left and top edge of the page as displayed; for text that follows what was shown
    /// before, where that began.
    pub place: (f32, f32),
    /// Number of bytes of text.
    pub bytes: usize,
    /// Whether the operation sets a position; otherwise the text follows what was shown before.
    pub placed: bool,
    /// How its letters are drawn.
    pub paint: Paint,
}

/// A horizontal line that is drawn, measured from the top left corner of the page as displayed, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rule {
    /// Its left end.
    pub left: f32,
    /// Its right end.
    pub right: f32,
    /// Its distance from the top edge.
    pub y: f32,
}

/// What is drawn on a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Drawn {
    /// Operations that show text.
    pub shown: Vec<ShownText>,
    /// Horizontal lines.
    pub rules: Vec<Rule>,
    /// Bounds of pictures, and of areas that are not filled in white: white letters can be seen on them.
    pub painted: Vec<Edges>,
}

/// Opens a file; returns `None` if it is damaged, or exceeds what a statement can need.
pub(super) fn open(bytes: &[u8]) -> Option<Document> {
    let options = LoadOptions { max_decompressed_size: Some(MOST), ..LoadOptions::default() };
    Document::load_mem_with_options(bytes, options).ok()
}

/// Returns what is drawn on each page; `None` if that exceeds what a statement can need.
pub(super) fn pages(document: &Document) -> Option<Vec<Drawn>> {
    let mut left = MOST_OPERATIONS;
    document
        .page_iter()
        .map(|id| {
            let page = document.get_dictionary(id).ok()?;
            let content = document.get_page_content_with_limit(id, MOST).ok()?;
            let view = View::of(document, page);
            let mut reader = Reader { document, view, left, drawn: Drawn::default() };
            let resources = inherited(document, page, b"Resources").and_then(|of| of.as_dict().ok());
            reader.run(id, &content, resources, (Matrix::NONE, Brush::FIRST), 0)?;
            for (form, stream) in appearances(document, page) {
                let resources = stream.dict.get_deref(b"Resources", document).and_then(Object::as_dict).ok();
                let content = stream.get_plain_content_with_limit(MOST).ok()?;
                let matrix = matrix_of(document, &stream.dict);
                reader.run(form, &content, resources, (matrix, Brush::FIRST), 1)?;
            }
            left = reader.left;
            Some(reader.drawn)
        })
        .collect()
}

/// Returns the streams that draw annotations of a page, such as stamps.
fn appearances<'a>(document: &'a Document, page: &'a Dictionary) -> Vec<(ObjectId, &'a lopdf::Stream)> {
    let annotations = page.get_deref(b"Annots", document).and_then(Object::as_array);
    let stream = |annotation: &'a Object| {
        let (_, annotation) = document.dereference(annotation).ok()?;
        let normal = annotation.as_dict().ok()?.get_deref(b"AP", document).ok()?.as_dict().ok()?.get(b"N").ok()?;
        let id = normal.as_reference().ok()?;
        Some((id, document.get_object(id).ok()?.as_stream().ok()?))
    };
    annotations.map_or_else(|_| Vec::new(), |all| all.iter().filter_map(stream).collect())
}

/// Returns an attribute of a page, its own or inherited from the page tree.
fn inherited<'a>(document: &'a Document, page: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    let mut node = page;
    for _ in 0..HIGHEST {
        if let Ok(value) = node.get_deref(key, document) {
            return Some(value);
        }
        node = node.get_deref(b"Parent", document).ok()?.as_dict().ok()?;
    }
    None
}

fn numbers(document: &Document, object: &Object) -> Option<Vec<f32>> {
    let number = |of: &Object| document.dereference(of).ok()?.1.as_float().ok().filter(|number| number.is_finite());
    object.as_array().ok()?.iter().map(number).collect()
}

/// Returns the transformation of a form itself.
fn matrix_of(document: &Document, form: &Dictionary) -> Matrix {
    let numbers = form.get_deref(b"Matrix", document).ok().and_then(|matrix| numbers(document, matrix));
    numbers.and_then(|numbers| Some(Matrix(numbers.try_into().ok()?))).unwrap_or(Matrix::NONE)
}

/// How a page is displayed: its edges, and its rotation.
#[derive(Clone, Copy)]
struct View {
    /// Left, bottom, right and top edge.
    edges: [f32; 4],
    /// Degrees clockwise: 0, 90, 180 or 270.
    turn: i32,
}

/// Returns by how many degrees clockwise a page is rotated when displayed.
pub(super) fn turn(document: &Document, page: &Dictionary) -> i32 {
    let turn = inherited(document, page, b"Rotate").and_then(|turn| turn.as_float().ok()).unwrap_or(0.0);
    (turn as i32).rem_euclid(360)
}

impl View {
    fn of(document: &Document, page: &Dictionary) -> View {
        let edges = inherited(document, page, b"MediaBox").and_then(|edges| numbers(document, edges));
        let edges = edges.and_then(|edges| edges.try_into().ok()).unwrap_or([0.0, 0.0, 612.0, 792.0]);
        let [a, b, c, d]: [f32; 4] = edges;
        View { edges: [a.min(c), b.min(d), a.max(c), b.max(d)], turn: turn(document, page) }
    }

    /// Returns where a point of the page is, from the top left corner of the page as displayed.
    fn shown(self, (x, y): (f32, f32)) -> (f32, f32) {
        let [left, bottom, right, top] = self.edges;
        match self.turn {
            90 => (y - bottom, x - left),
            180 => (right - x, y - bottom),
            270 => (top - y, right - x),
            _ => (x - left, top - y),
        }
    }
}

/// The graphics and text state at an operation.
#[derive(Clone, Copy)]
struct State {
    drawing: Matrix,
    size: f32,
    leading: f32,
    line_width: f32,
    brush: Brush,
}

/// The bounds of a part of a path, as displayed: left, top, right and bottom.
pub(super) type Edges = [f32; 4];

/// The bounds of nothing, and of everything.
const NOWHERE: Edges = [f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY];
const EVERYWHERE: Edges = [f32::NEG_INFINITY, f32::NEG_INFINITY, f32::INFINITY, f32::INFINITY];
/// Height of the thickest horizontal line; what is thicker is an area.
const THICKEST: f32 = 2.2;

impl Drawn {
    fn paint(&mut self, areas: impl Iterator<Item = Edges>) {
        for area in areas {
            match self.painted.len() {
                MOST_PAINTED.. => return,
                // Letters may be on any of the areas that are not kept.
                count if count + 1 == MOST_PAINTED => self.painted.push(EVERYWHERE),
                _ => self.painted.push(area),
            }
        }
    }
}

struct Reader<'a> {
    document: &'a Document,
    view: View,
    left: usize,
    drawn: Drawn,
}

impl Reader<'_> {
    /// Runs a stream of operations; returns `None` if there are too many.
    fn run(
        &mut self,
        home: ObjectId,
        content: &[u8],
        resources: Option<&Dictionary>,
        (drawing, brush): (Matrix, Brush),
        deep: usize,
    ) -> Option<()> {
        let mut state = State { drawing, size: 1.0, leading: 0.0, line_width: 1.0, brush };
        let mut states = Vec::new();
        let (mut line, mut text, mut placed) = (Matrix::NONE, Matrix::NONE, true);
        let mut path: Vec<Edges> = Vec::new();
        for (at, operation) in Content::decode_iter(content).enumerate() {
            // Viewers do not draw a stream that cannot be parsed either.
            let Ok(Operation { operator, operands }) = operation else { break };
            self.left = self.left.checked_sub(1)?;
            let number = |at: usize| operands.get(at).and_then(|of| of.as_float().ok()).filter(|of| of.is_finite());
            let all = || (0..6).map(|at| number(at).unwrap_or(0.0)).collect::<Vec<f32>>().try_into().map(Matrix);
            let mut go_down = |x: f32, y: f32, line: &mut Matrix| {
                *line = Matrix([1.0, 0.0, 0.0, 1.0, x, y]).then(*line);
                text = *line;
                placed = true;
            };
            // Only operators that place text or draw lines matter (ISO 32000-1, annex A lists them all).
            match operator.as_str() {
                "q" if states.len() < MOST_STATES => states.push(state),
                "Q" => state = states.pop().unwrap_or(state),
                "cm" => state.drawing = all().unwrap_or(Matrix::NONE).then(state.drawing),
                "w" => state.line_width = number(0).unwrap_or(1.0),
                "Tf" => state.size = number(1).unwrap_or(1.0),
                "TL" => state.leading = number(0).unwrap_or(0.0),
                "BT" => {
                    line = Matrix::NONE;
                    go_down(0.0, 0.0, &mut line);
                }
                "Tm" => {
                    line = all().unwrap_or(Matrix::NONE);
                    go_down(0.0, 0.0, &mut line);
                }
                "Td" => go_down(number(0).unwrap_or(0.0), number(1).unwrap_or(0.0), &mut line),
                "TD" => {
                    state.leading = -number(1).unwrap_or(0.0);
                    go_down(number(0).unwrap_or(0.0), number(1).unwrap_or(0.0), &mut line);
                }
                "T*" => go_down(0.0, -state.leading, &mut line),
                "Tj" | "TJ" | "'" | "\"" => {
                    if matches!(operator.as_str(), "'" | "\"") {
                        go_down(0.0, -state.leading, &mut line);
                    }
                    self.show(home, at, &operands, &state, text, placed);
                    placed = false;
                }
                "Do" => {
                    let name = operands.first().and_then(|name| name.as_name().ok());
                    self.form(name, resources, &state, deep)?;
                }
                // Underlines and strike-through lines are often thin filled rectangles.
                "re" => {
                    let [x, y, width, height] = [0, 1, 2, 3].map(|at| number(at).unwrap_or(0.0));
                    path.push(NOWHERE);
                    for (x, y) in [(x, y), (x + width, y + height)] {
                        self.extend(&mut path, state.drawing.point(x, y));
                    }
                }
                // Of curves only the control points count: they bound the curve, and a level line has no others.
                "m" | "l" | "c" | "v" | "y" => {
                    if operator == "m" || path.is_empty() {
                        path.push(NOWHERE);
                    }
                    for pair in (0..operands.len() / 2).map(|pair| (number(2 * pair), number(2 * pair + 1))) {
                        if let (Some(x), Some(y)) = pair {
                            self.extend(&mut path, state.drawing.point(x, y));
                        }
                    }
                }
                "S" | "s" => {
                    let width = state.line_width * state.drawing.scale();
                    self.rules(&path, width);
                    // A title may be white on a thick line.
                    if width > THICKEST {
                        let grown = |of: &Edges| [of[0] - width, of[1] - width, of[2] + width, of[3] + width];
                        self.drawn.paint(path.iter().map(grown));
                    }
                }
                "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" => {
                    self.rules(&path, 0.0);
                    if !is_unseen_on_paper(state.brush.area()) {
                        self.drawn.paint(path.iter().copied());
                    }
                }
                // An inline picture; and a shading, which reaches as far as it is not clipped.
                "BI" => self.picture(state.drawing),
                "sh" => self.drawn.paint(std::iter::once(EVERYWHERE)),
                operator => state.brush.follow(self.document, resources, operator, &operands),
            }
            if matches!(operator.as_str(), "S" | "s" | "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "n") {
                path.clear();
            }
        }
        Some(())
    }

    /// Runs a form XObject, or notes where a picture is.
    fn form(&mut self, name: Option<&[u8]>, resources: Option<&Dictionary>, state: &State, deep: usize) -> Option<()> {
        let found = || {
            let forms = resources?.get_deref(b"XObject", self.document).ok()?.as_dict().ok()?;
            let id = forms.get(name?).ok()?.as_reference().ok()?;
            let stream = self.document.get_object(id).ok()?.as_stream().ok()?;
            Some((id, stream, stream.dict.get(b"Subtype").and_then(Object::as_name).ok()?))
        };
        let (id, stream) = match found() {
            Some((id, stream, b"Form")) if deep < DEEPEST => (id, stream),
            // What is no form is a picture.
            Some(_) => {
                self.picture(state.drawing);
                return Some(());
            }
            None => return Some(()),
        };
        let Ok(content) = stream.get_plain_content_with_limit(MOST) else { return Some(()) };
        let own = stream.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict).ok();
        let matrix = matrix_of(self.document, &stream.dict).then(state.drawing);
        self.run(id, &content, own.or(resources), (matrix, state.brush), deep + 1)
    }

    /// Notes where a picture is: it fills the unit square of its coordinates.
    fn picture(&mut self, drawing: Matrix) {
        let mut square = [NOWHERE];
        for (x, y) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)] {
            self.extend(&mut square, drawing.point(x, y));
        }
        self.drawn.paint(square.into_iter());
    }

    fn show(&mut self, home: ObjectId, at: usize, operands: &[Object], state: &State, text: Matrix, placed: bool) {
        let bytes = |of: &Object| match of {
            Object::String(bytes, _) => bytes.len(),
            Object::Array(parts) => parts.iter().filter_map(|part| part.as_str().ok()).map(<[u8]>::len).sum(),
            _ => 0,
        };
        let matrix = text.then(state.drawing);
        let sign = if state.size < 0.0 { -1.0 } else { 1.0 };
        let angle = (matrix.0[1] * sign).atan2(matrix.0[0] * sign).to_degrees() - self.view.turn as f32;
        self.drawn.shown.push(ShownText {
            home,
            at,
            matrix,
            drawing: state.drawing,
            angle: even(angle),
            size: state.size.abs() * matrix.scale(),
            place: self.view.shown(matrix.point(0.0, 0.0)),
            bytes: operands.iter().map(bytes).sum(),
            placed,
            paint: state.brush.letters(),
        });
    }

    fn extend(&self, path: &mut [Edges], point: (f32, f32)) {
        let (x, y) = self.view.shown(point);
        if let Some([left, top, right, bottom]) = path.last_mut() {
            (*left, *top, *right, *bottom) = (left.min(x), top.min(y), right.max(x), bottom.max(y));
        }
    }

    /// Keeps the parts of a path that are horizontal lines: thin and long.
    fn rules(&mut self, path: &[Edges], line_width: f32) {
        const SHORTEST: f32 = 3.0;
        let is_rule =
            |[left, top, right, bottom]: &&Edges| bottom - top + line_width <= THICKEST && right - left >= SHORTEST;
        let rule =
            |[left, top, right, bottom]: &Edges| Rule { left: *left, right: *right, y: f32::midpoint(*top, *bottom) };
        self.drawn.rules.extend(path.iter().filter(is_rule).map(rule));
    }
}

/// Returns the operations that show text, across all pages and forms, by the stream they are in.
pub(super) fn by_home(pages: &[Drawn]) -> BTreeMap<ObjectId, Vec<&ShownText>> {
    let mut homes: BTreeMap<ObjectId, Vec<&ShownText>> = BTreeMap::new();
    for shown in pages.iter().flat_map(|page| &page.shown) {
        homes.entry(shown.home).or_default().push(shown);
    }
    homes
}
