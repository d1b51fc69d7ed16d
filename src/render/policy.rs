//! What pages may load and do, as browsers are told: by a header, and by a `meta` element for hosts without headers.

/// The content security policy of every page, as far as a `meta` element can carry it (Content Security Policy level 3,
/// 3.3): all but `frame-ancestors`, which the header adds.
pub const POLICY: &str = "default-src 'self'; script-src 'self'; base-uri 'none'; form-action 'self'";
