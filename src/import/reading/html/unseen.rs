//! The styles of an element -> whether it is placed or sized so that nobody sees it.

use crate::import::reading::ink::{Ink, Paint, TINY};
use crate::import::reading::xml::Element;

/// How many pixels beyond the edge of a page an element is out of sight.
const FAR: f32 = 500.0;

/// Returns the value of a property, the last one set for an element.
pub(super) type Value<'a> = &'a dyn Fn(&[&str]) -> Option<&'a str>;

/// Returns whether an element, with everything in it, is moved off the page, clipped away or shrunk to nothing.
pub(super) fn is_out_of_sight(value: Value<'_>) -> bool {
    let is_far = |names: &[&str]| value(names).and_then(pixels).is_some_and(|at| at <= -FAR);
    let is_placed = value(&["position"]).is_some_and(|position| position != "static");
    let is_taken_out = matches!(value(&["position"]), Some("absolute" | "fixed"));
    let cut = |name| value(&[name]).is_some_and(|value| matches!(value, "hidden" | "clip"));
    let is_cut = cut("overflow") || cut("overflow-x") || cut("overflow-y");
    let is_thin = |name| value(&[name]).and_then(pixels).is_some_and(|size| (0.0..=1.0).contains(&size));
    is_placed && ["left", "right", "top", "bottom"].iter().any(|side| is_far(&[side]))
        || is_far(&["text-indent"])
        || is_far(&["margin-left"])
        || is_far(&["margin-top"])
        || is_taken_out && value(&["clip"]).is_some_and(is_empty_rectangle)
        || value(&["clip-path", "-webkit-clip-path"]).is_some_and(is_empty_shape)
        || is_cut && (is_thin("width") || is_thin("height"))
        || value(&["transform"]).is_some_and(is_moved_away)
}

/// Returns the ink of letters directly in an element.
pub(super) fn ink<'a>(element: &'a Element, around: Ink, value: Value<'a>) -> Ink {
    let is_tiny = match value(&["font-size"]) {
        Some(size) if is_tiny(size) => true,
        // A part of nothing is nothing.
        Some(size) => around.is_tiny && is_relative(size),
        None => around.is_tiny,
    };
    let of_attribute = |name: &str| element.attribute(name).map(Paint::read);
    let own = value(&["color"]).filter(|colour| !matches!(*colour, "inherit" | "currentcolor" | "initial" | "unset"));
    let font = || of_attribute(if element.name == "body" { "text" } else { "color" });
    // Letters can be cut out of a background picture.
    let is_cut_out = value(&["background-clip", "-webkit-background-clip"]) == Some("text");
    let letters = match own.map(Paint::read).or_else(font) {
        _ if is_cut_out => Paint::Unknown,
        Some(letters) => letters,
        // Links have a colour of their own.
        None if element.name == "a" && element.attribute("href").is_some() => Paint::Unknown,
        None => around.letters,
    };
    let pictured =
        value(&["background-image"]).is_some_and(|of| of != "none") || element.attribute("background").is_some();
    let ground = match value(&["background", "background-color"]) {
        _ if pictured => Paint::Unknown,
        Some("inherit" | "initial" | "unset") => Paint::Clear,
        Some(ground) => Paint::read(ground.split(" no-repeat").next().unwrap_or(ground)),
        None => of_attribute("bgcolor").unwrap_or(Paint::Clear),
    };
    Ink { letters, is_tiny, ..around }.on(ground)
}

/// Returns whether a font size is too small to be read. A relative size is assumed to be relative to readable letters.
fn is_tiny(size: &str) -> bool {
    if is_zero(size) {
        return true;
    }
    let share = |unit| size.strip_suffix(unit).and_then(|share| share.parse::<f32>().ok());
    match (share("%"), share("em").filter(|_| !size.ends_with("rem"))) {
        (Some(share), _) => share <= 10.0,
        (_, Some(share)) => share <= 0.1,
        _ => pixels(size).is_some_and(|size| size <= TINY * 4.0 / 3.0),
    }
}

/// Returns whether a value is zero in any unit: `0`, `0.0px`, `0%`.
pub(super) fn is_zero(value: &str) -> bool {
    value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%').parse().is_ok_and(|size: f32| size <= 0.0)
}

/// Returns whether a font size is relative to that of the surrounding letters.
fn is_relative(size: &str) -> bool {
    let in_em = size.ends_with("em") && !size.ends_with("rem");
    in_em || size.ends_with('%') || size.ends_with("ex") || matches!(size, "inherit" | "smaller" | "larger")
}

