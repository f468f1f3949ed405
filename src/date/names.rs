//! The names of months and days of the week, by language.

use std::borrow::Cow;
use std::sync::LazyLock;

use jiff::civil::Weekday;
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A language in which dates are read and written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Language(u8);

/// For each language its months and its days of the week from Monday. Of each, in this order: the name as it stands in a
/// date, its abbreviation, and further spellings. Sources: Unicode CLDR 46, and what newspapers print.
#[rustfmt::skip]
static LANGUAGES: [(&str, [&str; 12], [&str; 7]); 23] = [
    ("en",
        ["January Jan", "February Feb Febr", "March Mar", "April Apr", "May May", "June Jun", "July Jul", "August Aug",
         "September Sep Sept", "October Oct", "November Nov", "December Dec"],
        ["Monday Mon", "Tuesday Tue Tues", "Wednesday Wed Weds", "Thursday Thu Thur Thurs", "Friday Fri", "Saturday Sat",
         "Sunday Sun"]),
    ("de",
        ["Januar Jan Jänner Jaenner", "Februar Feb Feber", "März Mär Maerz Mrz", "April Apr", "Mai Mai", "Juni Jun", "Juli Jul",
         "August Aug", "September Sep Sept", "Oktober Okt", "November Nov", "Dezember Dez"],
        ["Montag Mo Mon", "Dienstag Di", "Mittwoch Mi", "Donnerstag Do Don", "Freitag Fr Fre",
         "Samstag Sa Sam Sonnabend", "Sonntag So Son"]),
    ("fr",
        ["janvier janv", "février févr fév", "mars mars", "avril avr", "mai mai", "juin juin", "juillet juil", "août août aou",
         "septembre sept", "octobre oct", "novembre nov", "décembre déc"],
        ["lundi lun", "mardi mar", "mercredi mer", "jeudi jeu", "vendredi ven", "samedi sam", "dimanche dim"]),
    ("es",
        ["enero ene", "febrero feb", "marzo mar", "abril abr", "mayo may", "junio jun", "julio jul", "agosto ago",
         "septiembre sept setiembre sep set", "octubre oct", "noviembre nov", "diciembre dic"],
        ["lunes lun", "martes mar", "miércoles mié", "jueves jue", "viernes vie", "sábado sáb", "domingo dom"]),
    ("it",
        ["gennaio gen", "febbraio feb", "marzo mar", "aprile apr", "maggio mag", "giugno giu", "luglio lug", "agosto ago",
         "settembre set sett", "ottobre ott", "novembre nov", "dicembre dic"],
        ["lunedì lun", "martedì mar", "mercoledì mer", "giovedì gio", "venerdì ven", "sabato sab", "domenica dom"]),
    ("nl",
        ["januari jan", "februari feb", "maart mrt", "april apr", "mei mei", "juni jun", "juli jul", "augustus aug",
         "september sep sept", "oktober okt", "november nov", "december dec"],
        ["maandag ma", "dinsdag di", "woensdag wo", "donderdag do", "vrijdag vr", "zaterdag za", "zondag zo"]),
    ("pt",
        ["janeiro jan", "fevereiro fev", "março mar", "abril abr", "maio mai", "junho jun", "julho jul", "agosto ago",
         "setembro set", "outubro out", "novembro nov", "dezembro dez"],
        ["segunda-feira seg segunda", "terça-feira ter terça", "quarta-feira qua quarta", "quinta-feira qui quinta",
         "sexta-feira sex sexta", "sábado sáb", "domingo dom"]),
    ("sv",
        ["januari jan", "februari feb", "mars mars mar", "april apr", "maj maj", "juni juni jun", "juli juli jul",
         "augusti aug", "september sep sept", "oktober okt", "november nov", "december dec"],
        ["måndag mån", "tisdag tis", "onsdag ons", "torsdag tors tor", "fredag fre", "lördag lör", "söndag sön"]),
    ("da",
        ["januar jan", "februar feb", "marts mar", "april apr", "maj maj", "juni jun", "juli jul", "august aug",
         "september sep sept", "oktober okt", "november nov", "december dec"],
        ["mandag man", "tirsdag tir tirs", "onsdag ons", "torsdag tor tors", "fredag fre", "lørdag lør", "søndag søn"]),
    ("no",
        ["januar jan", "februar feb", "mars mars mar", "april apr", "mai mai", "juni juni jun", "juli juli jul", "august aug",
         "september sep sept", "oktober okt", "november nov", "desember des"],
        ["mandag man", "tirsdag tir tirs", "onsdag ons", "torsdag tor tors", "fredag fre", "lørdag lør", "søndag søn"]),
    ("pl",
        ["stycznia sty styczeń", "lutego lut luty", "marca mar marzec", "kwietnia kwi kwiecień", "maja maj", "czerwca cze czerwiec",
         "lipca lip lipiec", "sierpnia sie sierpień", "września wrz wrzesień", "października paź październik",
         "listopada lis listopad", "grudnia gru grudzień"],
        ["poniedziałek pon pn", "wtorek wt", "środa śr środę", "czwartek czw", "piątek pt", "sobota sob sobotę",
         "niedziela niedz nd ndz niedzielę"]),
    ("ru",
        ["января янв январь", "февраля февр фев февраль", "марта мар март", "апреля апр апрель", "мая май", "июня июн июнь",
         "июля июл июль", "августа авг август", "сентября сент сен сентябрь", "октября окт октябрь",
         "ноября нояб ноя ноябрь", "декабря дек декабрь"],
        ["понедельник пн", "вторник вт", "среда ср среду", "четверг чт", "пятница пт пятницу", "суббота сб субботу",
         "воскресенье вс"]),
    ("tr",
        ["Ocak Oca", "Şubat Şub", "Mart Mar", "Nisan Nis", "Mayıs May", "Haziran Haz", "Temmuz Tem", "Ağustos Ağu",
         "Eylül Eyl", "Ekim Eki", "Kasım Kas", "Aralık Ara"],
        ["Pazartesi Pzt", "Salı Sal", "Çarşamba Çar", "Perşembe Per", "Cuma Cum", "Cumartesi Cmt", "Pazar Paz"]),
    ("cs",
        ["ledna led leden", "února úno únor", "března bře březen", "dubna dub duben", "května kvě květen", "června čvn červen",
         "července čvc červenec", "srpna srp srpen", "září zář", "října říj říjen", "listopadu lis listopad",
         "prosince pro prosinec"],
        ["pondělí po", "úterý út", "středa st středu", "čtvrtek čt", "pátek pá", "sobota sobotu", "neděle ne neděli"]),
    ("uk",
        ["січня січ січень", "лютого лют лютий", "березня бер березень", "квітня кві квітень", "травня тра травень",
         "червня чер червень", "липня лип липень", "серпня сер серпень", "вересня вер вересень", "жовтня жов жовтень",
         "листопада лис листопад", "грудня гру грудень"],
        ["понеділок пн", "вівторок вт", "середа ср середу", "четвер чт", "пʼятниця пт пʼятницю", "субота сб суботу",
         "неділя нд неділю"]),
    ("el",
        ["Ιανουαρίου Ιαν Ιανουάριος", "Φεβρουαρίου Φεβ Φεβρουάριος", "Μαρτίου Μαρ Μάρτιος", "Απριλίου Απρ Απρίλιος",
         "Μαΐου Μαΐ Μάιος", "Ιουνίου Ιουν Ιούνιος", "Ιουλίου Ιουλ Ιούλιος", "Αυγούστου Αυγ Αύγουστος",
         "Σεπτεμβρίου Σεπ Σεπτέμβριος", "Οκτωβρίου Οκτ Οκτώβριος", "Νοεμβρίου Νοε Νοέμβριος", "Δεκεμβρίου Δεκ Δεκέμβριος"],
        ["Δευτέρα Δευ", "Τρίτη Τρί", "Τετάρτη Τετ", "Πέμπτη Πέμ", "Παρασκευή Παρ", "Σάββατο Σάβ", "Κυριακή Κυρ"]),
    ("fi",
        ["tammikuuta tammi tammikuu", "helmikuuta helmi helmikuu", "maaliskuuta maalis maaliskuu", "huhtikuuta huhti huhtikuu",
         "toukokuuta touko toukokuu", "kesäkuuta kesä kesäkuu", "heinäkuuta heinä heinäkuu", "elokuuta elo elokuu",
         "syyskuuta syys syyskuu", "lokakuuta loka lokakuu", "marraskuuta marras marraskuu", "joulukuuta joulu joulukuu"],
        ["maanantai ma maanantaina", "tiistai ti tiistaina", "keskiviikko ke keskiviikkona", "torstai to torstaina",
         "perjantai pe perjantaina", "lauantai la lauantaina", "sunnuntai su sunnuntaina"]),
    ("hu",
        ["január jan", "február febr feb", "március márc", "április ápr", "május máj", "június jún", "július júl",
         "augusztus aug", "szeptember szept", "október okt", "november nov", "december dec"],
        ["hétfő", "kedd", "szerda", "csütörtök", "péntek", "szombat", "vasárnap"]),
    ("ro",
        ["ianuarie ian", "februarie feb", "martie mar", "aprilie apr", "mai mai", "iunie iun", "iulie iul", "august aug",
         "septembrie sept", "octombrie oct", "noiembrie nov noi", "decembrie dec"],
        ["luni", "marți", "miercuri", "joi", "vineri", "sâmbătă", "duminică"]),
    ("ca",
        ["gener gen", "febrer febr", "març març", "abril abr", "maig maig", "juny juny", "juliol jul", "agost ag",
         "setembre set", "octubre oct", "novembre nov", "desembre des"],
        ["dilluns", "dimarts", "dimecres", "dijous", "divendres", "dissabte", "diumenge"]),
    ("id",
        ["Januari Jan", "Februari Feb", "Maret Mar", "April Apr", "Mei Mei", "Juni Jun", "Juli Jul", "Agustus Agu",
         "September Sep", "Oktober Okt", "November Nov", "Desember Des"],
        ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]),
    ("ar",
        ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"],
        ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]),
    ("he",
        ["ינואר ינו׳ בינואר", "פברואר פבר׳ בפברואר", "מרץ מרץ במרץ", "אפריל אפר׳ באפריל", "מאי מאי במאי", "יוני יוני ביוני",
         "יולי יולי ביולי", "אוגוסט אוג׳ באוגוסט", "ספטמבר ספט׳ בספטמבר", "אוקטובר אוק׳ באוקטובר", "נובמבר נוב׳ בנובמבר",
         "דצמבר דצמ׳ בדצמבר"],
        ["שני", "שלישי", "רביעי", "חמישי", "שישי", "שבת", "ראשון"]),
];

