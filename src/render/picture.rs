//! Years with statements and the site's colour -> pictures: the icons, and what other sites show with a link to a page.
//!
//! They consist only of rectangles. Words would need a font for each script in the binary, and sites that show the
//! picture write the page's title next to it.

use png::{BitDepth, ColorType, Encoder};

use crate::config::Config;

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Picture {
    /// What is in it.
    pub shows: Shows,
    /// Red, green and blue of the site's colour.
    pub colour: [u8; 3],
}

/// What a picture shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Shows {
    /// The icon, with as many pixels a side.
    Icon(u32),
    /// The icon over the number of statements per year; years are in ascending order.
    Years(Vec<(i16, usize)>),
}

/// The file of the picture that other sites show with a link to a page.
pub const FILE: &str = "picture.png";

/// The default theme's colour of links and of its icon.
pub const COLOUR: &str = "#0b4f86";

/// The colours of a picture: paper, the site's colour, ink, a hairline. The others are those of the default theme.
const PAPER: u8 = 0;
const OWN: u8 = 1;
const INK: u8 = 2;
const LINE: u8 = 3;

/// The size of the picture that other sites show, as they recommend it.
const WIDTH: u32 = 1200;
const HEIGHT: u32 = 630;
const MARGIN: u32 = 80;

/// The maximum width of a bar, so that a few years do not look like a wall.
const WIDEST: u32 = 120;

/// The lines of the icon in thirty-seconds of its side, as in `favicon.svg`: the top, and the right end.
const LINES: [(f64, f64); 4] = [(6.75, 25.0), (11.75, 25.0), (16.75, 25.0), (21.75, 18.0)];

/// Returns whether the site's picture is drawn: the site has a `base_url`, so that others get an absolute URL, and
/// `image` in site.toml names no picture.
pub fn is_drawn(config: &Config) -> bool {
    config.image.is_empty() && !config.base_url.is_empty()
}

impl Picture {
    /// Draws the picture as PNG.
    ///
    /// # Errors
    /// Does not fail in practice: it is written to memory.
    pub fn png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let canvas = match &self.shows {
            Shows::Icon(side) => {
                let mut canvas = Canvas::new(*side, *side);
                canvas.icon(0, 0, *side);
                canvas
            }
            Shows::Years(years) => years_below_the_icon(years),
        };
        let [red, green, blue] = self.colour;
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, canvas.width, canvas.height);
        encoder.set_color(ColorType::Indexed);
        encoder.set_depth(BitDepth::Two);
        encoder.set_palette(vec![0xfc, 0xfb, 0xf8, red, green, blue, 0x1d, 0x1c, 0x1a, 0xde, 0xda, 0xd0]);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&canvas.packed())?;
        writer.finish()?;
        Ok(bytes)
    }
}

/// Draws the head of a page: the icon, a heavy rule, and a bar for each year between the first and the last.
fn years_below_the_icon(years: &[(i16, usize)]) -> Canvas {
    let mut canvas = Canvas::new(WIDTH, HEIGHT);
    let inner = WIDTH - 2 * MARGIN;
    canvas.icon(MARGIN, MARGIN, 96);
    canvas.fill(MARGIN, 208, inner, 6, INK);
    let (top, foot) = (264, HEIGHT - MARGIN);
    let span = years.first().zip(years.last()).map(|((first, _), (last, _))| (*first, last.abs_diff(*first)));
    let most = years.iter().map(|(_, count)| *count).max().unwrap_or(0);
    if let Some((first, more)) = span.filter(|_| most > 0) {
        // If there is less room than two pixels a year, bars overlap, which still shows their outline.
        let step = f64::from(inner) / f64::from(more + 1);
        let step = step.min(f64::from(WIDEST));
        for (year, count) in years {
            let left = f64::from(year.abs_diff(first)) * step;
            let height = (f64::from(foot - top) * *count as f64 / most as f64).max(3.0) as u32;
            canvas.fill(MARGIN + left as u32, foot - height, ((step * 0.85) as u32).max(1), height, OWN);
        }
    }
    canvas.fill(MARGIN, foot, inner, 2, LINE);
    canvas
}

/// Pixels, each the number of a colour.
struct Canvas {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

impl Canvas {
    fn new(width: u32, height: u32) -> Canvas {
        Canvas { width, height, pixels: vec![PAPER; width as usize * height as usize] }
    }

    /// Fills a rectangle, which is within the canvas.
    fn fill(&mut self, left: u32, top: u32, width: u32, height: u32, colour: u8) {
        for row in self.pixels.chunks_exact_mut(self.width as usize).skip(top as usize).take(height as usize) {
            row[left as usize..(left + width) as usize].fill(colour);
        }
    }

    fn icon(&mut self, left: u32, top: u32, side: u32) {
        let scaled = |part: f64| (part / 32.0 * f64::from(side)).round() as u32;
        self.fill(left, top, side, side, OWN);
        for (line, end) in LINES {
            self.fill(left + scaled(7.0), top + scaled(line), scaled(end) - scaled(7.0), scaled(2.5).max(1), PAPER);
        }
    }

    /// Returns four pixels to a byte, each row in bytes of its own.
    fn packed(&self) -> Vec<u8> {
        let byte = |four: &[u8]| four.iter().enumerate().fold(0, |byte, (at, pixel)| byte | pixel << (6 - 2 * at));
        self.pixels.chunks_exact(self.width as usize).flat_map(|row| row.chunks(4).map(byte)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a picture back, with the decoder of the same crate: width, height, and the palette's number of each pixel.
    fn read(shows: Shows) -> (u32, u32, Vec<u8>) {
        let bytes = Picture { shows, colour: [11, 79, 134] }.png().unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let (width, height) = (reader.info().width, reader.info().height);
        let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut buffer).unwrap();
        let row = width.div_ceil(4) as usize;
        let pixels = |row: &[u8]| (0..width as usize).map(|at| row[at / 4] >> (6 - at % 4 * 2) & 3).collect::<Vec<_>>();
        (width, height, buffer.chunks_exact(row).flat_map(pixels).collect())
    }

    #[test]
    fn the_icon_has_four_lines_on_the_sites_colour() {
        let (width, height, pixels) = read(Shows::Icon(180));
        assert_eq!((width, height), (180, 180));
        let column: Vec<u8> = (0..180).map(|row| pixels[row * 180 + 60]).collect();
        let edges = column.windows(2).filter(|pair| pair[0] != pair[1]).count();
        assert_eq!((column[0], edges), (OWN, 8));
    }

    #[test]
    fn a_year_has_a_bar_as_high_as_its_statements() {
        let (width, height, pixels) = read(Shows::Years(vec![(2019, 4), (2021, 2)]));
        assert_eq!((width, height), (WIDTH, HEIGHT));
        let high = |column: u32| {
            let column = (240..HEIGHT).map(|row| pixels[(row * WIDTH + column) as usize]);
            column.filter(|pixel| *pixel == OWN).count()
        };
        assert_eq!([high(MARGIN), high(MARGIN + WIDEST), high(MARGIN + 2 * WIDEST)], [286, 0, 143]);
    }

    #[test]
    fn no_year_and_the_longest_span_are_drawn() {
        for years in
            [Vec::new(), vec![(1, 1)], vec![(-9999, 1), (9999, 3)], (1000..2000).map(|year| (year, 1)).collect()]
        {
            read(Shows::Years(years));
        }
    }
}
