//! Folders and archives -> the files found in them.

use super::*;

fn put(folder: &Path, path: &str, bytes: &[u8]) {
    let file = folder.join(path);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, bytes).unwrap();
}

#[test]
fn files_are_found_once_in_order_and_links_are_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "in/b.txt", b"b");
    put(folder.path(), "in/a/c.txt", b"c");
    put(folder.path(), "in/.hidden", b"h");
    put(folder.path(), "site/seeds/s.txt", b"s");
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path().join("in"), folder.path().join("in/a/loop")).unwrap();
    let paths = ["in", "in/b.txt", "site/seeds", "gone"].map(|path| folder.path().join(path));
    let (found, refused) = find(&paths, &folder.path().join("site"));
    let names: Vec<_> = found.iter().map(|handed| handed.path.rsplit('/').next().unwrap()).collect();
    assert_eq!(names, ["c.txt", "b.txt", "s.txt"]);
    assert_eq!(found[2].in_site.as_deref(), Some("seeds/s.txt"));
    let refused: Vec<_> = refused.iter().map(|refused| refused.path.rsplit('/').next().unwrap()).collect();
    assert_eq!(refused, if cfg!(unix) { vec!["loop", "gone"] } else { vec!["gone"] });
    assert_eq!(&*found[0].load().unwrap().bytes, b"c");
}

#[test]
fn files_in_an_archive_are_found_and_those_that_lead_out_of_it_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let names = [
        "b/one.txt",
        "../out.txt",
        "/etc/root.txt",
        "a\\two.txt",
        "__MACOSX/._x.txt",
        ".DS_Store",
        "inner.zip",
        ".kz.txt",
    ];
    for name in names {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, name.as_bytes()).unwrap();
    }
    put(folder.path(), "month.ZIP", &zip.finish().unwrap().into_inner());
    put(folder.path(), "torn.zip", b"PK\x03\x04");
    let (found, refused) = find(&[folder.path().to_owned()], Path::new("/nowhere"));
    let short = |path: &str| path.strip_prefix(&*shown(folder.path())).unwrap().to_owned();
    let names: Vec<_> = found.iter().map(|handed| short(&handed.path)).collect();
    assert_eq!(names, ["/month.ZIP/a/two.txt", "/month.ZIP/b/one.txt"]);
    assert_eq!(&*found[1].load().unwrap().bytes, b"b/one.txt");
    let names: Vec<_> = refused.iter().map(|refused| short(&refused.path)).collect();
    let expect = ["/../out.txt", "/.kz.txt", "//etc/root.txt", "/inner.zip"].map(|name| format!("/month.ZIP{name}"));
    assert_eq!(names, [&expect[..], &["/torn.zip".to_owned()]].concat());
}

#[test]
fn a_huge_file_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = File::create(folder.path().join("zeros.txt")).unwrap();
    file.set_len(1 << 30).unwrap();
    let (found, _) = find(&[folder.path().to_owned()], Path::new("/nowhere"));
    assert!(found[0].load().unwrap_err().message.contains("1024 MiB"));
}
