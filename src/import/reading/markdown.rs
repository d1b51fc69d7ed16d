//! Markdown -> its lines; what the characters mean stays as written.

use super::Unreadable;
use super::encoding::decode;
use super::plain;
use crate::import::pages::{Markup, Pages};

/// Reads a Markdown text.
pub fn read(bytes: &[u8]) -> Result<Pages, Unreadable> {
    let decoded = decode(bytes)?;
    Ok(Pages {
        reader: format!("Markdown ({})", decoded.encoding),
        markup: Markup::Markdown,
        language: None,
        ocr: None,
        left_out: Vec::new(),
        doubts: plain::doubts(&decoded),
        pages: plain::pages(&decoded.text)?,
    })
}
