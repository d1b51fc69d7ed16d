//! The head of a text and its first words -> the groups and states on whose behalf it is delivered.

use super::head::{Head, fold};
use super::letterhead::is_list;
use super::names::Names;
use crate::import::known::Found;
use crate::import::mended::Mended;

/// Names of groups, folded, and their codes.
const GROUPS: &[(&str, &str)] = &[
    ("non-aligned movement", "nam"),
    ("movement of non-aligned countries", "nam"),
    ("movement of the non-aligned", "nam"),
    ("mouvement des pays non alignes", "nam"),
    ("mouvement des non-alignes", "nam"),
    ("movimiento de paises no alineados", "nam"),
    ("movimiento de los paises no alineados", "nam"),
    ("движения неприсоединения", "nam"),
    ("حركة عدم الانحياز", "nam"),
    ("不结盟运动", "nam"),
    ("african group", "african-group"),
    ("group of african states", "african-group"),
    ("groupe africain", "african-group"),
    ("groupe des etats d'afrique", "african-group"),
    ("grupo africano", "african-group"),
    ("grupo de estados de africa", "african-group"),
    ("африканскои группы", "african-group"),
    ("المجموعة الافريقية", "african-group"),
    ("非洲集团", "african-group"),
    ("非洲组", "african-group"),
    ("arab group", "arab-group"),
    ("group of arab states", "arab-group"),
    ("groupe arabe", "arab-group"),
    ("grupo arabe", "arab-group"),
    ("арабскои группы", "arab-group"),
    ("المجموعة العربية", "arab-group"),
    ("阿拉伯集团", "arab-group"),
    ("asia-pacific group", "asia-pacific-group"),
    ("association of southeast asian nations", "asean"),
    ("association of south-east asian nations", "asean"),
    ("asean", "asean"),
    ("caribbean community", "caricom"),
    ("caricom", "caricom"),
    ("alliance of small island states", "aosis"),
    ("aosis", "aosis"),
    ("european union", "EU"),
    ("eu and its member states", "EU"),
    ("union europeenne", "EU"),
    ("union europea", "EU"),
    ("uniao europeia", "EU"),
    ("европеиского союза", "EU"),
    ("الاتحاد الاوروبي", "EU"),
    ("欧洲联盟", "EU"),
    ("欧盟", "EU"),
    ("african union", "AU"),
    ("pacific islands forum", "PIF"),
    ("group of 77", "g77"),
    ("groupe des 77", "g77"),
    ("grupo de los 77", "g77"),
    ("группы 77", "g77"),
    ("مجموعة ال77", "g77"),
    ("77国集团", "g77"),
    ("commonwealth of independent states", "cis"),
    ("содружества независимых государств", "cis"),
    ("снг", "cis"),
    ("collective security treaty organization", "csto"),
    ("csto", "csto"),
    ("организации договора о коллективнои безопасности", "csto"),
    ("одкб", "csto"),
    ("shanghai cooperation organi", "sco"),
    ("шанхаискои организации сотрудничества", "sco"),
    ("brics", "brics"),
    ("new agenda coalition", "nac"),
    ("non-proliferation and disarmament initiative", "npdi"),
    ("npdi", "npdi"),
    ("nordic and baltic", "nordic-baltic"),
    ("nordic-baltic", "nordic-baltic"),
    ("nordic countries", "nordic"),
    ("five nordic", "nordic"),
    ("organisation of islamic cooperation", "oic"),
    ("organization of islamic cooperation", "oic"),
    ("organisation de la cooperation islamique", "oic"),
    ("منظمة التعاون الاسلامي", "oic"),
    ("gulf cooperation council", "gcc"),
    ("cooperation council for the arab states of the gulf", "gcc"),
    ("مجلس التعاون لدول الخليج", "gcc"),
    ("group of landlocked developing countries", "lldcs"),
    ("landlocked developing countries", "lldcs"),
    ("latin american and caribbean", "grulac"),
    ("grulac", "grulac"),
    ("de-alerting group", "de-alerting"),
    ("vienna group of ten", "vienna-ten"),
    ("eastern european group", "eeg"),
    ("western european and others", "weog"),
    ("five permanent members", "p5"),
    ("central asian states", "central-asian-five"),
    ("five central asian", "central-asian-five"),
];

