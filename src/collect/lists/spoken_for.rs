//! Groups' records and a date -> the delegations that a group spoke for then.

use std::collections::{BTreeMap, BTreeSet};

use crate::collect::names::{Names, Ref};
use crate::key::Key;
use crate::read::date::Date;
use crate::read::record::{Detail, Member, Record, RecordKind};
use crate::stamp::Stamped;

/// The members of every group that has a record, by the group's page.
pub struct SpokenFor<'a> {
    groups: BTreeMap<&'a Key, Vec<(&'a Member, Ref)>>,
    /// The groups whose code is also a state's: NAM is Namibia.
    named_like_states: BTreeSet<&'a Key>,
}

impl<'a> SpokenFor<'a> {
    /// Gathers the members.
    pub fn new(records: &'a BTreeMap<Key, &'a Stamped<Record>>, names: &Names<'_>) -> SpokenFor<'a> {
        let reference = |member: &'a Member| {
            let name = &*member.delegation;
            let key = names.key(RecordKind::Delegation, name);
            let page = names.page(RecordKind::Delegation, &key, name).ok();
            (member, Ref { title: names.titled(RecordKind::Delegation, &key, name), key: page })
        };
        let groups = records.iter().filter_map(|(path, record)| match &record.detail {
            Detail::Group { members } => Some((path, members.iter().map(reference).collect())),
            _ => None,
        });
        let groups: BTreeMap<&Key, Vec<(&Member, Ref)>> = groups.collect();
        let named_like_states = groups.keys().copied().filter(|group| names.alpha2(group.name()).is_some()).collect();
        SpokenFor { groups, named_like_states }
    }

    /// Returns the delegations that may have been members of `party` at some time within a date. `party` is a group, or
    /// a delegation whose members are in a group record of the same name. `None` if no members are recorded.
    pub fn may_speak_for(&self, party: &Key, date: Option<&Date>) -> Option<impl Iterator<Item = &Ref>> {
        let of_party = self.groups.get(party);
        let of_name = || {
            let same_name = |group: &&&Key| group.name() == party.name() && !self.named_like_states.contains(**group);
            self.groups.keys().find(same_name).and_then(|group| self.groups.get(*group))
        };
        let members = of_party.or_else(of_name).filter(|members| !members.is_empty())?;
        Some(members.iter().filter(move |(member, _)| may_be_member(member, date)).map(|(_, reference)| reference))
    }

    /// Returns the delegations that were members of a group for all of a date.
    pub fn on(&self, group: &Key, date: Option<&Date>) -> impl Iterator<Item = &Ref> {
        let members = self.groups.get(group).map_or(&[][..], Vec::as_slice);
        members.iter().filter(move |(member, _)| was_member(member, date)).map(|(_, reference)| reference)
    }
}

/// Returns whether a delegation was a member for all of a date. For a text without a date this is known only of
/// permanent members.
fn was_member(member: &Member, date: Option<&Date>) -> bool {
    let Some(date) = date else { return member.from.is_none() && member.until.is_none() };
    let since = member.from.as_ref().is_none_or(|from| from.earliest() <= date.earliest());
    let until = member.until.as_ref().is_none_or(|until| until.latest() >= date.latest());
    since && until
}

/// Returns whether a delegation may have been a member at some time within a date, as far as is known.
fn may_be_member(member: &Member, date: Option<&Date>) -> bool {
    let Some(date) = date else { return true };
    let since = member.from.as_ref().is_none_or(|from| from.earliest() <= date.latest());
    let until = member.until.as_ref().is_none_or(|until| until.latest() >= date.earliest());
    since && until
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::fields::Named;

    #[test]
    fn members_are_those_of_the_day() {
        let date = |text: &str| Date::parse(text);
        for (from, until, at, is) in [
            ("", "", "2024-06-04", true),
            ("2024", "", "2024-06-04", true),
            ("2024", "", "2023-12-31", false),
            ("", "2022", "2022-12-31", true),
            ("", "2022", "2023-01-01", false),
            ("2024-06-05", "", "2024-06", false),
            ("2022", "2023", "2022/2024", false),
            ("2022", "", "", false),
            ("", "", "", true),
        ] {
            let delegation = Named { text: "XAR".into(), line: 1, column: 1 };
            let member = Member { delegation, from: date(from), until: date(until) };
            assert_eq!(was_member(&member, date(at).as_ref()), is, "{from} {until} {at}");
            // Who was a member for certain may have been one.
            assert!(!is || may_be_member(&member, date(at).as_ref()), "{from} {until} {at}");
        }
    }

    #[test]
    fn who_joined_within_a_date_may_have_been_a_member() {
        let date = |text: &str| Date::parse(text);
        for (from, until, at, may) in [
            ("2024-06-05", "", "2024-06", true),
            ("2024-07", "", "2024-06", false),
            ("2022", "2023", "2023/2024", true),
            ("2022", "2023", "2024", false),
            ("2022", "2023", "", true),
        ] {
            let delegation = Named { text: "XAR".into(), line: 1, column: 1 };
            let member = Member { delegation, from: date(from), until: date(until) };
            assert_eq!(may_be_member(&member, date(at).as_ref()), may, "{from} {until} {at}");
        }
    }
}
