//! The keys of front matter, declared once: what is read, inherited, imported, exported and documented follows from here.
//!
//! Only the tables of this module create a `FrontKey`, and the readers of front matter take keys, not words. So nothing
//! can read a key that is not declared, and a reader that leaves out a declared one fails its first test.

pub mod controlled;
pub mod document;
pub mod objects;
pub mod record;
pub mod schema;
pub mod statement;

use std::fmt;
use std::ops::Deref;

use crate::key::RecordKind;

/// What is written under a key.
#[derive(Clone, Copy, Debug)]
pub enum Type {
    /// A text that is kept and shown as it is, and needs no reader of its own; a number is taken as it is written.
    Plain,
    /// A text with a meaning; the manual calls it by this noun, such as `code`.
    Text(&'static str),
    /// A URL outside the site.
    Url,
    /// A date in EDTF.
    Date,
    /// A whole number from 0.
    Number,
    /// `true` or `false`.
    Flag,
    /// A language tag (BCP 47).
    Language,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of names, or a single one; the manual calls them by this noun, such as `codes`.
    List(&'static str),
    /// Lines of text, or a single one.
    Lines,
    /// Free names, each with a text.
    Map,
    /// Free names, each with one text or several.
    MapOfLists,
    /// A list of pairs; the manual calls their members by this noun, such as `codes`.
    Pairs(&'static str),
    /// Free names, each with any value.
    Free,
    /// An object with these keys.
    Object(&'static [FrontKey]),
    /// A text, which the manual calls by this noun, or an object with these keys.
    TextOrObject(&'static str, &'static [FrontKey]),
    /// A list of objects with these keys; if a key is named, a text is short for an object with it under that key.
    Objects(&'static [FrontKey], Option<FrontKey>),
}

/// A column of the table of all statements.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in the first row.
    pub name: &'static str,
    /// What it means, for readers of the table.
    pub meaning: &'static str,
    /// Which part of the key's value it contains.
    pub has: Has,
}

/// The relation of a column to the key that it is declared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Has {
    /// The whole value. An import of the table assigns it to the key.
    Value,
    /// The part of an object with this name. An import of the table assigns it to that part.
    Part(&'static str),
    /// Something derived from the value and from other things. An import ignores it.
    Follows,
}

/// The declaration of a key.
#[derive(Clone, Copy, Debug)]
pub struct Declaration {
    /// The key as it is written.
    pub name: &'static str,
    /// What is written under it.
    pub value: Type,
    /// Whether it is required.
    pub is_required: bool,
    /// Whether a language version that does not state it inherits it from the statement's first file.
    pub is_inherited: bool,
    /// Whether the front matter of an original, or an index, can give it.
    pub is_importable: bool,
    /// Whether a profile can give it for a whole batch.
    pub is_in_profiles: bool,
    /// The columns that it has in the table of all statements, one after another.
    pub columns: &'static [Column],
    /// Whether it is shown as it is among the facts of a statement, after the label `fact.NAME` of the interface.
    pub is_shown: bool,
    /// The heading in the manual below which it is described.
    pub section: &'static str,
    /// What it means, in the manual's Markdown.
    pub meaning: &'static str,
    /// The key with a value, as YAML.
    pub example: &'static str,
}

impl Declaration {
    const fn new(value: Type) -> Declaration {
        Declaration {
            name: "",
            value,
            is_required: false,
            is_inherited: false,
            is_importable: false,
            is_in_profiles: false,
            columns: &[],
            is_shown: false,
            section: "",
            meaning: "",
            example: "",
        }
    }

    const fn named(self, name: &'static str) -> Declaration {
        Declaration { name, ..self }
    }

    const fn required(self) -> Declaration {
        Declaration { is_required: true, ..self }
    }

    const fn inherited(self) -> Declaration {
        Declaration { is_inherited: true, ..self }
    }

    const fn importable(self) -> Declaration {
        Declaration { is_importable: true, ..self }
    }

    const fn in_profiles(self) -> Declaration {
        Declaration { is_in_profiles: true, ..self }
    }

    const fn columns(self, columns: &'static [Column]) -> Declaration {
        Declaration { columns, ..self }
    }

    const fn shown(self) -> Declaration {
        Declaration { is_shown: true, ..self }
    }

    const fn documented(self, section: &'static str, meaning: &'static str, example: &'static str) -> Declaration {
        Declaration { section, meaning, example, ..self }
    }

    /// Returns the type as the manual's table has it.
    pub fn type_words(&self) -> String {
        let words = match self.value {
            Type::Plain => "text",
            Type::Text(noun) => noun,
            Type::Url => "URL",
            Type::Date => "date",
            Type::Number => "whole number",
            Type::Flag => "true or false",
            Type::Language => "language tag",
            Type::Word(_) => "one word of a list",
            Type::List(noun) => return format!("list of {noun}"),
            Type::Lines => "list of texts",
            Type::Map => "map of texts",
            Type::MapOfLists => "map of lists",
            Type::Pairs(_) => "list of pairs",
            Type::Free => "map",
            Type::Object(_) => "object",
            Type::TextOrObject(noun, _) => return format!("{noun} or object"),
            Type::Objects(_, Some(_)) => "list of texts or objects",
            Type::Objects(_, None) => "list of objects",
        };
        if self.is_required { format!("{words}, required") } else { words.to_owned() }
    }

    /// Returns whether a cell of a table can hold several values: names, or objects that can be abbreviated to a name.
    pub fn takes_names(&self) -> bool {
        match self.value {
            Type::List(_) => true,
            Type::Objects(_, Some(text)) => !matches!(text.value, Type::Url),
            _ => false,
        }
    }

    /// Returns whether the value is one text, number or word, and no list or object.
    pub fn is_scalar(&self) -> bool {
        matches!(
            self.value,
            Type::Plain
                | Type::Text(_)
                | Type::Url
                | Type::Date
                | Type::Number
                | Type::Flag
                | Type::Language
                | Type::Word(_)
        )
    }
}

/// A declared key. It dereferences to its declaration, so `key.name` is the word in front matter.
#[derive(Clone, Copy)]
pub struct FrontKey {
    declared: &'static Declaration,
}

impl Deref for FrontKey {
    type Target = Declaration;

    fn deref(&self) -> &Declaration {
        self.declared
    }
}

// Two keys are compared where both belong to one mapping, in which no name is declared twice.
impl PartialEq for FrontKey {
    fn eq(&self, other: &FrontKey) -> bool {
        self.name == other.name
    }
}

impl Eq for FrontKey {}

impl std::hash::Hash for FrontKey {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl fmt::Display for FrontKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl fmt::Debug for FrontKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// Declares keys, one constant each, and the list of all of them in the order in which they are written.
macro_rules! fields {
    ($(#[$doc:meta])* $list:ident: $($name:ident $word:literal $declaration:expr;)*) => {
        $(
            #[doc = concat!("The key `", $word, "`.")]
            pub const $name: FrontKey = FrontKey { declared: &$declaration.named($word) };
        )*

        $(#[$doc])*
        pub const $list: &[FrontKey] = &[$($name),*];
    };
}
use fields;

/// Returns the keys of a record of this kind.
pub fn of_record(kind: RecordKind) -> &'static [FrontKey] {
    match kind {
        RecordKind::Topic => record::TOPIC,
        RecordKind::Delegation => record::DELEGATION,
        RecordKind::Forum => record::FORUM,
        RecordKind::Group => record::GROUP,
        RecordKind::Document => record::DOCUMENT,
        RecordKind::Speaker => record::SPEAKER,
    }
}

/// Returns the statements' keys that an original's front matter or an index can give, in the order in which they are
/// written.
pub fn importable() -> impl Iterator<Item = FrontKey> + Clone {
    statement::ALL.iter().copied().filter(|key| key.is_importable)
}

/// Returns the statements' keys that a profile can give.
pub fn in_profiles() -> impl Iterator<Item = FrontKey> + Clone {
    statement::ALL.iter().copied().filter(|key| key.is_in_profiles)
}

/// Returns every column that the table of all statements has for a key, with the key.
pub fn columns() -> impl Iterator<Item = (FrontKey, Column)> {
    statement::ALL.iter().flat_map(|key| key.columns.iter().map(|column| (*key, *column)))
}
