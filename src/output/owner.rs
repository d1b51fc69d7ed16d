//! The site that is built, and the one that an output folder holds -> whether the one may take the other's place.
//!
//! A site has no identity beyond what site.toml says of it, and the machine's paths are no help: a checkout on a build
//! server lies somewhere else every time. So two sites are told apart by their addresses, and without those by their
//! titles; where that leaves a doubt, a build that would remove every statement is refused.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Refused, Target};

/// Which site an output folder holds, as site.toml describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// The site's title.
    pub title: String,
    /// The site's own `base_url`, not one that the command line put in its place; empty if it has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub base_url: String,
}

/// How sure it is that two owners are one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Likeness {
    /// They have the same address and title.
    Same,
    /// They have the same address or title, or nothing is known of one of them.
    Perhaps,
    /// They have different addresses, or different titles.
    Other,
}

/// The `base_url` of every new site, until its owner changes it.
const PLACEHOLDER: &str = "https://example.org/";

/// What a user can do if the refusal is a mistake.
const REMEDY: &str = "choose another folder with --output, or give --force if this is meant";

impl Owner {
    fn is(&self, other: &Owner) -> Likeness {
        match (self.base_url.is_empty() || other.base_url.is_empty(), self.base_url == other.base_url) {
            // The address of a new site says nothing yet, and two sites may have been begun from one copy.
            (false, true) if self.base_url == PLACEHOLDER || self.title != other.title => Likeness::Perhaps,
            (false, true) => Likeness::Same,
            (false, false) => Likeness::Other,
            _ if self.title == other.title => Likeness::Perhaps,
            _ => Likeness::Other,
        }
    }

    fn shown(&self) -> String {
        let title = format!("“{}”", self.title);
        if self.base_url.is_empty() { title } else { format!("{title} ({})", self.base_url) }
    }
}

/// Returns how likely the folder holds the site that is built; refuses where it holds another one.
///
/// A folder inside of the site's own is the site's, and with `force` the user has said so.
pub(super) fn compare(target: &Target, folder: &Path, old: Option<&Owner>, new: &Owner) -> Result<Likeness, Refused> {
    let is_inside = target.site.canonicalize().is_ok_and(|site| folder.starts_with(site));
    if target.force || is_inside {
        return Ok(Likeness::Same);
    }
    let Some(old) = old else { return Ok(Likeness::Perhaps) };
    match old.is(new) {
        Likeness::Other => Err(Refused(format!(
            "{} holds another site, {}, and this one is {}; {REMEDY}",
            folder.display(),
            old.shown(),
            new.shown()
        ))),
        likeness => Ok(likeness),
    }
}

/// Refuses a build that would remove every statement of a folder that may be another site's.
///
/// One statement alone may have been an example that was renamed or deleted.
pub(super) fn check_loss<'a>(
    folder: &Path,
    likeness: Likeness,
    gone: &[&str],
    mut kept: impl Iterator<Item = &'a str>,
) -> Result<(), Refused> {
    let is_statement = |name: &str| name.contains("statements/") && name.ends_with("/index.html");
    let lost = gone.iter().filter(|name| is_statement(name)).count();
    let own_page = |name: &str| is_statement(name) && !name.ends_with("statements/index.html");
    if likeness == Likeness::Same || lost < 2 || kept.any(own_page) {
        return Ok(());
    }
    Err(Refused(format!(
        "this build would remove all {lost} statements that {} holds, so that seems to be another site; {REMEDY}",
        folder.display()
    )))
}
