//! The head of a text -> the forum in which it was delivered.

use super::head::Head;
use crate::import::known::Found;

/// Names of forums, folded, and their codes.
const FORUMS: &[(&str, &str)] = &[
    ("first committee", "unga-c1"),
    ("premiere commission", "unga-c1"),
    ("primera comision", "unga-c1"),
    ("primeira comissao", "unga-c1"),
    ("первого комитета", "unga-c1"),
    ("первом комитете", "unga-c1"),
    ("первыи комитет", "unga-c1"),
    ("اللجنة الاولى", "unga-c1"),
    ("第一委员会", "unga-c1"),
    ("联大一委", "unga-c1"),
    ("second committee", "unga-c2"),
    ("deuxieme commission", "unga-c2"),
    ("segunda comision", "unga-c2"),
    ("второго комитета", "unga-c2"),
    ("втором комитете", "unga-c2"),
    ("اللجنة الثانية", "unga-c2"),
    ("第二委员会", "unga-c2"),
    ("联大二委", "unga-c2"),
    ("third committee", "unga-c3"),
    ("troisieme commission", "unga-c3"),
    ("tercera comision", "unga-c3"),
    ("третьего комитета", "unga-c3"),
    ("третьем комитете", "unga-c3"),
    ("اللجنة الثالثة", "unga-c3"),
    ("第三委员会", "unga-c3"),
    ("联大三委", "unga-c3"),
    ("fourth committee", "unga-c4"),
    ("quatrieme commission", "unga-c4"),
    ("cuarta comision", "unga-c4"),
    ("четвертого комитета", "unga-c4"),
    ("четвертом комитете", "unga-c4"),
    ("اللجنة الرابعة", "unga-c4"),
    ("第四委员会", "unga-c4"),
    ("联大四委", "unga-c4"),
    ("fifth committee", "unga-c5"),
    ("cinquieme commission", "unga-c5"),
    ("quinta comision", "unga-c5"),
    ("пятого комитета", "unga-c5"),
    ("пятом комитете", "unga-c5"),
    ("اللجنة الخامسة", "unga-c5"),
    ("第五委员会", "unga-c5"),
    ("联大五委", "unga-c5"),
    ("sixth committee", "unga-c6"),
    ("sixieme commission", "unga-c6"),
    ("sexta comision", "unga-c6"),
    ("шестого комитета", "unga-c6"),
    ("шестом комитете", "unga-c6"),
    ("اللجنة السادسة", "unga-c6"),
    ("第六委员会", "unga-c6"),
    ("联大六委", "unga-c6"),
    ("conference on disarmament", "cd"),
    ("conference du desarmement", "cd"),
    ("conferencia de desarme", "cd"),
    ("конференции по разоружению", "cd"),
    ("конференция по разоружению", "cd"),
    ("مؤتمر نزع السلاح", "cd"),
    ("裁军谈判会议", "cd"),
    ("裁谈会", "cd"),
    ("npt review conference", "npt"),
    ("npt prepcom", "npt"),
    ("npt preparatory committee", "npt"),
    ("treaty on the non-proliferation of nuclear weapons", "npt"),
    ("traite sur la non-proliferation des armes nucleaires", "npt"),
    ("tratado sobre la no proliferacion de las armas nucleares", "npt"),
    ("договора о нераспространении ядерного оружия", "npt"),
    ("договор о нераспространении ядерного оружия", "npt"),
    ("معاهدة عدم انتشار الاسلحة النووية", "npt"),
    ("不扩散核武器条约", "npt"),
    ("disarmament commission", "undc"),
    ("commission du desarmement", "undc"),
    ("comision de desarme", "undc"),
    ("комиссии по разоружению", "undc"),
    ("هيية نزع السلاح", "undc"),
    ("裁军审议委员会", "undc"),
    ("security council", "unsc"),
    ("conseil de securite", "unsc"),
    ("consejo de seguridad", "unsc"),
    ("conselho de seguranca", "unsc"),
    ("совета безопасности", "unsc"),
    ("совете безопасности", "unsc"),
    ("совет безопасности", "unsc"),
    ("مجلس الامن", "unsc"),
    ("安全理事会", "unsc"),
    ("安理会", "unsc"),
    ("human rights council", "hrc"),
    ("conseil des droits de l'homme", "hrc"),
    ("consejo de derechos humanos", "hrc"),
    ("совета по правам человека", "hrc"),
    ("совете по правам человека", "hrc"),
    ("مجلس حقوق الانسان", "hrc"),
    ("人权理事会", "hrc"),
    ("economic and social council", "ecosoc"),
    ("conseil economique et social", "ecosoc"),
    ("consejo economico y social", "ecosoc"),
    ("экономического и социального совета", "ecosoc"),
    ("المجلس الاقتصادي والاجتماعي", "ecosoc"),
    ("经济及社会理事会", "ecosoc"),
    ("committee on the peaceful uses of outer space", "copuos"),
    ("copuos", "copuos"),
    ("utilisations pacifiques de l'espace", "copuos"),
    ("utilizacion del espacio ultraterrestre con fines pacificos", "copuos"),
    ("использованию космического пространства в мирных целях", "copuos"),
    ("和平利用外层空间委员会", "copuos"),
    ("iaea general conference", "iaea-gc"),
    ("general conference of the iaea", "iaea-gc"),
    ("general conference of the international atomic energy agency", "iaea-gc"),
    ("emergency special session", "unga-es"),
    ("special session of the general assembly", "unga-ss"),
    ("general assembly", "unga"),
    ("unga", "unga"),
    ("assemblee generale", "unga"),
    ("asamblea general", "unga"),
    ("assembleia geral", "unga"),
    ("генеральнои ассамблеи", "unga"),
    ("генеральная ассамблея", "unga"),
    ("генассамблеи", "unga"),
    ("الجمعية العامة", "unga"),
    ("للجمعية العامة", "unga"),
    ("联合国大会", "unga"),
    ("联大", "unga"),
];

