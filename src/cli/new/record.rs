//! A kind and a name -> a record's file to fill in.

use std::path::Path;

use plenary::collect::names::{Names, Tables};
use plenary::edit::{self, Made, quoted, scalar};
use plenary::key::RecordKind;
use plenary::read::name::{check_id, suggested_id};
use plenary::read::survey;
use plenary::sources::Sources;

use super::code;
use crate::cli::arguments::New;
use crate::cli::screen::{data, print_message};
use crate::cli::{Failure, Outcome};

/// Writes the file and prints its path.
pub(super) fn run(kind: &str, name: &str, arguments: &New, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    let Some(kind) = RecordKind::of_word(kind) else {
        let kinds: Vec<&str> = RecordKind::ALL.iter().map(|kind| kind.word()).collect();
        return Err(Failure::Usage(format!("`{kind}` is no kind of record: write one of {}", kinds.join(", "))));
    };
    for (flag, given) in [
        ("--date", arguments.date.is_some()),
        ("--forum", arguments.forum.is_some()),
        ("--language", arguments.language.is_some()),
        ("--delegation", arguments.delegation.is_some() && kind != RecordKind::Speaker),
    ] {
        if given {
            return Err(Failure::Usage(format!("a {} has no `{flag}`", kind.word())));
        }
    }
    let sources = Sources::scan(folder);
    let (config, _) = survey::config(&sources);
    let (tables, records) = (Tables::load(), survey::records(&sources, &config, &RecordKind::ALL));
    let names = Names::new(&tables, &records, &mut Vec::new());
    // A symbol or a name of a person makes an id; a slug or a code has to be one.
    let id = match kind {
        RecordKind::Document | RecordKind::Speaker => suggested_id(name),
        _ => name.to_lowercase(),
    };
    check_id(&id).map_err(|why| {
        Failure::Usage(format!("`{name}` cannot be the name of a record: {why}; perhaps `{}`", suggested_id(name)))
    })?;
    if let Some(record) = names.record(kind, &names.key(kind, name)) {
        return Err(Failure::Usage(format!("the {} `{name}` has a record already: {}", kind.word(), record.path)));
    }
    let mut notes = Vec::new();
    let delegation = code(&names, RecordKind::Delegation, arguments.delegation.as_deref(), &mut notes);
    let title = arguments.title.clone().unwrap_or_else(|| names.title(kind, &names.key(kind, name), name).to_string());
    let text = text(kind, name, &title, delegation.as_deref());
    let file = folder.join(format!("content/{}/{id}.md", kind.folder()));
    if edit::create(&file, text.as_bytes())? == Made::Kept {
        return Err(Failure::Usage(format!("{} already exists and was left unchanged", file.display())));
    }
    data(&file.strip_prefix(".").unwrap_or(&file).display().to_string())?;
    for note in &notes {
        print_message(note);
    }
    if !quiet {
        print_message("Next: fill it in; a line that begins with `#` is ignored until you delete the `#`.");
    }
    Ok(Outcome::Done)
}

/// Returns a record's text with the keys that most records of its kind have; those not known yet are comments.
fn text(kind: RecordKind, name: &str, title: &str, delegation: Option<&str>) -> String {
    let keys = match kind {
        RecordKind::Topic => TOPIC.to_owned(),
        RecordKind::Delegation => DELEGATION.to_owned(),
        RecordKind::Forum => FORUM.to_owned(),
        RecordKind::Group => GROUP.to_owned(),
        RecordKind::Document => format!("symbol: {}\n{DOCUMENT}", scalar(name)),
        RecordKind::Speaker => {
            let of =
                delegation.map_or("# delegation: KAZ\n".to_owned(), |code| format!("delegation: {}\n", scalar(code)));
            let (given, family) = name.rsplit_once(' ').unwrap_or(("", ""));
            let parts = match family {
                "" => "# given: Ada\n# family: Example\n".to_owned(),
                _ => format!("given: {}\nfamily: {}\n", scalar(given), scalar(family)),
            };
            format!("{parts}{of}{SPEAKER}")
        }
    };
    format!("---\ntitle: {}\n{keys}---\n", quoted(title))
}

const TOPIC: &str = "\
# definition: What the topic covers, in a sentence.
# broader: outer-space          # the topic that includes this one
# match:                        # phrases that give a statement this topic by rule
#   en: [space debris, orbital debris]
# since: 2001                   # texts before this day were not judged for it
";

const DELEGATION: &str = "\
# kind: organisation            # state, observer, organisation, former, ngo
# formal: The formal name
# regional_group: African Group
# from: 1991-12-16
# until: 2003
";

const FORUM: &str = "\
# short: CD
# parent: unga                  # the forum that it is part of
# place: Geneva
# symbol: CD/PV.{m}             # the root of its document symbols
# sessions: [ { session: \"72\", from: 2017-09-12, until: 2018-09-17 } ]
";

const GROUP: &str = "\
# members:
#   - delegation: KAZ
#     from: 1991-12-21          # when it joined
#     until: 2020               # when it left
";

const DOCUMENT: &str = "\
# url: https://example.org/document.pdf
# date: 2017-12-04
";

const SPEAKER: &str = "\
# role: Permanent Representative
# aliases: [A. Example]         # other spellings of the name
";
