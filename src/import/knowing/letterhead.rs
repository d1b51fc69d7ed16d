//! The lines above a text -> the state that speaks, and states that are only mentioned there.

use super::head::{Head, TITLES, fold};
use super::names::Names;
use crate::language::tokens::runs;

/// What the head of a text says about states.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Letterhead<'a> {
    /// The only state that is named as the speaker, and the line.
    pub speaks: Option<(&'a str, u32)>,
    /// Other states that are named.
    pub others: Vec<&'a str>,
}

/// Offices and bodies whose state speaks: `Minister of …`, `Permanent Mission of …`, `Statement by …`.
const SPEAKERS: &[&str] = &[
    "president",
    "presidente",
    "presidenta",
    "presidency",
    "minister",
    "ministre",
    "ministro",
    "ministra",
    "ministry",
    "ministere",
    "ministerio",
    "secretary",
    "secretario",
    "secretaria",
    "ambassador",
    "ambassadeur",
    "ambassadrice",
    "embajador",
    "embajadora",
    "embaixador",
    "representative",
    "representant",
    "representante",
    "mission",
    "mision",
    "missao",
    "delegation",
    "delegacion",
    "delegacao",
    "delegate",
    "government",
    "gouvernement",
    "gobierno",
    "governo",
    "king",
    "queen",
    "emir",
    "amir",
    "sultan",
    "roi",
    "rey",
    "chancellor",
    "chancelier",
    "canciller",
    "affaires",
    "counsellor",
    "conseiller",
    "consejero",
    "by",
    "premier",
    "министр",
    "министра",
    "президент",
    "президента",
    "представитель",
    "представителя",
    "посол",
    "посла",
    "представительство",
    "представительства",
    "делегации",
    "делегация",
    "делегацией",
    "رييس",
    "وزير",
    "المندوب",
    "ممثل",
    "سفير",
    "وفد",
    "ملك",
    "امير",
    "البعثة",
    "بعثة",
];

/// Words before a state that is only mentioned, or that belongs to someone else.
const SPOKEN_OF: &[&str] = &[
    "situation",
    "conflict",
    "war",
    "crisis",
    "concerning",
    "regarding",
    "against",
    "visit",
    "question",
    "relations",
    "aggression",
    "conference",
    "summit",
    "embargo",
    "guerre",
    "crise",
    "conflit",
    "visite",
    "situacion",
    "guerra",
    "conflicto",
    "visita",
    "bloqueo",
    "ситуация",
    "ситуации",
    "положении",
    "تجاه",
    "الحالة",
];

/// Words that may accompany a name on a line of its own.
const AROUND: &[&str] = &[
    "the",
    "of",
    "republic",
    "kingdom",
    "state",
    "permanent",
    "mission",
    "to",
    "united",
    "nations",
    "statement",
    "national",
    "address",
    "position",
    "la",
    "le",
    "du",
    "de",
    "republique",
    "republica",
    "royaume",
    "reino",
    "by",
    "new",
    "york",
    "geneva",
    "s",
    "delegation",
    "general",
    "debate",
    "draft",
    "d",
    "l",
    "del",
];

/// Cities that come before their state in the line of the place.
const PLACES: &[&str] = &[
    "york",
    "geneva",
    "geneve",
    "ginebra",
    "genebra",
    "vienna",
    "vienne",
    "viena",
    "hague",
    "haye",
    "haya",
    "nairobi",
    "иорк",
    "женева",
    "вена",
    "نيويورك",
    "جنيف",
    "فيينا",
];

/// How many words before a name are considered.
const BEFORE: usize = 16;

/// Reads the head of a text.
pub(super) fn find<'a>(head: &Head, names: &'a Names) -> Letterhead<'a> {
    let mut speaking: Vec<(&str, u32)> = Vec::new();
    let mut others: Vec<&str> = Vec::new();
    let mut behalf: Vec<(&str, u32)> = Vec::new();
    let (mut last_end, mut last) = (0, Role::Other);
    // The words between two names say what the second is there for; in a list it has the role of the first.
    for mention in names.mentions_folded(&head.folded) {
        let between = &head.folded[last_end..mention.at.start];
        let after = &head.folded[mention.at.end..];
        let listed = last_end > 0 && is_list(between);
        last_end = mention.at.end;
        let line = head.line(mention.at.start);
        let role = role(between, after, head.block(mention.at.start), &head.folded[mention.at.clone()]);
        let role = if listed { last } else { role };
        last = role;
        match role {
            Role::Place => {}
            Role::Behalf => behalf.push((mention.code, line)),
            Role::Speaks => speaking.push((mention.code, line)),
            Role::Other => others.push(mention.code),
        }
    }
    // A running head counts only if it names a single state.
    for (line, text) in &head.edges {
        let folded = fold(text);
        let mut mentions = names.mentions_folded(&folded).into_iter();
        if let (Some(mention), None) = (mentions.next(), mentions.next())
            && role(&folded[..mention.at.start], &folded[mention.at.end..], &folded, &folded[mention.at.clone()])
                == Role::Speaks
        {
            speaking.push((mention.code, *line));
        }
    }
    let one = |list: &[(&'a str, u32)]| match list {
        [first, rest @ ..] if rest.iter().all(|(code, _)| *code == first.0) => Some(*first),
        _ => None,
    };
    let speaks = if speaking.is_empty() { one(&behalf) } else { one(&speaking) };
    // Two states that both seem to speak: neither is certain.
    if speaks.is_none() {
        others.extend(speaking.iter().chain(&behalf).map(|(code, _)| code));
    }
    others.sort_unstable();
    others.dedup();
    Letterhead { speaks, others }
}

