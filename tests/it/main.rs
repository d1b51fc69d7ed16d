//! One test crate, so that there is one thing to link.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(
    clippy::disallowed_methods,
    reason = "tests read the repository, and what they are asked for is in the environment"
)]

/// A site in memory: edited, built, looked at.
mod support;

/// What the source code promises about itself: floors, opening words, lengths, the map in ARCHITECTURE.md.
mod tidy;

/// No file needs another that needs it, in the rooms of which that holds.
mod circles;

/// The declaration of front-matter keys, and all that follows from it.
mod keys;

/// The founding text is the one that was received.
mod founding;

/// Whole sites against what is expected of them.
mod golden;

/// Archives, tables and killed imports: nothing is passed over in silence, and nothing is left behind.
mod handed;

/// What of people's files is published, and what is not.
mod input;

/// Files as they are handed in become drafts.
mod import;

/// Tables that a site exports come back and change nothing.
mod tables;

/// Letterheads are kept apart from the text, on import and on the page.
mod head_matter;

/// PDFs, read with poppler.
mod pdf;

/// Files that could act when a reader opens them are not published unasked.
mod active;

/// What waits with a text that is kept back.
mod withheld;

/// What pages, feeds and files promise to readers.
mod promises;

/// One text in the formats of offices and of the web has one draft, and attacks are refused.
mod office;

/// Any bytes can be a file.
mod anything;

/// A generated site and the edits that are made to it.
mod edits;

/// Which pages one edit makes again; the order of files and the number of builds change nothing.
mod rebuild;

/// After any edit the site is the one that a clean build makes.
mod oracle;

/// The command line: exit codes, files, what is printed.
mod cli;

/// Texts beside each other: which, and what is said of them.
mod comparisons;

/// What links call paragraphs.
mod numbers;

/// Words that were said elsewhere.
mod passages;

/// The preview: save, look, break, mend.
mod serve;

/// What pages show, and what they tell machines.
mod pages;

/// Texts cite documents, and documents know by whom.
mod documents;

/// Texts name delegations, groups, forums and topics.
mod mentions;

/// Characters that look alike mean the same.
mod alike;

/// Names in other forms mean the same, or are told.
mod same_names;

/// Positions over time, extracts by session, who has spoken when.
mod positions;

/// Letters that are struck out, raised or hidden, and numbers that a program prints.
mod letters;

/// Words in the colour of the page, of no size or beyond its edge are no text.
mod unseen;

/// Templates of a site over the shipped ones.
mod themes;

/// What language versions inherit, and where they contradict each other.
mod versions;

/// What is claimed of those who are not known to have spoken.
mod claims;

/// The manual says what the program does.
mod manual;
