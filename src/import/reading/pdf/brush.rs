//! The operators of a content stream that set colours and how letters are drawn -> how letters and areas are painted.

use lopdf::{Dictionary, Document, Object};

use crate::import::reading::ink::{Ink, Paint};

/// How areas are filled and letters are drawn at an operation. What is not understood is an unknown paint, which never
/// hides letters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Brush {
    fill: Paint,
    /// Components of the colour space: 1 is gray, 3 are red, green and blue, 4 are the inks of a printer; 0 is unknown.
    components: usize,
    /// Whether what is filled is wholly transparent.
    is_transparent: bool,
    /// The rendering mode of text: from 0 to 7.
    mode: i64,
}

impl Brush {
    /// The one with which each page begins: black.
    pub(super) const FIRST: Brush = Brush {
        fill: Paint::Of(crate::import::reading::ink::Colour::BLACK),
        components: 1,
        is_transparent: false,
        mode: 0,
    };

    /// Returns how areas are filled.
    pub(super) fn area(self) -> Paint {
        if self.is_transparent { Paint::Clear } else { self.fill }
    }

    /// Returns how letters are drawn. Their outlines have a colour of their own, which is not read.
    pub(super) fn letters(self) -> Paint {
        match self.mode {
            0 | 4 => self.area(),
            3 => Paint::Clear,
            _ => Paint::Unknown,
        }
    }

    /// Follows an operator that sets a colour, the transparency or the rendering mode, and ignores all others.
    pub(super) fn follow(
        &mut self,
        document: &Document,
        resources: Option<&Dictionary>,
        operator: &str,
        operands: &[Object],
    ) {
        match operator {
            "g" => self.colour(1, operands),
            "rg" => self.colour(3, operands),
            "k" => self.colour(4, operands),
            "sc" | "scn" => self.colour(self.components, operands),
            "cs" => {
                let name = operands.first().and_then(|name| name.as_name().ok());
                self.components = name.and_then(|name| components(document, resources, name)).unwrap_or(0);
                // Each of these colour spaces begins with black; what others begin with is not known.
                let black: &[f32] = if self.components == 4 { &[0.0, 0.0, 0.0, 1.0] } else { &[0.0; 3] };
                self.fill = of(&black[..self.components.min(black.len())]);
            }
            "Tr" => self.mode = operands.first().and_then(|mode| mode.as_i64().ok()).unwrap_or(0),
            "gs" => {
                let named = || {
                    let states = resources?.get_deref(b"ExtGState", document).ok()?.as_dict().ok()?;
                    let name = operands.first()?.as_name().ok()?;
                    states
                        .get_deref(name, document)
                        .ok()?
                        .as_dict()
                        .ok()?
                        .get_deref(b"ca", document)
                        .ok()?
                        .as_float()
                        .ok()
                };
                if let Some(opacity) = named() {
                    self.is_transparent = opacity <= 0.01;
                }
            }
            _ => {}
        }
    }

    fn colour(&mut self, components: usize, operands: &[Object]) {
        let parts: Vec<f32> = operands.iter().filter_map(|part| part.as_float().ok()).collect();
        self.components = components;
        self.fill =
            if parts.len() == operands.len() && parts.len() == components { of(&parts) } else { Paint::Unknown };
    }
}

/// Returns whether letters in a paint cannot be seen on white paper.
pub(super) fn is_unseen_on_paper(letters: Paint) -> bool {
    Ink { letters, ..Ink::USUAL }.is_unseen()
}

fn of(parts: &[f32]) -> Paint {
    match *parts {
        [gray] => Paint::of_shares([gray; 3]),
        [red, green, blue] => Paint::of_shares([red, green, blue]),
        [cyan, magenta, yellow, black] => {
            Paint::of_shares([cyan, magenta, yellow].map(|ink| 1.0 - (ink + black).min(1.0)))
        }
        _ => Paint::Unknown,
    }
}

/// Returns how many components a colour space has; `None` for one whose colours are not known from their numbers, such
/// as the inks of `Separation`.
fn components(document: &Document, resources: Option<&Dictionary>, name: &[u8]) -> Option<usize> {
    match name {
        b"DeviceGray" | b"G" | b"CalGray" => return Some(1),
        b"DeviceRGB" | b"RGB" | b"CalRGB" => return Some(3),
        b"DeviceCMYK" | b"CMYK" => return Some(4),
        _ => {}
    }
    let spaces = resources?.get_deref(b"ColorSpace", document).ok()?.as_dict().ok()?;
    let space = spaces.get_deref(name, document).ok()?;
    let (name, of) = match space {
        Object::Array(parts) => (parts.first()?.as_name().ok()?, parts.get(1)),
        name => (name.as_name().ok()?, None),
    };
    match name {
        b"ICCBased" => {
            let profile = document.dereference(of?).ok()?.1.as_stream().ok()?;
            let count = profile.dict.get_deref(b"N", document).ok()?.as_i64().ok()?;
            usize::try_from(count).ok().filter(|count| matches!(count, 1 | 3 | 4))
        }
        b"DeviceGray" | b"CalGray" => Some(1),
        b"DeviceRGB" | b"CalRGB" => Some(3),
        b"DeviceCMYK" => Some(4),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_unseen_only_in_a_paint_that_is_known() {
        for (operations, unseen) in [
            (&[("g", &[1.0][..])][..], true),
            (&[("rg", &[1.0, 1.0, 0.98])], true),
            (&[("k", &[0.0, 0.0, 0.0, 0.0])], true),
            (&[("k", &[0.0, 0.0, 0.0, 1.0])], false),
            (&[("g", &[1.0]), ("g", &[0.0])], false),
            (&[("Tr", &[3.0])], true),
            (&[("Tr", &[3.0]), ("Tr", &[0.0])], false),
            (&[("g", &[1.0]), ("Tr", &[1.0])], false),
            (&[("scn", &[1.0])], true),
            (&[("scn", &[1.0, 1.0, 1.0])], false),
            (&[], false),
        ] {
            let mut brush = Brush::FIRST;
            for (operator, operands) in operations {
                let number = |of: &f32| if *operator == "Tr" { Object::Integer(*of as i64) } else { Object::Real(*of) };
                let operands: Vec<Object> = operands.iter().map(number).collect();
                brush.follow(&Document::new(), None, operator, &operands);
            }
            assert_eq!(is_unseen_on_paper(brush.letters()), unseen, "{operations:?}");
        }
    }

    #[test]
    fn a_colour_space_that_is_not_known_hides_nothing() {
        let mut brush = Brush::FIRST;
        let space = |name: &str| [Object::Name(name.into())];
        for (name, unseen) in [("DeviceRGB", true), ("DeviceCMYK", false), ("Separation1", false)] {
            brush.follow(&Document::new(), None, "cs", &space(name));
            brush.follow(&Document::new(), None, "sc", &[1.0, 1.0, 1.0].map(Object::Real));
            assert_eq!(is_unseen_on_paper(brush.letters()), unseen, "{name}");
        }
    }
}
