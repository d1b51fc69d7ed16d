//! An OpenDocument text (ISO/IEC 26300) -> `Pages`.

mod body;
mod styles;

use std::sync::Arc;

use self::body::Body;
use self::styles::Styles;
use super::package::Package;
use crate::import::mended::Reason;
use crate::import::pages::Pages;
use crate::import::unreadable::Unreadable;

/// Reads an OpenDocument text. Tracked insertions are part of the text, tracked deletions are not.
///
/// # Errors
/// Returns why it cannot be read: damaged, encrypted, too large, or without words.
pub(super) fn read(bytes: &Arc<[u8]>) -> Result<Pages, Unreadable> {
    let mut package = Package::open(bytes)?;
    let mut encrypted = false;
    package.part_or_empty("META-INF/manifest.xml")?.each(&["encryption-data"], &mut |_| encrypted = true);
    if encrypted {
        return Err(Unreadable::new("it is encrypted", "save it without a password and import that"));
    }
    let named = package.part_or_empty("styles.xml")?;
    let content = package
        .part("content.xml")?
        .ok_or_else(|| Unreadable::new("it contains no document", "import the document itself"))?;
    let styles = Styles::of(&[&named, &content]);
    let mut body = Body::new(&styles);
    content.each(&["text"], &mut |text| body.read(text));
    named.each(&["header", "footer", "header-left", "footer-left", "header-first", "footer-first"], &mut |part| {
        body.leave_out(part, Reason::HeadOrFoot);
    });
    body.into_pages()
}