/// Phrases for speaking on behalf of others.
const BEHALF: &[&str] =
    &["on behalf of", "au nom d", "en nombre d", "em nome d", "от имени", "باسم", "نيابة عن", "بالنيابة عن", "代表"];

/// How far after such a phrase a group must be named, in characters.
const BETWEEN: usize = 70;

/// How many blocks of the text are searched; speakers begin by saying for whom they speak.
const FIRST: usize = 8;

/// Phrases by which speakers refer to their own statement, folded.
const OWN: &[&str] = &[
    "i have the honour",
    "i have the honor",
    "honour to",
    "honor to",
    "i am delivering",
    "i deliver",
    "i speak",
    "i am speaking",
    "i take the floor",
    "taking the floor",
    "i make this",
    "i am making",
    "speaking",
    "delivering this",
    "this statement is",
    "pleased to",
    "privilege",
    "i am honoured",
    "i wish to",
    "j'ai l'honneur",
    "honneur",
    "je prends la parole",
    "je m'exprime",
    "j'interviens",
    "tengo el honor",
    "honor de",
    "intervengo",
    "hago uso de la palabra",
    "pronuncio",
    "tenho a honra",
    "имею честь",
    "выступаю",
    "выступить",
    "يشرفني",
    "يسعدني",
    "ادلي",
    "القي",
    "我谨",
    "我荣幸",
];

/// Phrases by which speakers refer to the statement of others, folded.
const OTHERS: &[&str] = &[
    "align",
    "associat",
    "endorse",
    "subscribe",
    "delivered by",
    "made by",
    "to be delivered",
    "read by",
    "presented by",
    "s'associe",
    "souscri",
    "prononcee par",
    "faite par",
    "se suma",
    "se adhiere",
    "hace suya",
    "pronunciada por",
    "formulada por",
    "присоединя",
    "сделанн",
    "تؤيد",
    "تنضم",
    "الذي القاه",
    "赞同",
];

/// Finds on whose behalf a text is delivered.
pub(super) fn find(mended: &Mended, head: &Head, names: &Names) -> Option<Found> {
    let mut found: Vec<(Vec<String>, u32)> = Vec::new();
    for (i, block) in mended.blocks.iter().take(head.blocks.len() + FIRST).enumerate() {
        let folded = fold(&block.text);
        for (at, words) in BEHALF.iter().flat_map(|words| folded.match_indices(words)) {
            let sentence = folded[..at].rsplit(['.', '!', '?', ';']).next().unwrap_or_default();
            let rest = &folded[at + words.len()..];
            let rest = &rest[..rest.find(['.', '!', '?', ';']).unwrap_or(rest.len())];
            // `on behalf of` in the text itself may be about others: "we align ourselves with the statement delivered
            // on behalf of …".
            let above = i < head.blocks.len();
            let own = above || OWN.iter().any(|words| sentence.contains(words));
            if own && !OTHERS.iter().any(|words| sentence.contains(words)) {
                found.push((codes(rest, names), block.line));
            }
        }
    }
    found.retain(|(codes, _)| !codes.is_empty());
    let (codes, line) = found.first()?;
    let sure = found.iter().all(|(other, _)| other.iter().all(|code| codes.contains(code)));
    let evidence = format!("line {line}: speaks on their behalf");
    Some(Found { key: "on_behalf_of", value: format!("[{}]", codes.join(", ")), evidence, sure })
}

