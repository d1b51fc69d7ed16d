//! Texts -> `corpus.zip`: each as Markdown, with its source and paragraph ids.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use rawzip::{CompressionMethod, ZipArchiveWriter};

use super::text::DataText;

/// Makes the archive; `twin` returns a text as Markdown. It contains no timestamps, so the same texts give the same
/// bytes.
///
/// # Errors
/// Does not fail in practice: it is written to memory.
pub fn zip(texts: &[DataText], twin: &dyn Fn(&DataText) -> String) -> anyhow::Result<Vec<u8>> {
    let mut archive = ZipArchiveWriter::new(Vec::new());
    for text in texts {
        let name = name(text);
        let (mut entry, config) = archive.new_file(&name).compression_method(CompressionMethod::DEFLATE).start()?;
        let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::default()));
        writer.write_all(twin(text).as_bytes())?;
        let (encoder, described) = writer.finish()?;
        encoder.finish()?;
        entry.finish(described)?;
    }
    Ok(archive.finish()?)
}

/// Returns the name of a text in the archive: `statements/<id>.md`, `statements/<id>.<language>.md`.
fn name(text: &DataText) -> String {
    let known = &text.known;
    match known.is_main {
        true => format!("statements/{}.md", known.id),
        false => format!("statements/{}.{}.md", known.id, known.statement.language),
    }
}
