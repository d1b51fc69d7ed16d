//! What the user writes -> where a site goes.

use std::fmt;
use std::path::PathBuf;

/// Where a site goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A folder, such as one that a web server serves.
    Folder(PathBuf),
    /// A branch of a git repository.
    Branch {
        /// The remote of the site's repository, or the address of a repository.
        remote: String,
        /// The branch.
        branch: String,
    },
    /// An S3-compatible bucket.
    Bucket(Place),
}

/// A place in a bucket, and how to get there.
#[derive(Clone, PartialEq, Eq)]
pub struct Place {
    /// The bucket.
    pub bucket: String,
    /// The prefix of all object names: empty, or ending with a slash.
    pub prefix: String,
    /// The server's address, `https://s3.example.org`.
    pub endpoint: String,
    /// The server's region.
    pub region: String,
    /// The credentials; read only from the environment.
    pub credentials: Credentials,
}

/// A key to a bucket.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The key's name.
    pub key: String,
    /// The key.
    pub secret: String,
    /// The token of a temporary key; empty if there is none.
    pub token: String,
}

// A key never reaches a message, not even by mistake.
impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "s3://{}/{}", self.bucket, self.prefix)
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Folder(folder) => write!(f, "{}", folder.display()),
            Target::Branch { remote, branch } => write!(f, "the branch {branch} of {}", without_user(remote)),
            Target::Bucket(place) => write!(f, "s3://{}/{}", place.bucket, place.prefix),
        }
    }
}

/// Returns an address without the name and password that it may carry.
pub(super) fn without_user(address: &str) -> String {
    match address.split_once("://") {
        Some((scheme, rest)) => {
            let host = rest.split('/').next().unwrap_or_default();
            let without = host.rsplit_once('@').map_or(rest, |(user, _)| &rest[user.len() + 1..]);
            format!("{scheme}://{without}")
        }
        None => address.to_owned(),
    }
}

impl Target {
    /// Reads a target: `s3://bucket/prefix`, `git:branch`, `git:remote:branch`, or a folder. `environment` has the
    /// variables that a bucket needs, and `endpoint` and `region` are those of site.toml.
    ///
    /// # Errors
    ///
    /// Returns what is wrong, and what to do.
    pub fn parse(
        text: &str,
        endpoint: &str,
        region: &str,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Target, String> {
        if let Some(rest) = text.strip_prefix("s3://") {
            return place(rest, endpoint, region, environment).map(Target::Bucket);
        }
        if let Some(rest) = text.strip_prefix("git:") {
            // The branch is last, because an address has colons of its own.
            let (remote, branch) = rest.rsplit_once(':').unwrap_or(("origin", rest));
            // A word that begins with a hyphen would be an option to git.
            if branch.is_empty() || remote.is_empty() || remote.starts_with('-') || branch.starts_with('-') {
                return Err("write git:BRANCH or git:REMOTE:BRANCH, such as git:gh-pages".to_owned());
            }
            return Ok(Target::Branch { remote: remote.to_owned(), branch: branch.to_owned() });
        }
        match text.split_once("://") {
            Some((scheme, _)) => {
                Err(format!("`{scheme}://` is not supported; a target is a folder, git:BRANCH or s3://BUCKET/PREFIX"))
            }
            None if text.is_empty() => Err("a target is a folder, git:BRANCH or s3://BUCKET/PREFIX".to_owned()),
            None => Ok(Target::Folder(PathBuf::from(text))),
        }
    }
}

/// Reads a place in a bucket.
fn place(
    text: &str,
    endpoint: &str,
    region: &str,
    environment: impl Fn(&str) -> Option<String>,
) -> Result<Place, String> {
    let (bucket, prefix) = text.split_once('/').unwrap_or((text, ""));
    if bucket.is_empty() {
        return Err("write the bucket's name: s3://BUCKET or s3://BUCKET/PREFIX".to_owned());
    }
    let prefix = prefix.trim_matches('/');
    let given = |name: &str| environment(name).filter(|value| !value.is_empty());
    let secret = |name: &str| {
        given(name).ok_or_else(|| {
            format!("{name} is not set; the key to a bucket is read from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment")
        })
    };
    let region = given("AWS_REGION").or_else(|| Some(region.to_owned()).filter(|region| !region.is_empty()));
    let region = region.unwrap_or_else(|| "us-east-1".to_owned());
    let endpoint = given("AWS_ENDPOINT_URL").unwrap_or_else(|| endpoint.to_owned());
    let endpoint = if endpoint.is_empty() { format!("https://s3.{region}.amazonaws.com") } else { endpoint };
    Ok(Place {
        bucket: bucket.to_owned(),
        prefix: if prefix.is_empty() { String::new() } else { format!("{prefix}/") },
        endpoint,
        region,
        credentials: Credentials {
            key: secret("AWS_ACCESS_KEY_ID")?,
            secret: secret("AWS_SECRET_ACCESS_KEY")?,
            token: given("AWS_SESSION_TOKEN").unwrap_or_default(),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a target with a key in the environment.
    fn parse(text: &str) -> Result<String, String> {
        let environment = |name: &str| {
            name.starts_with("AWS_ACCESS")
                .then(|| "AKIA".to_owned())
                .or_else(|| name.starts_with("AWS_SECRET").then(|| "s3cr3t".to_owned()))
        };
        Target::parse(text, "", "", environment).map(|target| format!("{target:?}"))
    }

    #[test]
    fn targets_are_read_as_people_write_them() {
        for (text, expect) in [
            ("/srv/www", "Folder(\"/srv/www\")"),
            ("git:gh-pages", "Branch { remote: \"origin\", branch: \"gh-pages\" }"),
            (
                "git:https://example.org/a.git:pages",
                "Branch { remote: \"https://example.org/a.git\", branch: \"pages\" }",
            ),
            ("s3://archive", "Bucket(s3://archive/)"),
            ("s3://archive/site/", "Bucket(s3://archive/site/)"),
        ] {
            assert_eq!(parse(text).as_deref(), Ok(expect), "{text}");
        }
        for wrong in ["", "git:", "git:-x", "s3://", "ftp://example.org/"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn secrets_are_in_no_message() {
        let target =
            Target::Branch { remote: "https://user:pa@ss@example.org/a.git".to_owned(), branch: "b".to_owned() };
        assert_eq!(target.to_string(), "the branch b of https://example.org/a.git");
        assert!(!parse("s3://archive").unwrap().contains("s3cr3t"));
        assert!(Target::parse("s3://a", "", "", |_| None).unwrap_err().contains("AWS_ACCESS_KEY_ID is not set"));
    }
}