/// Returns the groups that are named first, or the states that are listed; a single state is the one that speaks.
fn codes(rest: &str, names: &Names) -> Vec<String> {
    let near: usize = rest.char_indices().nth(BETWEEN).map_or(rest.len(), |(at, _)| at);
    let mut groups: Vec<(usize, &str)> = Vec::new();
    for (name, code) in GROUPS {
        let Some(at) = rest[..near].find(name) else { continue };
        // `asean` must not be found in a longer word; `shanghai cooperation organi` covers both spellings.
        let word = !name.is_ascii()
            || !rest[at + name.len()..].starts_with(|c: char| c.is_alphabetic())
            || name.ends_with("organi");
        if word && !rest[..at].ends_with(|c: char| c.is_alphabetic() && name.is_ascii()) {
            groups.push((at, code));
        }
    }
    groups.sort_unstable();
    if let Some((at, code)) = groups.first() {
        let others =
            groups.iter().skip(1).filter(|(_, other)| other != code && (*code, *other) != ("nordic-baltic", "nordic"));
        let mut codes = vec![(*code).to_owned()];
        // `the African Group and the Arab Group`
        codes.extend(
            others.filter(|(other, _)| rest[*at..*other].contains(" and ")).map(|(_, code)| (*code).to_owned()),
        );
        return codes;
    }
    // No group: states in a list, `Kenya, Uganda and Ghana`, that begins near and is not interrupted.
    let mentions = names.mentions_folded(rest);
    let mut codes: Vec<String> = Vec::new();
    let mut end = None;
    for mention in mentions {
        if end.is_some_and(|end| !is_list(&rest[end..mention.at.start])) || end.is_none() && mention.at.start > near {
            break;
        }
        end = Some(mention.at.end);
        if !codes.iter().any(|code| code == mention.code) {
            codes.push(mention.code.to_owned());
        }
    }
    if codes.len() > 1 { codes } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::knowing::tests::mended;

    #[test]
    fn on_whose_behalf_a_text_is_delivered_is_printed_above_or_said_first() {
        for (language, blocks, expect) in [
            ("en", &["Statement by Egypt", "on behalf of the Non-Aligned Movement", "Mr. Chair,"][..], Some("[nam]")),
            (
                "en",
                &["Mr. Chair,", "I have the honour to speak on behalf of the Group of African States."],
                Some("[african-group]"),
            ),
            (
                "en",
                &["Mr. Chair,", "I have the honour to speak on behalf of the European Union and its Member States."],
                Some("[EU]"),
            ),
            (
                "en",
                &[
                    "Mr. Chair,",
                    "I have the honour to deliver this statement on behalf of the following States: Austria, Brazil, Ireland and my own country, Mexico.",
                ],
                Some("[AUT, BRA, IRL, MEX]"),
            ),
            ("en", &["Statement by Kenya on behalf of Ghana, Kenya and Togo", "Mr. Chair,"], Some("[GHA, KEN, TGO]")),
            (
                "en",
                &[
                    "Mr. Chair,",
                    "Kenya aligns itself with the statement delivered by Egypt on behalf of the Non-Aligned Movement.",
                ],
                None,
            ),
            ("en", &["Mr. Chair,", "I have the honour to thank you on behalf of Kenya."], None),
            ("en", &["Mr. Chair,", "Others have spoken on behalf of the Arab Group."], None),
            (
                "fr",
                &["Monsieur le Président,", "J'ai l'honneur de prendre la parole au nom du Groupe arabe."],
                Some("[arab-group]"),
            ),
            (
                "es",
                &["Señor Presidente:", "Tengo el honor de intervenir en nombre del Movimiento de Países No Alineados."],
                Some("[nam]"),
            ),
            (
                "ru",
                &["Господин Председатель,", "Имею честь выступить от имени государств – членов ОДКБ."],
                Some("[csto]"),
            ),
            ("ar", &["السيد الرئيس،", "يشرفني أن ألقي هذا البيان باسم المجموعة العربية."], Some("[arab-group]")),
        ] {
            let mended = mended(blocks);
            let found = find(&mended, &Head::of(&mended), &Names::of(language));
            assert_eq!(found.as_ref().map(|found| found.value.as_str()), expect, "{blocks:?}");
            assert!(found.is_none_or(|found| found.sure), "{blocks:?}");
        }
    }
}
