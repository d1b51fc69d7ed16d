//! The colours of letters and of their background, and their size -> whether anybody sees them.

/// A colour: red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour([u8; 3]);

impl Colour {
    /// White.
    pub(super) const WHITE: Colour = Colour([255; 3]);
    /// Black.
    pub(super) const BLACK: Colour = Colour([0; 3]);

    /// Returns whether two colours cannot be told apart.
    fn is_like(self, other: Colour) -> bool {
        /// Largest difference of one component, out of 255.
        const SAME: u8 = 12;
        self.0.iter().zip(other.0).all(|(a, b)| a.abs_diff(b) <= SAME)
    }
}

/// How something is painted. An unknown paint never hides letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paint {
    /// In one colour.
    Of(Colour),
    /// Nothing is painted: what is behind shows.
    Clear,
    /// With a picture, or in an unknown colour.
    Unknown,
}

impl Paint {
    /// Returns the paint of a colour whose red, green and blue are shares from 0 to 1.
    pub(super) fn of_shares(shares: [f32; 3]) -> Paint {
        Paint::Of(Colour(shares.map(|share| (share.clamp(0.0, 1.0) * 255.0).round() as u8)))
    }

    /// Parses a colour as CSS and office programs write it: `#fff`, `FFFFFF`, `rgb(255, 255, 255)`, `white`.
    pub(super) fn read(value: &str) -> Paint {
        let value = value.trim().to_ascii_lowercase();
        let named = NAMES.iter().find(|(name, _)| *name == value).map(|(_, colour)| Paint::Of(Colour(*colour)));
        // Three and four digits are short for six and eight: `#fa0` is `#ffaa00`.
        let hex = || {
            let digits = value.strip_prefix('#').unwrap_or(&value);
            let digits: Vec<u8> =
                digits.chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect::<Option<_>>()?;
            let (parts, alpha) = match digits[..] {
                [r, g, b] => ([r * 17, g * 17, b * 17], 15),
                [r, g, b, a] => ([r * 17, g * 17, b * 17], a),
                [r, r2, g, g2, b, b2] => ([r * 16 + r2, g * 16 + g2, b * 16 + b2], 255),
                [r, r2, g, g2, b, b2, a, a2] => ([r * 16 + r2, g * 16 + g2, b * 16 + b2], a * 16 + a2),
                _ => return None,
            };
            Some(if alpha == 0 { Paint::Clear } else { Paint::Of(Colour(parts)) })
        };
        // `rgb` and `rgba`, in the old syntax with commas and in the new one with spaces.
        let function = || {
            let inner = value.strip_prefix("rgba(").or_else(|| value.strip_prefix("rgb("))?.strip_suffix(')')?;
            let part = |part: &str| match part.strip_suffix('%') {
                Some(share) => share.parse().ok().map(|share: f32| share * 2.55),
                None => part.parse().ok(),
            };
            let parts = inner.split([',', ' ', '/']).filter(|part| !part.is_empty()).map(part);
            let parts: Vec<f32> = parts.collect::<Option<_>>()?;
            match parts[..] {
                [_, _, _, alpha] if alpha <= 0.0 => Some(Paint::Clear),
                [r, g, b, ..] => Some(Paint::Of(Colour([r, g, b].map(|part| part.clamp(0.0, 255.0) as u8)))),
                _ => None,
            }
        };
        match value.as_str() {
            "transparent" | "none" => Paint::Clear,
            _ => named.or_else(hex).or_else(function).unwrap_or(Paint::Unknown),
        }
    }
}

/// Names of the most common colours of letters and pages; others are unknown.
const NAMES: &[(&str, [u8; 3])] = &[
    ("white", [255, 255, 255]),
    ("black", [0, 0, 0]),
    ("snow", [255, 250, 250]),
    ("ivory", [255, 255, 240]),
    ("floralwhite", [255, 250, 240]),
    ("ghostwhite", [248, 248, 255]),
    ("whitesmoke", [245, 245, 245]),
    ("mintcream", [245, 255, 250]),
    ("azure", [240, 255, 255]),
    ("silver", [192, 192, 192]),
    ("gray", [128, 128, 128]),
    ("grey", [128, 128, 128]),
    ("red", [255, 0, 0]),
    ("green", [0, 128, 0]),
    ("lime", [0, 255, 0]),
    ("blue", [0, 0, 255]),
    ("navy", [0, 0, 128]),
    ("yellow", [255, 255, 0]),
    ("darkblue", [0, 0, 139]),
    ("darkred", [139, 0, 0]),
];

/// Letters, as far as it matters for whether they can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ink {
    /// Paint of the letters.
    pub letters: Paint,
    /// Paint of the background.
    pub ground: Paint,
    /// Whether they are too small to be read.
    pub is_tiny: bool,
}

impl Ink {
    /// Black letters on white paper.
    pub(super) const USUAL: Ink =
        Ink { letters: Paint::Of(Colour::BLACK), ground: Paint::Of(Colour::WHITE), is_tiny: false };

    /// Returns whether nobody can see the letters.
    pub(super) fn is_unseen(self) -> bool {
        self.is_tiny
            || match (self.letters, self.ground) {
                (Paint::Clear, _) => true,
                (Paint::Of(letters), Paint::Of(ground)) => letters.is_like(ground),
                _ => false,
            }
    }

    /// Returns the ink on another background; a clear one changes nothing.
    #[must_use]
    pub(super) fn on(self, ground: Paint) -> Ink {
        if ground == Paint::Clear { self } else { Ink { ground, ..self } }
    }
}

/// Letters of at most this many points are too small to be read.
pub(super) const TINY: f32 = 1.5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_in_the_colour_of_their_background_are_not_seen() {
        for (letters, ground, unseen) in [
            ("#fff", "white", true),
            ("FFFFFF", "#fefefe", true),
            ("rgb(250, 255, 255)", "rgb(100% 100% 100%)", true),
            ("black", "#000000", true),
            ("transparent", "white", true),
            ("rgba(0, 0, 0, 0)", "white", true),
            ("#0000", "white", true),
            ("white", "navy", false),
            ("black", "white", false),
            ("white", "url(a.png)", false),
            ("auto", "white", false),
            ("hsl(0 0% 100%)", "white", false),
        ] {
            let ink = Ink { letters: Paint::read(letters), ..Ink::USUAL }.on(Paint::read(ground));
            assert_eq!(ink.is_unseen(), unseen, "{letters} on {ground}");
        }
        assert!(Ink { letters: Paint::read("#fff"), ..Ink::USUAL }.on(Paint::Clear).is_unseen());
    }
}