/// Returns a length in pixels, if it is one. A percentage is taken relative to a typical page, because the real size is
/// unknown.
pub(super) fn pixels(value: &str) -> Option<f32> {
    let end = value.find(|c: char| c.is_ascii_alphabetic() || c == '%').unwrap_or(value.len());
    let number: f32 = value[..end].trim().parse().ok()?;
    let unit = match &value[end..] {
        "px" => 1.0,
        "pt" => 4.0 / 3.0,
        "pc" | "em" | "rem" | "ex" | "ch" => 16.0,
        "in" => 96.0,
        "cm" => 37.8,
        "mm" => 3.78,
        "%" | "vw" | "vh" => 8.0,
        "" if number == 0.0 => 1.0,
        _ => return None,
    };
    Some(number * unit)
}

/// Returns whether `rect(0, 0, 0, 0)` or `rect(1px 1px 1px 1px)` leaves nothing visible.
fn is_empty_rectangle(value: &str) -> bool {
    let Some(sides) = arguments(value, "rect") else { return false };
    let sides: Vec<f32> = sides.iter().filter_map(|side| pixels(side)).collect();
    matches!(sides[..], [top, right, bottom, left] if bottom - top <= 1.0 || right - left <= 1.0)
}

fn is_empty_shape(value: &str) -> bool {
    let all_half = |sides: Vec<&str>| {
        let shares = sides.iter().filter_map(|side| side.strip_suffix('%')?.parse::<f32>().ok());
        shares.clone().count() > 0 && shares.clone().count() == sides.len() && shares.fold(100.0, f32::min) >= 50.0
    };
    arguments(value, "inset").is_some_and(all_half)
        || arguments(value, "circle")
            .is_some_and(|radius| radius.first().and_then(|radius| pixels(radius)) == Some(0.0))
}

fn is_moved_away(value: &str) -> bool {
    ["translate", "translatex", "translatey", "translate3d"].iter().any(|name| {
        let moved = arguments(value, name).unwrap_or_default();
        // A percentage centres an element more often than it hides it.
        moved.iter().filter(|by| !by.ends_with('%')).filter_map(|by| pixels(by)).any(|by| by.abs() >= 2.0 * FAR)
    }) || ["scale", "scalex", "scaley"].iter().any(|name| {
        let by = arguments(value, name).unwrap_or_default();
        by.iter().filter_map(|by| by.parse::<f32>().ok()).any(|by| by.abs() < 0.01)
    })
}

/// Returns the arguments of a function.
fn arguments<'a>(value: &'a str, name: &str) -> Option<Vec<&'a str>> {
    let (_, rest) = value.split_once(name)?;
    let inner = rest.strip_prefix('(')?.split(')').next()?;
    Some(inner.split([',', ' ']).filter(|part| !part.is_empty()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_beyond_the_page_or_clipped_away_is_out_of_sight() {
        for (style, expect) in [
            ("position: absolute; left: -9999px", true),
            ("position: fixed; right: -120em", true),
            ("position: relative; top: -1000pt", true),
            ("position: absolute; left: -100vw", true),
            ("left: -9999px", false),
            ("position: absolute; left: -20px", false),
            ("text-indent: -999em", true),
            ("text-indent: -2em", false),
            ("margin-left: -8000px", true),
            ("position: absolute; clip: rect(0, 0, 0, 0)", true),
            ("position: absolute; clip: rect(1px 1px 1px 1px)", true),
            ("position: absolute; clip: rect(0px, 300px, 200px, 0px)", false),
            ("clip: rect(0, 0, 0, 0)", false),
            ("clip-path: inset(50%)", true),
            ("clip-path: inset(10% 20%)", false),
            ("clip-path: circle(0)", true),
            ("width: 1px; overflow: hidden", true),
            ("height: 0; overflow: hidden", true),
            ("height: 0", false),
            ("width: 300px; overflow: hidden", false),
            ("transform: translatex(-9999px)", true),
            ("transform: translate(-50%, -50%)", false),
            ("transform: scale(0)", true),
            ("transform: rotate(2deg) scale(0.9)", false),
        ] {
            let said: Vec<(&str, &str)> =
                style.split(';').filter_map(|of| of.split_once(':')).map(|(a, b)| (a.trim(), b.trim())).collect();
            let value = |names: &[&str]| said.iter().find(|(name, _)| names.contains(name)).map(|(_, value)| *value);
            assert_eq!(is_out_of_sight(&value), expect, "{style}");
        }
    }
}
