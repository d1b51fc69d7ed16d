pub mod config;
pub mod diagnostic;
pub mod memo;
pub mod path;
pub mod read;
pub mod sources;
pub mod stamp;
