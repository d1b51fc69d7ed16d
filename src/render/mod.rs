//! Collection -> pages -> bytes.
//!
//! `layout` says which pages there are and what each is made of, `settle` that they can stand beside each other, `tally` how many; `views` make of a page's parts what its template sees;
//! `theme` holds the templates; `feeds`, `data` and `html` write what no template does.

pub mod data;
pub mod feeds;
pub mod html;
pub mod language;
pub mod layout;
pub mod menu;
pub mod page;
pub mod parts;
pub mod policy;
pub mod quoting;
pub mod rooted;
pub mod settle;
pub mod sitemap;
pub mod tally;
pub mod theme;
pub mod view;
pub mod views;
