//! What the preview shows at the moment: one version of the site, and the problems in the overlay over it.

use std::sync::Arc;

use super::snapshot::Snapshot;

/// What the server shows at the moment.
pub(super) struct Live {
    /// The version being shown.
    pub snapshot: Arc<Snapshot>,
    /// The text of the overlay.
    pub problems: Arc<Problems>,
}

/// The text of the overlay that shows errors over a page.
#[derive(Default, serde::Serialize)]
pub(super) struct Problems {
    /// Its heading.
    pub title: String,
    /// One text per problem; if empty, there is no overlay.
    pub texts: Vec<String>,
}
