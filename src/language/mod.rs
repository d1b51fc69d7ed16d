//! What letters, digits and signs mean in the scripts that statements are written in.

pub mod fold;
pub mod ordinals;
pub mod scripts;
pub mod term;