/// A set of languages, a bit each.
pub(super) type Languages = u32;

/// What a word can name.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Name {
    /// A month, 1 to 12, and the languages that call it so.
    pub month: Option<(i8, Languages)>,
    /// A day of the week, and the languages that call it so.
    pub weekday: Option<(Weekday, Languages)>,
}

/// What `word`, folded, names.
pub(super) fn look_up(folded: &str) -> Name {
    NAMES.get(folded).copied().unwrap_or_default()
}

static NAMES: LazyLock<FxHashMap<Cow<str>, Name>> = LazyLock::new(|| {
    let mut names: FxHashMap<Cow<str>, Name> = FxHashMap::default();
    for (language, (_, months, weekdays)) in LANGUAGES.iter().enumerate() {
        let bit = 1 << language;
        for (month, spellings) in (1..).zip(months) {
            for word in spellings.split(' ') {
                let name = names.entry(fold(word)).or_default();
                debug_assert!(name.month.is_none_or(|(known, _)| known == month), "{word} names two months");
                name.month = Some((month, name.month.map_or(0, |(_, languages)| languages) | bit));
            }
        }
        for (day, spellings) in Weekday::Monday.cycle_forward().zip(weekdays) {
            for word in spellings.split(' ') {
                let name = names.entry(fold(word)).or_default();
                debug_assert!(name.weekday.is_none_or(|(known, _)| known == day), "{word} names two days");
                name.weekday = Some((day, name.weekday.map_or(0, |(_, languages)| languages) | bit));
            }
        }
    }
    names
});

