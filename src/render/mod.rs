pub mod html;
pub mod view;
