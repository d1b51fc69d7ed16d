//! Why something that was handed in cannot be read: what each reader says of it.

/// Why an original could not be read, and what can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// What is wrong, about the original: "it is ...".
    pub message: String,
    /// What the person who handed it in can do.
    pub help: String,
}

impl Unreadable {
    /// Says why, and what can be done.
    pub(super) fn new(message: impl Into<String>, help: impl Into<String>) -> Unreadable {
        Unreadable { message: message.into(), help: help.into() }
    }
}
