//! A single test crate, so that only one binary is linked.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(
    clippy::disallowed_methods,
    reason = "tests read the repository, and what they are asked for is in the environment"
)]

/// A site in memory: edited, built, inspected.
mod support;

/// The words of the interface, in every language.
mod words;

/// What the source code promises about itself: floors, opening lines, lengths, the map in ARCHITECTURE.md.
mod tidy;
mod topics;

/// No circles among files, in the rooms that are free of them.
mod circles;

/// The declaration of front-matter keys, and everything derived from it.
mod keys;

/// The founding text is the one that was received.
mod founding;

/// Whole sites against their expected output.
mod golden;

/// Archives, tables and killed imports: nothing is skipped silently, and nothing is left behind.
mod handed;

/// Which of people's files are published, and which are not.
mod input;

/// Submitted files become drafts.
mod import;

/// The files below `/data/` and the twins of statements: what is in them, and what is not.
mod data;

/// Earlier wordings of texts, from git.
mod history;

/// Files in formats of others: JSON Feed, citations of lists, sitemaps, Akoma Ntoso, packages.
mod standards;

/// Tables that a site exports change nothing when they are imported again.
mod tables;

/// Letterheads are kept separate from the text, on import and on the page.
mod head_matter;

/// PDFs, read with poppler.
mod pdf;
mod planted;
mod profiles;

/// Files that could act when a reader opens them are not published unless allowed.
mod active;

/// Files that are withheld together with a text.
mod withheld;

/// What pages, feeds and files promise to readers.
mod promises;

/// One text in the formats of offices and of the web has one draft, and attacks are refused.
mod office;

/// Any bytes can be a file.
mod anything;

/// The colours, pictures, sentences, lists and fields that a site has of its own.
mod branding;

/// A generated site and the edits made to it.
mod edits;

/// Which pages one edit renders again; the order of files and the number of builds change nothing.
mod rebuild;

/// After any edit the site equals a clean build.
mod oracle;

/// The command line: exit codes, files, output.
mod cli;

/// Texts side by side: which ones, and what is said about them.
mod comparisons;

/// What links call paragraphs.
mod numbers;

/// Words that were said elsewhere.
mod passages;

/// The preview: save, look, break, repair.
mod search;
mod serve;

/// What pages show to readers and to programs.
mod pages;

/// Texts cite documents, and documents list who cites them.
mod documents;

/// Texts name delegations, groups, forums and topics.
mod mentions;

/// Characters that look alike mean the same.
mod alike;

/// Names in other forms mean the same, or are reported.
mod same_names;

/// Positions over time, extracts by session, who has spoken when.
mod positions;

/// Letters that are struck out, raised or hidden, and numbers printed by a program.
mod letters;

/// Words in the colour of the page, without size or beyond its edge are not text.
mod unseen;

/// Templates of a site over the built-in ones.
mod themes;

/// What language versions inherit, and where they contradict each other.
mod versions;

/// What is claimed about delegations without a known text.
mod claims;

/// The manual says what the program does.
mod manual;
