//! Pieces with fingerprints in common -> the words that they share.

use std::cmp::Ordering as Order;
use std::collections::HashSet;
use std::ops::Range;

use super::index::PieceId;
use super::{Matches, Tie};
use crate::compare::pair::{self, AGREEING, OWN, OWN_OPENING, SHARED, Shared, Tokens};

/// Pieces of a statement that are its opening.
const OPENING: PieceId = 3;

/// What decides how two pieces are compared, besides the words of the first: the order of their statements, what the
/// words outside of courtesies must weigh, and the words of the second.
type Asked<'a> = (Order, u32, &'a str);

impl Matches {
    /// Compares a piece with others; `others` has each place once for every fingerprint that it shares. Of successive
    /// pieces with the same words only the first is compared, because boilerplate is repeated in hundreds of
    /// statements.
    pub(super) fn compare(&self, place: PieceId, mut others: Vec<PieceId>) -> Vec<Tie> {
        others.sort_unstable();
        let mut tokens = None;
        let mut before: Option<(Asked<'_>, Option<Shared>)> = None;
        let compare = |same: &[PieceId]| {
            let other = same[0];
            self.is_worth_it(place, other, same.len()).then_some(())?;
            let asked = (self.order(place, other), self.least_own(place, other), self.words(other));
            // Sorted places follow statements, so equal words are often successive; the last result is enough of a
            // memory.
            if before.as_ref().is_none_or(|before| before.0 != asked) {
                let tokens = tokens.get_or_insert_with(|| self.tokens(place));
                before = Some((asked, self.shared(asked, tokens, &self.tokens(other))));
            }
            before.as_ref()?.1.as_ref().map(|shared| self.tied(place, other, shared))
        };
        others.chunk_by(|a, b| a == b).filter_map(compare).collect()
    }

    /// Compares two pieces when it is not known how many fingerprints they share.
    pub(super) fn compare_again(&self, one: PieceId, other: PieceId) -> Option<Tie> {
        self.is_worth_it(one, other, usize::MAX).then_some(())?;
        let (a, b) = (self.tokens(one), self.tokens(other));
        let codes = |tokens: &Tokens<'_>| tokens.prints.iter().map(|print| print.code).collect::<HashSet<u32>>();
        let count = codes(&a).intersection(&codes(&b)).filter(|code| !self.common.contains(code)).count();
        self.is_worth_it(one, other, count).then_some(())?;
        let asked = (self.order(one, other), self.least_own(one, other), self.words(other));
        self.shared(asked, &a, &b).map(|shared| self.tied(one, other, &shared))
    }

    /// Returns whether two pieces that share `count` fingerprints, not counting courtesies, are worth comparing: one is
    /// enough where their sketches agree. Of 1.6 million pairs of the General Debate that share one, four percent are.
    /// How rare the fingerprint is would be as good a sign, but it changes with every text that comes, and with it
    /// pairs of old texts; sketches depend only on the two pieces.
    fn is_worth_it(&self, one: PieceId, other: PieceId, count: usize) -> bool {
        let enough = SHARED.min(self.index.prints(one)).min(self.index.prints(other));
        if count < enough.max(1) && (count == 0 || self.index.agreeing(one, other) < AGREEING) {
            return false;
        }
        self.kept(self.index.owner(one)).is_comparable(self.kept(self.index.owner(other)))
    }

    fn words(&self, place: PieceId) -> &str {
        self.kept(self.index.owner(place)).words(place)
    }

    fn tokens(&self, place: PieceId) -> Tokens<'_> {
        Tokens::of(self.words(place))
    }

    /// Compares the paths of two pieces' statements.
    fn order(&self, one: PieceId, other: PieceId) -> Order {
        let path = |place: PieceId| &self.kept(self.index.owner(place)).statement.path;
        path(one).cmp(path(other))
    }

    /// Finds the words that two pieces share. The piece with the lesser path always comes first, so that the result is
    /// the same seen from either side.
    fn shared(&self, asked: Asked<'_>, one: &Tokens<'_>, other: &Tokens<'_>) -> Option<Shared> {
        let (order, least_own, _) = asked;
        let is_common = |code| self.common.contains(&code);
        match order {
            Order::Greater => pair::shared(other, one, &is_common, least_own).map(Shared::turned),
            _ => pair::shared(one, other, &is_common, least_own),
        }
    }

    /// Returns how much the words outside of courtesies must weigh. Of the reworded passages of the General Debate that
    /// are thanks and congratulations, four of five are in the first three paragraphs of both texts, and few others are.
    fn least_own(&self, one: PieceId, other: PieceId) -> u32 {
        let opens =
            |place: PieceId| place - self.kept(self.index.owner(place)).first < OPENING && self.index.common(place) > 0;
        if opens(one) && opens(other) { OWN_OPENING } else { OWN }
    }

    /// Makes the tie of two pieces, with bytes of the bodies instead of bytes of the pieces.
    fn tied(&self, place: PieceId, other: PieceId, shared: &Shared) -> Tie {
        let within = |place: PieceId, words: &Range<u32>| {
            let start = self.kept(self.index.owner(place)).piece(place).start;
            start + words.start..start + words.end
        };
        Tie {
            place,
            other,
            words: within(place, &shared.a),
            other_words: within(other, &shared.b),
            extent: shared.extent,
        }
    }
}
