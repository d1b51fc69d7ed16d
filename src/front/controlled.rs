//! The controlled vocabularies of statements: each value in front matter with its meaning and its label for readers.

/// Declares a controlled vocabulary: its variants, their words in front matter and their labels for readers.
macro_rules! controlled {
    ($(#[$doc:meta])* $name:ident: $($variant:ident $word:literal $label:literal)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $(#[doc = $label] $variant,)* }

        impl $name {
            /// Every word of the vocabulary with its meaning.
            pub const WORDS: &[(&'static str, $name)] = &[$(($word, $name::$variant)),*];
            /// Every word of the list.
            pub const NAMES: &[&'static str] = &[$($word),*];

            /// Returns the word in front matter.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }

            /// Returns the words shown to readers.
            pub fn label(self) -> &'static str {
                match self { $($name::$variant => $label),* }
            }
        }
    };
}

controlled! {
    /// The kind of text.
    Kind:
    Statement "statement" "Statement"
    JointStatement "joint-statement" "Joint statement"
    GeneralDebate "general-debate" "General debate"
    ThematicDebate "thematic-debate" "Thematic debate"
    ExplanationOfVote "explanation-of-vote" "Explanation of vote"
    RightOfReply "right-of-reply" "Right of reply"
    IntroductionOfDraft "introduction-of-draft" "Introduction of a draft"
    SideEvent "side-event" "Side event"
    Speech "speech" "Speech"
    Remarks "remarks" "Remarks"
    PressStatement "press-statement" "Press statement"
    PressConference "press-conference" "Press conference"
    Communique "communique" "Communiqué"
    Letter "letter" "Letter"
    WorkingPaper "working-paper" "Working paper"
    Message "message" "Message"
}

controlled! {
    /// How the text relates to what was said.
    TextStatus:
    AsPrepared "as-prepared" "As prepared for delivery; what was said may differ."
    CheckAgainstDelivery "check-against-delivery" "Check against delivery: what was said may differ."
    AsDelivered "as-delivered" "As delivered."
    VerbatimRecord "verbatim-record" "From the verbatim record."
    SummaryRecord "summary-record" "From the summary record, not word for word."
    Excerpt "excerpt" "An excerpt, not the whole text."
    UnofficialTranslation "unofficial-translation" "Unofficial translation."
    Unknown "unknown" "How the text relates to what was said is not known."
}

controlled! {
    /// Who translated the text.
    TranslationKind:
    Official "official" "Official translation"
    Unofficial "unofficial" "Unofficial translation"
    Interpretation "interpretation" "From the interpretation"
    Machine "machine" "Machine translation"
}

#[expect(clippy::derivable_impls, reason = "the macro declares the list")]
impl Default for Status {
    fn default() -> Self {
        Status::Published
    }
}

controlled! {
    /// The stage of publication of a text.
    Status:
    Draft "draft" "Draft"
    Published "published" "Published"
    Corrected "corrected" "Corrected"
    Withdrawn "withdrawn" "Withdrawn"
}

controlled! {
    /// Whose numbers are the labels of a text's paragraphs, if front matter decides it.
    Numbering:
    Printed "printed" "Printed numbers"
    Counted "counted" "Counted numbers"
}
