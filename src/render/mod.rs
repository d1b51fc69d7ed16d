//! Collection -> pages -> bytes.
//!
//! `layout` decides which pages there are and what each is made from, `settle` checks that their URLs do not clash,
//! `tally` counts them; `views` turns a page's parts into its view; `theme` holds the templates, `words` the words of
//! the interface; `charts` computes where the bars of a drawing are, and `picture` draws the pictures that are files;
//! `feeds`, `data` and `html` write what no template does.

pub mod charts;
pub mod citing;
pub mod data;
pub mod feeds;
pub mod formats;
pub mod html;
pub mod language;
pub mod layout;
pub mod listed;
pub mod menu;
pub mod page;
pub mod parts;
pub mod picture;
pub mod policy;
pub mod quoting;
pub mod rooted;
pub mod settle;
pub mod sitemap;
pub mod tally;
pub mod theme;
pub mod view;
pub mod views;
pub mod words;