/// Words before a forum's name that make it a subject of the text rather than its place.
const ABOUT_BEFORE: &[&str] = &[
    "reform of the",
    "report of the",
    "reforme du",
    "rapport du",
    "reforma del",
    "informe del",
    "on the",
    "president of the",
    "role of the",
    "member of the",
    "candidature to the",
];
/// Words after a forum's name that do the same.
const ABOUT_AFTER: &[&str] = &[" reform", " resolution", " candidature", " hall"];

/// Finds the forum: the only one named in the head, a committee taking precedence over its parent body.
pub(super) fn forum(head: &Head) -> Option<Found> {
    let mut found: Vec<(&str, usize)> = Vec::new();
    for (name, code) in FORUMS {
        for (at, _) in head.folded.match_indices(name) {
            let (before, after) = (&head.folded[..at], &head.folded[at + name.len()..]);
            // In scripts with spaces a name must be whole words: `unga` must not be found in `Hungary` after folding.
            let whole =
                !name.is_ascii() || !before.ends_with(char::is_alphabetic) && !after.starts_with(char::is_alphabetic);
            // "Reform of the Security Council" is a topic of the General Assembly, not a meeting of the Council.
            let about = ABOUT_BEFORE.iter().any(|words| before.trim_end().ends_with(words))
                && *code != "unga-es"
                && *code != "unga-ss"
                || ABOUT_AFTER.iter().any(|words| after.starts_with(words));
            if whole && !about {
                found.push((code, at));
            }
        }
    }
    found.sort_by_key(|(code, at)| (*at, *code));
    // The First Committee is part of the General Assembly, and heads name both.
    let parts = found.iter().any(|(code, _)| code.starts_with("unga-"));
    if parts {
        found.retain(|(code, _)| *code != "unga");
    }
    let (code, at) = *found.first()?;
    // Several forums in a head, or the NPT without a conference, leave it open where the text was delivered.
    let sure = found.iter().all(|(other, _)| *other == code) && (code != "npt" || is_npt_meeting(&head.folded));
    let line = head.line(at);
    let evidence = if sure {
        format!("line {line}: {}", head.block(at))
    } else {
        format!("line {line}; it may be named for another reason")
    };
    Some(Found { key: "forum", value: code.to_owned(), evidence, sure })
}

/// Returns whether a conference on the NPT is named, and not only the treaty.
fn is_npt_meeting(folded: &str) -> bool {
    [
        "review conference",
        "preparatory committee",
        "prepcom",
        "conference d'examen",
        "comite preparatoire",
        "conferencia de examen",
        "conferencia de las partes",
        "comite preparatorio",
        "комитета",
        "конференции",
        "审议大会",
        "筹备委员会",
        "المؤتمر",
        "مؤتمر",
        "اللجنة التحضيرية",
    ]
    .iter()
    .any(|words| folded.contains(words))
}
