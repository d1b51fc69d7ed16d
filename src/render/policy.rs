//! What pages may load and do: sent to browsers as a header, and as a `meta` element for hosts without headers.

/// The content security policy of every page, as far as a `meta` element supports it (Content Security Policy level 3,
/// 3.3): everything but `frame-ancestors`, which the header adds.
pub const POLICY: &str = "default-src 'self'; script-src 'self'; base-uri 'none'; form-action 'self'";
