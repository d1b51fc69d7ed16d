//! Why a submitted file cannot be read: what every reader returns as its error.

/// Why an original could not be read, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// What is wrong, with the original as the subject: "it is ...".
    pub message: String,
    /// What the person who submitted it can do.
    pub help: String,
}

impl Unreadable {
    /// Takes the message and the help.
    pub(super) fn new(message: impl Into<String>, help: impl Into<String>) -> Unreadable {
        Unreadable { message: message.into(), help: help.into() }
    }
}