/// `word` in lower case and without accents, which people leave out and systems decompose.
pub(super) fn fold(word: &str) -> Cow<'_, str> {
    match word.bytes().all(|b| b.is_ascii_lowercase()) {
        true => word.into(),
        // Nearly all words are ASCII, which has no accents.
        false if word.is_ascii() => word.to_ascii_lowercase().into(),
        false => without_accents(word).into(),
    }
}

fn without_accents(word: &str) -> String {
    word.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

impl Language {
    /// The language in which names are written if none is known.
    pub const ENGLISH: Self = Self(0);

    /// The first language of a set.
    pub(super) fn first_of(set: Languages) -> Option<Self> {
        (set != 0).then(|| Self(set.trailing_zeros() as u8))
    }

    /// Its ISO 639-1 code.
    pub fn code(self) -> &'static str {
        self.row().0
    }

    /// The name of a month, 1 to 12, as it stands in a date.
    pub fn month(self, month: i8) -> &'static str {
        nth_word(self.row().1[month_index(month)], 0)
    }

    /// The abbreviation of a month, 1 to 12, without a point.
    pub fn month_abbreviation(self, month: i8) -> &'static str {
        nth_word(self.row().1[month_index(month)], 1)
    }

    /// The name of a day of the week.
    pub fn weekday(self, day: Weekday) -> &'static str {
        nth_word(self.row().2[day.to_monday_zero_offset() as usize], 0)
    }

    /// The abbreviation of a day of the week, without a point.
    pub fn weekday_abbreviation(self, day: Weekday) -> &'static str {
        nth_word(self.row().2[day.to_monday_zero_offset() as usize], 1)
    }

    fn row(self) -> &'static (&'static str, [&'static str; 12], [&'static str; 7]) {
        &LANGUAGES[usize::from(self.0)]
    }
}

