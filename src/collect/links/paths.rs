//! Paths as written in links -> the files of the site that they can mean.

use crate::read::CONTENT;
use crate::read::record::RecordKind;

/// Returns the files that a path can mean, the likeliest first: the file itself, or the index of a folder.
pub fn files_meant(full: &str) -> [String; 4] {
    let folder = full.trim_end_matches('/');
    // Authors also write the address of a page, `../about/`, instead of its file.
    [full.to_owned(), format!("{folder}/index.md"), format!("{folder}/index.html"), format!("{folder}.md")]
}

/// Returns the address of the list for a folder that Plenary reads, such as `content/topics/`; `None` for other
/// folders.
pub(super) fn index_of(folder: &str) -> Option<String> {
    let folder = format!("{}/", folder.trim_end_matches('/'));
    let room = folder.strip_prefix(CONTENT)?.trim_end_matches('/');
    let is_read = RecordKind::ALL.iter().any(|kind| kind.folder() == room) || room == "statements";
    match room {
        "" => Some("/".into()),
        room => is_read.then(|| format!("/{room}/")),
    }
}

/// Returns the last part of a path.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// Resolves `path` relative to the folder of the file `source`; `None` if it leads out of the site.
pub fn join(source: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = source.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                // Above the site's folder there is nothing that a reader could be led to.
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Returns the path of `file` relative to the folder of the file `source`.
pub fn relative(source: &str, file: &str) -> String {
    let (mut from, mut to): (Vec<&str>, Vec<&str>) = (source.split('/').collect(), file.split('/').collect());
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count().min(from.len() - 1).min(to.len() - 1);
    from.drain(..common);
    to.drain(..common);
    "../".repeat(from.len() - 1) + &to.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths_stay_in_the_site() {
        for (path, expect) in [
            ("../2021/a.md", Some("content/statements/2021/a.md")),
            ("a.md", Some("content/statements/2022/a.md")),
            ("./x/../a.md", Some("content/statements/2022/a.md")),
            ("../../../../a.md", None),
        ] {
            assert_eq!(join("content/statements/2022/b.md", path).as_deref(), expect, "{path}");
        }
    }

    #[test]
    fn the_way_from_file_to_file_is_joined_to_the_same_file() {
        for (file, expect) in [
            ("content/statements/2021/a.md", "../2021/a.md"),
            ("content/statements/2022/a.md", "a.md"),
            ("content/about.md", "../../about.md"),
            ("content/statements/2022/x/index.md", "x/index.md"),
        ] {
            let source = "content/statements/2022/b.md";
            assert_eq!(relative(source, file), expect);
            assert_eq!(join(source, expect).as_deref(), Some(file));
        }
    }
}
