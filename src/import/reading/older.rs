//! A document of an older office program (RTF, Word 97 to 2003) -> a Word document, converted by LibreOffice.

use std::ffi::OsString;
use std::sync::Arc;
use std::time::Duration;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::import::external::{Copy, Failure, Limits, Program};
use crate::import::original::LARGEST;
use crate::import::unreadable::Unreadable;

const SOFFICE: Program = Program { name: "soffice", debian: "libreoffice-writer", macos: "libreoffice" };

/// Limits of a conversion. LibreOffice itself needs a second and most of the memory.
const CONVERSION: Limits = Limits { time: Duration::from_secs(60), output: 1 << 16, memory: 4 << 30 };

/// The stream that contains macros in older documents, as their directory names it.
const MACROS: &str = "_VBA_PROJECT";

/// A profile in which no macro runs, and nothing that a document links to is fetched.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"#;

/// How files in these formats begin.
const BEGINNINGS: &[(&str, &[u8])] = &[("rtf", b"{\\rtf"), ("doc", b"\xd0\xcf\x11\xe0")];

const SAVE_AS: &str = "open it in an office program, save it as .docx or .odt, and import that";

/// Converts a document with this extension to a Word document.
///
/// # Errors
/// Returns why it cannot be converted: not in this format, with macros, without LibreOffice, or damaged.
pub(super) fn as_word(bytes: &[u8], ending: &str) -> Result<Arc<[u8]>, Unreadable> {
    // LibreOffice would read anything as what it looks like, whatever its name says.
    if !BEGINNINGS.iter().any(|(of, beginning)| *of == ending && bytes.starts_with(beginning)) {
        return Err(Unreadable::new(format!("it is not a `.{ending}` file, whatever its name says"), SAVE_AS));
    }
    let name: Vec<u8> = MACROS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    if memchr::memmem::find(bytes, &name).is_some() {
        let message = "it contains macros: none was run, but the original would be published with them";
        return Err(Unreadable::new(message, SAVE_AS));
    }
    convert(SOFFICE, bytes, ending)
}

/// Converts a document with a program.
fn convert(program: Program, bytes: &[u8], ending: &str) -> Result<Arc<[u8]>, Unreadable> {
    /// Characters that need no escaping in the address of a folder.
    const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.');
    let failed = |what: String| Unreadable::new(what, SAVE_AS);
    let copy = Copy::of(bytes, &format!("original.{ending}"))
        .map_err(|error| failed(format!("it could not be copied for LibreOffice: {error}")))?;
    // A profile of its own: the user's is neither read nor written, and several can run at once.
    copy.put("profile/user/registrymodifications.xcu", SETTINGS.as_bytes())
        .map_err(|error| failed(format!("LibreOffice could not be set up: {error}")))?;
    let folder = copy.folder().to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let profile = format!("-env:UserInstallation=file://{}/profile", utf8_percent_encode(&folder, PATH));
    let arguments = [profile.as_str(), "--headless", "--norestore", "--convert-to", "docx", "--outdir", "written"];
    let arguments = arguments.map(OsString::from).into_iter().chain([copy.file().into()]);
    let printed = copy.run(program, arguments, CONVERSION).map_err(|failure| match failure {
        Failure::Missing => {
            let message = format!("reading a `.{ending}` file needs LibreOffice, which is not installed");
            Unreadable::new(message, format!("{}; or save it as .docx or .odt", program.installation()))
        }
        Failure::TooSlow => failed("LibreOffice takes longer than a minute to read it".into()),
        Failure::TooMuch => failed("LibreOffice printed too many messages about it".into()),
        Failure::Failed(said) => failed(cannot_be_read(&said)),
    })?;
    // It also exits with success if it could read nothing.
    let written = copy.read("written/original.docx", LARGEST);
    written.map(Into::into).map_err(|_| failed(cannot_be_read(&printed.complaints)))
}

fn cannot_be_read(said: &str) -> String {
    let why = said.lines().find_map(|line| line.strip_prefix("Error: "));
    format!("LibreOffice cannot read it: {}", why.unwrap_or("it may be damaged, or locked with a password"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_libreoffice_is_reported() {
        let program = Program { name: "plenary-no-such-program", ..SOFFICE };
        let refused = convert(program, b"{\\rtf1 words}", "rtf").unwrap_err();
        assert!(refused.message.contains("`.rtf` file needs LibreOffice"), "{}", refused.message);
        assert!(refused.help.contains("apt-get install libreoffice-writer"), "{}", refused.help);
    }

    #[test]
    fn macros_of_older_documents_are_recognised() {
        let name: Vec<u8> = "_VBA_PROJECT".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let document = [b"\xd0\xcf\x11\xe0-".as_slice(), &name].concat();
        assert!(as_word(&document, "doc").unwrap_err().message.contains("macros"));
        assert!(as_word(b"<html>", "doc").unwrap_err().message.contains("not a `.doc` file"));
    }

    #[cfg(unix)]
    #[test]
    fn a_converted_document_is_read() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = Copy::of(b"", "empty").unwrap();
        // A script in place of LibreOffice: its seventh argument is the folder to write to, its last one the file.
        for (script, expect) in [
            ("mkdir $7; cp $8 $7/original.docx", Ok(&b"words"[..])),
            ("echo 'Error: source file could not be loaded' >&2", Err("could not be loaded")),
            ("exit 3", Err("damaged")),
        ] {
            folder.put("soffice", format!("#!/bin/sh\n{script}\n").as_bytes()).unwrap();
            let file = folder.folder().join("soffice");
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
            let program = Program { name: file.to_str().unwrap().to_owned().leak(), ..SOFFICE };
            let written = convert(program, b"words", "doc");
            match expect {
                Ok(bytes) => assert_eq!(written.as_deref(), Ok(bytes), "{script}"),
                Err(message) => assert!(written.unwrap_err().message.contains(message), "{script}"),
            }
        }
    }
}