/// Returns whether what is between two names makes a list of them.
pub(super) fn is_list(between: &str) -> bool {
    const ANDS: &[&str] =
        &["", "and", "the", "and the", "et", "et la", "et le", "la", "le", "y", "e", "и", "و", "and my own country"];
    ANDS.contains(&between.trim_matches(|c: char| !c.is_alphanumeric()))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Place,
    Behalf,
    Speaks,
    Other,
}

/// Returns the role of a name, by the words before and after it.
fn role(before: &str, after: &str, block: &str, name: &str) -> Role {
    let words = |text: &str| runs(text).map(str::to_owned).collect::<Vec<_>>();
    let mut near = words(before);
    near.reverse();
    near.truncate(BEFORE);
    if near.first().is_some_and(|word| PLACES.contains(&word.as_str())) {
        return Role::Place;
    }
    let at = |list: &[&str]| near.iter().position(|word| list.contains(&word.as_str()));
    // The nearest of the three kinds of words decides: "Statement by X on behalf of Y" names X as the speaker.
    let behalf = near.windows(2).position(|pair| {
        matches!(
            (pair[1].as_str(), pair[0].as_str()),
            ("on", "behalf") | ("au", "nom") | ("en", "nombre") | ("em", "nome") | ("от", "имени") | ("نيابة", "عن")
        )
    });
    let (speaker, spoken_of) = (at(SPEAKERS), at(SPOKEN_OF));
    if behalf.is_some_and(|behalf| speaker.is_none_or(|speaker| behalf < speaker)) {
        return Role::Behalf;
    }
    if speaker.is_some_and(|speaker| spoken_of.is_none_or(|other| speaker < other)) {
        return Role::Speaks;
    }
    if spoken_of.is_some() {
        return Role::Other;
    }
    // `REPUBLIC OF ARVENIA` alone, `Arvenia Statement at …`, `Discours de l'Arvénie`.
    let rest = block.replacen(name, " ", 1);
    let alone = words(&rest).iter().all(|word| AROUND.contains(&word.as_str()));
    let follows = words(after).iter().take(4).any(|word| TITLES.contains(&word.as_str()));
    let titled = near.iter().take(4).any(|word| TITLES.contains(&word.as_str()));
    if alone || follows || titled { Role::Speaks } else { Role::Other }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::knowing::tests::mended;

    #[test]
    fn the_speaking_state_is_named_above_the_text() {
        for (language, lines, expect) in [
            (
                "en",
                &["REPUBLIC OF MALAWI", "STATEMENT BY", "HIS EXCELLENCY DR JOHN DOE", "NEW YORK, USA"][..],
                Some("MWI"),
            ),
            ("en", &["PERMANENT MISSION OF SAINT LUCIA TO THE UNITED NATIONS"], Some("LCA")),
            ("en", &["ADDRESS BY H.E. JANE DOE, PRIME MINISTER OF BHUTAN"], Some("BTN")),
            ("en", &["UNGA general debate", "UNITED KINGDOM", "26 September 2024"], Some("GBR")),
            ("en", &["Palau Statement at the 79th General Assembly"], Some("PLW")),
            ("en", &["Statement on the situation in Ukraine"], None),
            ("en", &["Statement by Kenya on the situation in Ukraine"], Some("KEN")),
            ("en", &["Statement by Kenya on behalf of Ghana and Togo"], Some("KEN")),
            ("en", &["Statement by Kenya and Ghana"], None),
            ("en", &["Remarks by President Doe", "Summit in Kenya"], None),
            ("en", &["Address on behalf of Kenya"], Some("KEN")),
            (
                "fr",
                &["DISCOURS DE SON EXCELLENCE M. JEAN DUPONT,", "PRESIDENT DE LA REPUBLIQUE DEMOCRATIQUE DU CONGO"],
                Some("COD"),
            ),
            ("fr", &["Président de la République démocratique de São", "Tomé et Príncipe"], Some("STP")),
            (
                "es",
                &["Discurso de la Excelentísima señora Juana Pérez, Presidenta de la República de Honduras"],
                Some("HND"),
            ),
            ("ru", &["Выступление Министра иностранных дел Республики Казахстан", "Нью-Йорк, США"], Some("KAZ")),
            ("ar", &["كلمة فخامة رئيس الجمهورية الإسلامية الموريتانية"], Some("MRT")),
        ] {
            let mended = mended(&[lines, &["Mr. President,"]].concat());
            let names = Names::of(language);
            let found = find(&Head::of(&mended), &names).speaks.map(|(code, _)| code);
            assert_eq!(found, expect, "{lines:?}");
        }
    }
}