fn month_index(month: i8) -> usize {
    usize::try_from(month - 1).unwrap_or(0).min(11)
}

fn nth_word(spellings: &'static str, index: usize) -> &'static str {
    spellings.split(' ').nth(index).unwrap_or(spellings)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_word_never_names_two_months() {
        assert_eq!(look_up("mar").month.map(|(month, _)| month), Some(3));
        assert_eq!(look_up("mar").weekday.map(|(day, _)| day), Some(Weekday::Tuesday));
        for (code, months, weekdays) in &LANGUAGES {
            for (month, spellings) in (1..).zip(months) {
                for word in spellings.split(' ') {
                    assert_eq!(look_up(&fold(word)).month.map(|(known, _)| known), Some(month), "{code} {word}");
                }
            }
            for (day, spellings) in Weekday::Monday.cycle_forward().zip(weekdays) {
                for word in spellings.split(' ') {
                    assert_eq!(look_up(&fold(word)).weekday.map(|(known, _)| known), Some(day), "{code} {word}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn any_word_is_folded_alike(word in "([a-zA-Z]{0,6}|\\PC{0,6})") {
            prop_assert_eq!(fold(&word), without_accents(&word));
        }
    }

    #[test]
    fn accents_may_be_missing_or_decomposed() {
        for word in ["août", "aout", "AOU\u{302}T"] {
            assert_eq!(look_up(&fold(word)).month.map(|(month, _)| month), Some(8), "{word}");
        }
    }
}
