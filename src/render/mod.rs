pub mod page;
pub mod parts;
pub mod view;
