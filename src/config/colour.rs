//! A colour of site.toml -> whether it can be read on the default theme's backgrounds, and the nearest shade that can.
//!
//! Contrast is that of WCAG 2.2: (lighter + 0.05) / (darker + 0.05) of relative luminances; text needs 4.5.

use super::values::{Verdict, Wrong};

/// The contrast that WCAG 2.2 requires of text at level AA.
const ENOUGH: f64 = 4.5;

/// The backgrounds of links in the light and dark theme: the page, boxes, the paragraph that the URL points to. A test
/// compares them with the style sheet.
pub(super) const LIGHT: [&str; 3] = ["#fcfbf8", "#f3f1eb", "#fdf1c3"];
pub(super) const DARK: [&str; 3] = ["#16181b", "#202327", "#3a3213"];

/// Red, green and blue.
pub(super) type Rgb = [u8; 3];

/// Checks a colour of links on light backgrounds.
pub(super) fn on_light(text: &str) -> Verdict {
    check(text, &LIGHT, "pale", "darker", [0, 0, 0])
}

/// Checks a colour of links on dark backgrounds.
pub(super) fn on_dark(text: &str) -> Verdict {
    check(text, &DARK, "dark", "lighter", [255, 255, 255])
}

/// Returns the nearest lighter shade of a colour that can be read on dark backgrounds.
pub fn for_dark(text: &str) -> Option<String> {
    parsed(text).and_then(|colour| readable(colour, &DARK, [255, 255, 255])).map(hex)
}

fn check(text: &str, backgrounds: &[&str], what: &str, other: &str, towards: Rgb) -> Verdict {
    let Some(colour) = parsed(text) else {
        let help = "write red, green and blue as six hexadecimal digits: #0b4f86".to_owned();
        return Err(Wrong { what: "is not a colour".into(), help });
    };
    let (background, worst) = worst(colour, backgrounds);
    if worst >= ENOUGH {
        return Ok(());
    }
    let shade = readable(colour, backgrounds, towards).map(hex).unwrap_or_default();
    // Truncated, not rounded: 4.49 must not look sufficient.
    let shown = (worst * 10.0).floor() / 10.0;
    Err(Wrong {
        what: format!("is too {what} to read: its contrast on {background} is {shown}:1, and text needs {ENOUGH}:1"),
        help: format!("choose `{shade}`, the nearest {other} shade that can be read, or one that is {other} still"),
    })
}

/// Returns red, green and blue of a colour that is written as `#0b4f86`.
pub fn parsed(text: &str) -> Option<Rgb> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

fn hex([red, green, blue]: Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn luminance(colour: Rgb) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let [red, green, blue] = colour.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Returns the background on which a colour is hardest to read, and its contrast there.
fn worst<'a>(colour: Rgb, backgrounds: &[&'a str]) -> (&'a str, f64) {
    let all = backgrounds.iter().map(|of| (*of, contrast(colour, parsed(of).unwrap_or_default())));
    all.min_by(|(_, a), (_, b)| a.total_cmp(b)).unwrap_or(("", 0.0))
}

/// Mixes a colour with black or white, in steps of a hundredth, until it can be read.
fn readable(colour: Rgb, backgrounds: &[&str], towards: Rgb) -> Option<Rgb> {
    let mixed = |step: u16| -> Rgb {
        std::array::from_fn(|at| {
            let (own, other) = (u16::from(colour[at]), u16::from(towards[at]));
            ((own * (100 - step) + other * step) / 100) as u8
        })
    };
    (0..=100).map(mixed).find(|mixed| worst(*mixed, backgrounds).1 >= ENOUGH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_that_cannot_be_read_names_one_that_can() {
        for (text, on_light_is, on_dark_is) in [
            ("#0b4f86", "", "is too dark to read: its contrast on #3a3213 is 1.5:1, and text needs 4.5:1"),
            ("#ffcc00", "is too pale to read: its contrast on #fdf1c3 is 1.3:1, and text needs 4.5:1", ""),
            ("#fc0", "is not a colour", "is not a colour"),
            ("red", "is not a colour", "is not a colour"),
            ("#0b4f8ü", "is not a colour", "is not a colour"),
        ] {
            let what = |verdict: Verdict| verdict.err().map(|wrong| wrong.what).unwrap_or_default();
            assert_eq!(
                (what(on_light(text)).as_str(), what(on_dark(text)).as_str()),
                (on_light_is, on_dark_is),
                "{text}"
            );
        }
        let help = on_light("#ffcc00").unwrap_err().help;
        let named = help.split('`').nth(1).unwrap();
        assert!(on_light(named).is_ok(), "{help}");
        assert!(on_dark(&for_dark("#0b4f86").unwrap()).is_ok());
    }

    #[test]
    fn the_backgrounds_are_those_of_the_style_sheet() {
        let css = include_str!("../../themes/default/assets/style.css");
        for (name, at) in [("paper", 0), ("surface", 1), ("target", 2)] {
            for background in [LIGHT[at], DARK[at]] {
                assert!(css.contains(&format!("--{name}: {background};")), "--{name} is not {background}");
            }
        }
    }
}
