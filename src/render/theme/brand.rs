//! The colours and the size of text in site.toml -> a small style sheet, since the policy of pages forbids styles in them.

use std::fmt::Write as _;

use crate::config::{Config, TextSize, for_dark};

/// The name of the style sheet among the theme's files.
pub(super) const NAME: &str = "brand.css";

/// Returns the style sheet; `None` if site.toml changes nothing.
pub(super) fn style_sheet(config: &Config) -> Option<String> {
    let mut css = String::new();
    // On paper the width of the page is fixed, so the text keeps its size.
    match config.text_size {
        TextSize::Normal => {}
        TextSize::Small => css.push_str("@media screen { html { font-size: 93.75%; } }\n"),
        TextSize::Large => css.push_str("@media screen { html { font-size: 112.5%; } }\n"),
    }
    let (light, dark) = (&config.accent, &config.accent_dark);
    if !light.is_empty() {
        let _ = writeln!(css, ":root {{ --link: {light}; }}");
    }
    let dark = if dark.is_empty() { for_dark(light).unwrap_or_default() } else { dark.clone() };
    if !dark.is_empty() {
        let _ = writeln!(css, "@media screen and (prefers-color-scheme: dark) {{ :root {{ --link: {dark}; }} }}");
    }
    if !light.is_empty() || !dark.is_empty() {
        // Readers who prefer more contrast get the theme's own colours.
        css.push_str(
            "@media screen and (prefers-contrast: more) { :root { --link: #003a6b; } }\n\
             @media screen and (prefers-contrast: more) and (prefers-color-scheme: dark) { :root { --link: #b5dcff; } }\n",
        );
    }
    (!css.is_empty()).then_some(css)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_sheet_has_what_site_toml_says_and_no_more() {
        assert_eq!(style_sheet(&Config::default()), None);
        let large = Config { text_size: TextSize::Large, ..Config::default() };
        assert_eq!(style_sheet(&large).unwrap(), "@media screen { html { font-size: 112.5%; } }\n");
        let red = Config { accent: "#8a0f0f".into(), ..Config::default() };
        let css = style_sheet(&red).unwrap();
        assert!(css.starts_with(":root { --link: #8a0f0f; }\n@media screen and (prefers-color-scheme: dark)"), "{css}");
        // The contrast that a reader asks for is that of the theme.
        let theme = include_str!("../../../themes/default/assets/style.css");
        assert!(theme.contains("--link: #003a6b;") && theme.contains("--link: #b5dcff;"));
    }
}
