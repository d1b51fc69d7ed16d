//! A file's name -> the headers with which a host should serve it: media type, and how long it may be cached.

/// Returns the media type of a file, with `charset=utf-8` for text: without it, browsers guess a legacy encoding for
/// .txt.
pub fn media_type(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or_default();
    let kind = match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        // Types that mime_guess does not know, and files for hosts without an extension, such as `CNAME`.
        "bib" => "text/x-bibtex".to_owned(),
        "ris" => "application/x-research-info-systems".to_owned(),
        "jsonl" | "ndjson" => "application/x-ndjson".to_owned(),
        "webmanifest" => "application/manifest+json".to_owned(),
        "" => "text/plain".to_owned(),
        _ => mime_guess::from_path(name).first_or_octet_stream().essence_str().to_owned(),
    };
    let text = kind.starts_with("text/")
        || ["+xml", "+json", "/xml", "/json", "/javascript", "/x-ndjson", "-info-systems", "/yaml"]
            .iter()
            .any(|end| kind.ends_with(end));
    if text { format!("{kind}; charset=utf-8") } else { kind }
}

/// Returns the `Cache-Control` of a file. Files of the search index are named after their content, so they never
/// change. Pages and everything that names other files are revalidated each time, so that a reader never gets parts of
/// two builds.
pub fn cache_control(file: &str) -> &'static str {
    if file.starts_with("search/") && file.ends_with(".bin") {
        "public, max-age=31536000, immutable"
    } else if is_entrance(file) {
        "no-cache"
    } else {
        "public, max-age=300"
    }
}

/// Returns whether readers and programs start at a file, and find others through it.
pub fn is_entrance(file: &str) -> bool {
    [".html", ".xml", ".json", ".webmanifest"].iter().any(|end| file.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_lifetimes_follow_from_the_name() {
        for (file, kind, kept) in [
            ("statements/a/index.html", "text/html; charset=utf-8", "no-cache"),
            ("search/0a1b.bin", "application/octet-stream", "public, max-age=31536000, immutable"),
            ("search/root.json", "application/json; charset=utf-8", "no-cache"),
            ("feed.xml", "text/xml; charset=utf-8", "no-cache"),
            ("data/statements.csv", "text/csv; charset=utf-8", "public, max-age=300"),
            ("CNAME", "text/plain; charset=utf-8", "public, max-age=300"),
            ("a.txt", "text/plain; charset=utf-8", "public, max-age=300"),
            ("a.css", "text/css; charset=utf-8", "public, max-age=300"),
            ("a.js", "text/javascript; charset=utf-8", "public, max-age=300"),
            ("a.svg", "image/svg+xml; charset=utf-8", "public, max-age=300"),
            ("a.pdf", "application/pdf", "public, max-age=300"),
            ("a.wasm", "application/wasm", "public, max-age=300"),
            ("a.unheard-of", "application/octet-stream", "public, max-age=300"),
        ] {
            assert_eq!((media_type(file).as_str(), cache_control(file)), (kind, kept), "{file}");
        }
    }
}
