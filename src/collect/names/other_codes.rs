//! Codes of states in lists other than ISO 3166-1 -> their ISO 3166-1 codes, in lower case.
//!
//! People know the codes of the International Olympic Committee, and abbreviations such as `ROK`. Most of these resemble
//! the code of another state: `GER` that of the United Kingdom, `SUI` that of Suriname.

/// Codes that differ from the state's ISO 3166-1 code and that ISO 3166-1 assigns to no other state. Codes used for two
/// states are left out.
const OTHER_CODES: &[(&str, &str)] = &[
    ("alg", "dza"),
    ("ang", "ago"),
    ("bah", "bhs"),
    ("ban", "bgd"),
    ("bar", "brb"),
    ("bhu", "btn"),
    ("biz", "blz"),
    ("bot", "bwa"),
    ("bru", "brn"),
    ("bul", "bgr"),
    ("cam", "khm"),
    ("car", "caf"),
    ("cgo", "cog"),
    ("cha", "tcd"),
    ("chi", "chl"),
    ("crc", "cri"),
    ("cro", "hrv"),
    ("den", "dnk"),
    ("drc", "cod"),
    ("esa", "slv"),
    ("fij", "fji"),
    ("gam", "gmb"),
    ("gbs", "gnb"),
    ("geq", "gnq"),
    ("ger", "deu"),
    ("gre", "grc"),
    ("grn", "grd"),
    ("gua", "gtm"),
    ("gui", "gin"),
    ("hai", "hti"),
    ("hon", "hnd"),
    ("ina", "idn"),
    ("iri", "irn"),
    ("ksa", "sau"),
    ("kuw", "kwt"),
    ("lat", "lva"),
    ("lba", "lby"),
    ("les", "lso"),
    ("mad", "mdg"),
    ("mas", "mys"),
    ("maw", "mwi"),
    ("mgl", "mng"),
    ("mon", "mco"),
    ("mri", "mus"),
    ("mtn", "mrt"),
    ("mya", "mmr"),
    ("nca", "nic"),
    ("ned", "nld"),
    ("nep", "npl"),
    ("ngr", "nga"),
    ("nig", "ner"),
    ("oma", "omn"),
    ("par", "pry"),
    ("phi", "phl"),
    ("ple", "pse"),
    ("por", "prt"),
    ("rok", "kor"),
    ("rsa", "zaf"),
    ("sam", "wsm"),
    ("sey", "syc"),
    ("skn", "kna"),
    ("slo", "svn"),
    ("sol", "slb"),
    ("sri", "lka"),
    ("sud", "sdn"),
    ("sui", "che"),
    ("tan", "tza"),
    ("tga", "ton"),
    ("tog", "tgo"),
    ("tri", "tto"),
    ("uru", "ury"),
    ("van", "vut"),
    ("vie", "vnm"),
    ("vin", "vct"),
    ("zam", "zmb"),
    ("zim", "zwe"),
];

/// Returns the ISO 3166-1 code of the state that another list knows by this code; both are in lower case.
pub(super) fn state(code: &str) -> Option<&'static str> {
    OTHER_CODES.iter().find(|(other, _)| *other == code).map(|(_, state)| *state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shipped;

    #[test]
    fn every_code_leads_to_a_state_and_is_not_an_iso_code() {
        for (other, state) in OTHER_CODES {
            assert!(shipped::delegations().iter().any(|row| row.code.eq_ignore_ascii_case(state)), "{state}");
            assert!(shipped::codes().iter().all(|codes| !codes.alpha3.eq_ignore_ascii_case(other)), "{other}");
            assert_eq!(OTHER_CODES.iter().filter(|(code, _)| code == other).count(), 1, "{other}");
        }
    }
}
