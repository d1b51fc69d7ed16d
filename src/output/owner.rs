//! The site being built and the one in the output folder -> whether one may replace the other.
//!
//! A site has no identity other than what site.toml says, and paths do not help: on a build server, each checkout is
//! somewhere else. So sites are distinguished by their addresses, or else by their titles. If that is inconclusive, a
//! build that would remove every statement is refused.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Refused, Target};

/// The site in an output folder, as described by its site.toml.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// The site's title.
    pub title: String,
    /// The `base_url` of site.toml, not one from the command line; empty if there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub base_url: String,
}

/// How certain it is that two owners are the same site.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Likeness {
    /// They have the same address and title.
    Same,
    /// They have the same address or title, or nothing is known about one of them.
    Perhaps,
    /// They have different addresses, or different titles.
    Other,
}

/// The `base_url` of every new site, until its owner changes it.
const PLACEHOLDER: &str = "https://example.org/";

/// What to do if the refusal is a mistake.
const REMEDY: &str = "choose another folder with --output, or use --force if this is intended";

impl Owner {
    fn compare_with(&self, other: &Owner) -> Likeness {
        match (self.base_url.is_empty() || other.base_url.is_empty(), self.base_url == other.base_url) {
            // The placeholder address says nothing, and two sites may have started as copies of one.
            (false, true) if self.base_url == PLACEHOLDER || self.title != other.title => Likeness::Perhaps,
            (false, true) => Likeness::Same,
            (false, false) => Likeness::Other,
            _ if self.title == other.title => Likeness::Perhaps,
            _ => Likeness::Other,
        }
    }

    fn describe(&self) -> String {
        let title = format!("“{}”", self.title);
        if self.base_url.is_empty() { title } else { format!("{title} ({})", self.base_url) }
    }
}

/// Returns how likely it is that the folder contains the site being built.
///
/// A folder inside the site's own folder certainly does, and with `force` the user says so.
///
/// # Errors
///
/// Refuses a folder that contains another site.
pub(super) fn compare(target: &Target, folder: &Path, old: Option<&Owner>, new: &Owner) -> Result<Likeness, Refused> {
    let is_inside = target.site.canonicalize().is_ok_and(|site| folder.starts_with(site));
    if target.force || is_inside {
        return Ok(Likeness::Same);
    }
    let Some(old) = old else { return Ok(Likeness::Perhaps) };
    match old.compare_with(new) {
        Likeness::Other => Err(Refused(format!(
            "{} contains another site, {}, and this one is {}; {REMEDY}",
            folder.display(),
            old.describe(),
            new.describe()
        ))),
        likeness => Ok(likeness),
    }
}

/// Refuses a build that would remove every statement from a folder that may belong to another site.
///
/// A single statement does not count: it may have been an example that was renamed or deleted.
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
        "this build would remove all {lost} statements in {}, so that is probably another site; {REMEDY}",
        folder.display()
    )))
}
