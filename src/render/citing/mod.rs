//! A citation record -> the forms in which people and programs cite it.
//!
//! The room is pure: all words that depend on the language of the interface are in the record. A form is a list of
//! pieces with a slot for a paragraph, so that a script makes the citation of a paragraph from that of the page.

mod bibtex;
mod csl;
mod dates;
mod names;
mod pieces;
mod prose;
mod record;
mod ris;

pub use pieces::Piece;
pub use prose::{apa, apa_in_text, chicago, mla, mla_in_text, quotation, united_nations};
pub use record::{Author, Record, Terms};

pub use bibtex::bibtex;
pub use csl::csl_json;
pub use ris::ris;
