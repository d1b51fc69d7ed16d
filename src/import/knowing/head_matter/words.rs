//! Words, folded, that distinguish a line above a text from a line of the text. Each list is one string, separated by
//! `|`.

/// Beginnings of salutations, in more languages than those of the United Nations.
pub(super) const ADDRESSES: &str = "\
    mr. president|mr president|madam president|madame president|mr. chair|mr chair|madam chair|\
    mr. secretary|mr secretary|your excellenc|excellenc|your majest|your highness|your royal|\
    distinguished|ladies and|dear |esteemed|honourable members|honourable delegates|\
    honourable president|heads of state|heads of delegation|fellow |monsieur le |madame la |messieurs|\
    mesdames|senor presidente|senora presidenta|senor secretario|senora secretaria|senoras |senores |\
    estimad|distinguid|excelencias|excelentisim|senhor presidente|senhora presidente|senhoras |\
    excelencia,|господин председател|госпожа председател|господин генеральн|уважаем|\
    ваши превосходительства|ваше превосходительство|дамы и господа|السيد الرييس|السيدة الرييسة|\
    السيد رييس|السيدات والسادة|سيدي الرييس|اصحاب |主席|尊敬的|各位|女士们|诸位|herr prasident|frau prasidentin|\
    exzellenzen|sehr geehrte|meine damen|signor presidente|signora presidente|eccellenz|sayin |\
    اقاي رييس|جناب |議長|yang mulia|mheshimiwa";

/// Greetings and prayers that open speeches.
pub(super) const GREETINGS: &str = "\
    bismillah|in the name of god|in the name of allah|in the name of the almighty|au nom de dieu|\
    en el nombre de dios|assalam|as-salam|salam |salaam|السلام عليكم|good morning|good afternoon|\
    good evening|good day|greetings|bonjour|bonsoir|buenos dias|buenas tardes|buenas noches|bom dia|\
    boa tarde|shalom|namaste|aloha|talofa|kia ora|bula |malo |alii |hello|guten tag|guten morgen|\
    добрыи день|доброе утро|здравствуите|您好|大家好|早上好|下午好|مساء الخير|صباح الخير|thank you";

/// Beginnings of sentences that are spoken and never printed above a speech.
pub(super) const OPENERS: &str = "\
    thank |thanks|i |i'm |we |let me|allow me|permit me|it is |it's |at the outset|first of all|as we |\
    merci|je |j'|nous |permettez|c'est |tout d'abord|gracias|muchas gracias|quiero|quisiera|agradezco|\
    permitame|permitanme|deseo |es un |ante todo|obrigad|agradeco|спасибо|благодар|позвольте|\
    прежде всего|я |мы |شكرا|اسمحوا|يسرني|يشرفني|اود |谢谢|感谢|我|首先|ich |wir |danke|congratulations|\
    felicitations|felicitaciones";

/// Words of the first person.
pub(super) const FIRST_PERSON: &str = "\
    i|i'm|i've|we|my|our|us|me|je|j'ai|j'adresse|nous|notre|nos|mon|ma|mes|yo|nosotros|nuestra|nuestro|\
    nuestras|nuestros|mi|mis|eu|nosso|nossa|nossos|meu|minha|я|мы|наш|наша|наше|наши|нашеи|нашего|нас|\
    мои|моя|мое|моеи|نحن|ich|wir|unser|unsere|mein|meine";

/// What comes before the theme of a speech.
pub(super) const THEMES: &str = "\
    theme:|theme :|theme of|theme –|theme -|theme “|theme \"|under the theme|on the theme|the theme|\
    thema:|sous le theme|sur le theme|theme «|tema:|tema :|bajo el tema|bajo el lema|lema:|sobre o tema|\
    sob o tema|тема:|на тему|по теме|الموضوع|موضوع|تحت شعار|تحت عنوان|主题|topic:|subject:|objet :|objet:|\
    asunto:|re:";

/// Headings of the first part of a speech.
pub(super) const HEADINGS: &str = "\
    introduction|introduccion|introducao|введение|المقدمة|مقدمة|引言|导言|前言|einleitung|preamble|preambule|\
    preambulo|opening|overview|summary|part|part i|part one|parte|parte i|partie|partie i|\
    premiere partie|primera parte";

/// Notes on a text that are not part of it.
pub(super) const NOTES: &str = "\
    embargo|for immediate release|translation|traduction|traduccion|traducao|перевод|ترجمة|译文|\
    original: |original : |speaking time|temps de parole|tiempo de lectura|tiempo de intervencion|\
    dauer:|turno por|check against|final version|version finale|not for circulation|advance copy|\
    courtesy copy|delivered by|prononce par|pronunciado por|предоставлено|произнес";

/// Offices, honorifics and states, by part of the word.
pub(super) const OFFICES: &str = "\
    minister|ministre|ministro|ministra|министр|وزير|ambassador|ambassadeur|ambassadrice|embajador|\
    embaixador|посол|посла|سفير|representative|representant|представител|المندوب|ممثل|代表|大使|部长|\
    president|президент|رييس|总统|主席|secretary|secretaire|secretari|chancellor|canciller|chancelier|\
    head of delegation|chef de|jefe de|charge d'affaires|counsellor|conseiller|consejer|adviser|advisor|\
    attache|excellency|excellence|excelencia|majesty|majeste|majestad|highness|altesse|alteza|\
    honourable|honorable|director|governor|premier|republic|kingdom|republique|royaume|republica|reino|\
    республик|королевств|جمهورية|مملكة|共和国|王国|delegation|delegacion|delegacao|делегаци|وفد|government|\
    gouvernement|gobierno|governo|behalf of|au nom d|en nombre de|em nome d|от имени|نيابة|agenda item|\
    point de l'ordre|tema del programa|пункт|البند|议程|cluster|thematic d|debat thematique|\
    debate tematico|prepcom|expert|professor|envoy";

/// Places where the United Nations meets.
pub(super) const PLACES: &str = "\
    new york|nueva york|nova york|new-york|geneva|geneve|ginebra|genebra|vienna|vienne|viena|wien|genf|\
    the hague|la haye|la haya|nairobi|paris|rome|washington|нью-иорк|женева|вена|гаага|نيويورك|جنيف|\
    فيينا|لاهاي|纽约|紐約|日内瓦|日內瓦|维也纳|united nations|un headquarters|unga|un general|nations unies|\
    naciones unidas|nacoes unidas|general assembly hall|trusteeship council|conference room|\
    palais des nations|организация объединенных|оон|الامم المتحدة|联合国";

/// Words for people who only ever listen.
pub(super) const LISTENERS: &str = "\
    excellencies|excellences|excelencias|delegates|colleagues|ladies|gentlemen|friends|mesdames|messieurs|\
    delegues|collegues|delegados|delegadas|colegas|senoras|senhoras|коллеги|господа|делегаты|السادة|السيدات|الزملاء|\
    damen|herren|kolleginnen|exzellenzen";

/// Honorifics before the office of a presiding officer.
pub(super) const HONORIFICS: &str = "\
    mr|mrs|ms|mdm|madam|madame|mme|m|monsieur|sir|dear|respected|honourable|senor|senora|sr|sra|senhor|\
    senhora|herr|frau|signor|signora|господин|госпожа|السيد|السيدة";

/// Offices of people who preside.
pub(super) const PRESIDING: &str = "\
    president|presdient|chair|chairman|chairperson|chairwoman|speaker|moderator|facilitator|presidente|\
    presidenta|prasident|prasidentin|председатель|الرييس|الرييسة";

/// Returns the words of a list.
pub(super) fn of(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split('|')
}
