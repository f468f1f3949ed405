//! Dates as people write them: every form in every language, what is impossible, what is ambiguous, and the formats.

use copydesk::date::{self, Form, Format, Impossible, Outcome, Precision, Reading};
use copydesk::span::Span;
use jiff::civil::{Weekday, date as day};

fn reading(text: &str) -> Reading {
    match date::read(text) {
        Some(Outcome::Date(reading)) => reading,
        other => panic!("`{text}` reads as {other:?}"),
    }
}

#[test]
fn the_eighteenth_of_july_in_every_form() {
    let forms = [
        (Form::Iso, vec!["2025-07-18", "20250718", "2025-199", "2025-W29-5", "2025W295", " 2025-07-18\n"]),
        (Form::YearMonthDay, vec!["2025/07/18", "2025.07.18", "2025/7/18", "2025-7-18", "Friday 2025-07-18"]),
        (
            Form::DayMonthYear,
            vec!["18.07.2025", "18. 7. 2025", "18/07/2025", "18-07-2025", "18.7.2025", "Fr., 18.07.2025"],
        ),
        (Form::MonthDayYear, vec!["07/18/2025", "7-18-2025", "Fri 7/18/2025"]),
        (
            Form::EastAsian,
            vec![
                "2025年7月18日",
                "2025年07月18日(金)",
                "2025年7月18日 星期五",
                "2025年7月18日金曜日",
                "2025年7月18日 周五",
                "2025년 7월 18일",
            ],
        ),
        (
            Form::Named,
            vec![
                // English
                "July 18, 2025",
                "Jul 18, 2025",
                "Jul. 18, 2025",
                "July 18th, 2025",
                "July 18 2025",
                "JULY 18, 2025",
                "Friday, July 18, 2025",
                "Fri, Jul 18, 2025",
                "Fri. July 18, 2025",
                "18 July 2025",
                "18th July 2025",
                "18th of July, 2025",
                "the 18th of July 2025",
                "Friday 18 July 2025",
                "18-Jul-2025",
                "Fri 18 Jul 2025",
                "July the 18th, 2025",
                "2025 July 18",
                "18 July, 2025",
                "July 18, 2025 (Friday)",
                // German
                "18. Juli 2025",
                "18. Jul. 2025",
                "Freitag, 18. Juli 2025",
                "Fr, 18. Juli 2025",
                "den 18. Juli 2025",
                "Freitag, den 18. Juli 2025",
                // French
                "18 juillet 2025",
                "le 18 juillet 2025",
                "vendredi 18 juillet 2025",
                "ven. 18 juil. 2025",
                // Spanish
                "18 de julio de 2025",
                "viernes, 18 de julio de 2025",
                "18 jul. 2025",
                "el 18 de julio del 2025",
                // Italian
                "18 luglio 2025",
                "venerdì 18 luglio 2025",
                "18 lug 2025",
                "Venerdi' 18 luglio 2025",
                // Dutch
                "18 juli 2025",
                "vrijdag 18 juli 2025",
                "vr 18 jul. 2025",
                // Portuguese
                "18 de julho de 2025",
                "sexta-feira, 18 de julho de 2025",
                "18 jul 2025",
                "18º de julho de 2025",
                // Swedish, Danish, Norwegian
                "fredag 18 juli 2025",
                "den 18 juli 2025",
                "fredag den 18. juli 2025",
                "fre 18. juli 2025",
                // Polish
                "18 lipca 2025",
                "piątek, 18 lipca 2025 r.",
                "18 lip 2025",
                "pt., 18 lipca 2025 roku",
                // Russian
                "18 июля 2025",
                "18 июля 2025 г.",
                "пятница, 18 июля 2025 года",
                "18 июл. 2025",
                // Turkish
                "18 Temmuz 2025",
                "18 Temmuz 2025 Cuma",
                "18 Tem 2025",
                // Czech, Ukrainian, Greek, Finnish, Hungarian, Romanian, Catalan, Indonesian, Arabic, Hebrew
                "pátek 18. července 2025",
                "18. čvc 2025",
                "пʼятниця, 18 липня 2025",
                "Παρασκευή 18 Ιουλίου 2025",
                "18. heinäkuuta 2025",
                "perjantaina 18. heinäkuuta 2025",
                "2025. július 18.",
                "vineri, 18 iulie 2025",
                "divendres, 18 de juliol de 2025",
                "Jumat, 18 Juli 2025",
                "18 يوليو 2025",
                "18 ביולי 2025",
            ],
        ),
    ];
    for (form, texts) in forms {
        for text in texts {
            let found = reading(text);
            assert_eq!(found.date, day(2025, 7, 18), "{text}");
            assert_eq!(found.form, form, "{text}");
            assert_eq!(found.precision, Precision::Day, "{text}");
            assert!(found.is_certain() && found.true_weekday().is_none() && found.time.is_none(), "{text}");
        }
    }
}

#[test]
fn every_month_in_every_language() {
    #[rustfmt::skip]
    let months = [
        "January February March April May June July August September October November December",
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "januari februari mars april maj juni juli augusti september oktober november december",
        "januar februar marts april maj juni juli august september oktober november december",
        "januar februar mars april mai juni juli august september oktober november desember",
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
        "ledna února března dubna května června července srpna září října listopadu prosince",
        "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
        "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου",
        "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
        "január február március április május június július augusztus szeptember október november december",
        "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
        "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
        "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
        "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
        "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
        "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec",
        "sty lut mar kwi maj cze lip sie wrz paź lis gru",
        "янв фев мар апр май июн июл авг сен окт ноя дек",
    ];
    for names in months {
        for (month, name) in (1..).zip(names.split(' ')) {
            assert_eq!(reading(&format!("7 {name} 2024")).date, day(2024, month, 7), "{name}");
            assert_eq!(reading(&format!("{name} 7, 2024")).date, day(2024, month, 7), "{name}");
        }
    }
}

#[test]
fn times_and_zones() {
    for (text, time, offset) in [
        ("2025-07-18T10:00:00Z", "10:00:00", Some(0)),
        ("2025-07-18 10:00", "10:00:00", None),
        ("2015-11-17 16:16:01 -0600", "16:16:01", Some(-360)),
        ("2014-01-01 9:00:00 -5", "09:00:00", Some(-300)),
        ("2025-07-18T10:00:00.5+05:30", "10:00:00.5", Some(330)),
        ("20250718T100000Z", "10:00:00", Some(0)),
        ("2025-07-18T10:00:00+02:00[Europe/Berlin]", "10:00:00", Some(120)),
        ("Fri, 18 Jul 2025 10:00:00 +0000", "10:00:00", Some(0)),
        ("Fri, 18 Jul 2025 10:00:00 GMT", "10:00:00", Some(0)),
        ("Fri Jul 18 10:00:00 2025", "10:00:00", None),
        ("Fri Jul 18 10:00:00 UTC 2025", "10:00:00", Some(0)),
        ("July 18, 2025 at 3:00 pm", "15:00:00", None),
        ("July 18, 2025, 3:00 p.m. EST", "15:00:00", Some(-300)),
        ("July 18, 2025 12 am", "00:00:00", None),
        ("Jul 18, 2025 3pm", "15:00:00", None),
        ("Mon 18 Nov 2019 18.54 GMT", "18:54:00", Some(0)),
        ("18.07.2025, 10:00 Uhr", "10:00:00", None),
        ("18. Juli 2025 um 10 Uhr", "10:00:00", None),
        ("18 juillet 2025 à 10h30", "10:30:00", None),
        ("18/07/2025 - 20h13", "20:13:00", None),
        ("sexta-feira, 22 de outubro de 2010 às 20:13", "20:13:00", None),
        ("10:43 AM, November 20, 2019", "10:43:00", None),
        ("2025年7月18日 10:00", "10:00:00", None),
    ] {
        let found = reading(text);
        assert_eq!(found.time.map(|time| time.to_string()).as_deref(), Some(time), "{text}");
        let minutes = match found.zone {
            Some(date::Zone::Offset(offset)) => Some(offset.seconds() / 60),
            Some(date::Zone::Named) => panic!("{text}"),
            None => None,
        };
        assert_eq!(minutes, offset, "{text}");
    }
    assert_eq!(reading("Nov 20, 2019 01:41 PM IST").zone, Some(date::Zone::Named));
    assert_eq!(reading("2025-07-18 10:00:00 America/New_York").zone, Some(date::Zone::Named));
    assert_eq!(reading("2025-07-18T24:00:00Z").date, day(2025, 7, 19));
    assert_eq!(reading("2016-12-31T23:59:60Z").date, day(2016, 12, 31));
}

#[test]
fn an_ambiguous_date_has_both_readings() {
    let found = reading("03/04/2025");
    assert_eq!((found.date, found.others.as_slice()), (day(2025, 4, 3), &[day(2025, 3, 4)][..]));
    assert!(!found.is_certain());
    assert!(reading("04/04/2025").is_certain());
    assert!(reading("03.04.2025").is_certain());
    assert!(!reading("18/07/25").is_certain());
    // The day of the week decides.
    assert!(reading("Thursday, 03/04/2025").is_certain());
    assert_eq!(reading("Tuesday, 03/04/2025").date, day(2025, 3, 4));
}

#[test]
fn impossible_dates_are_told_from_no_dates() {
    let why = |text: &str| match date::read(text) {
        Some(Outcome::Impossible(why)) => why,
        other => panic!("`{text}` reads as {other:?}"),
    };
    assert_eq!(why("2024-13-45"), Impossible::Month(13));
    assert_eq!(why("30 February 2025"), Impossible::Day { year: 2025, month: 2, day: 30 });
    assert_eq!(why("31.02.2025").to_string(), "February 2025 has 28 days, not 31");
    assert_eq!(why("June 31, 2025").to_string(), "June has 30 days, not 31");
    assert_eq!(why("18/18/2025"), Impossible::Month(18));
    assert_eq!(why("0000-00-00 00:00:00"), Impossible::Month(0));
    assert_eq!(why("2025-07-18T25:00:00Z"), Impossible::Time);
    assert_eq!(why("2025-07-18T10:00:00+99:00"), Impossible::Offset);
    assert_eq!(why("2025年13月1日"), Impossible::Month(13));
    for text in [
        "",
        " ",
        "tomorrow",
        "TBD",
        "July",
        "18 July",
        "May 18",
        "10:00",
        "1.2.3",
        "v2025.07",
        "2025-07-18 and later",
        "99999999",
        "2025-07-18-final",
        "Spring 2024",
        "123456",
        "July 2025 18:00 and",
        "12.07",
        "+1 555 010 2025",
        "२०२५-०७-१८",
        "2025-07-",
    ] {
        assert_eq!(date::read(text), None, "{text}");
    }
}

#[test]
fn parts_of_a_date() {
    assert_eq!(reading("2025").precision, Precision::Year);
    for text in ["2025-07", "July 2025", "07/2025", "juillet 2025", "julio de 2025", "2025年7月"] {
        assert_eq!((reading(text).precision, reading(text).date), (Precision::Month, day(2025, 7, 1)), "{text}");
    }
}

#[test]
fn a_wrong_day_of_the_week() {
    assert_eq!(reading("Tuesday, July 18, 2025").true_weekday(), Some(Weekday::Friday));
    assert_eq!(reading("Montag, 18. Juli 2025").true_weekday(), Some(Weekday::Friday));
    assert_eq!(reading("Mon, 18 Jul 2025 10:00:00 GMT").true_weekday(), Some(Weekday::Friday));
    assert_eq!(reading("mar. 15 juillet 2025").true_weekday(), None);
}

#[test]
fn dates_inside_lines() {
    for (line, found) in [
        ("Published: July 18, 2025", Some("July 18, 2025")),
        ("Published:July 18, 2025", Some("July 18, 2025")),
        ("Updated July 18, 2025 at 3:00 pm", Some("July 18, 2025 at 3:00 pm")),
        ("By Jane Doe | July 18, 2025", Some("July 18, 2025")),
        ("😀 Veröffentlicht am 18. Juli 2025 • 3 Min. Lesezeit", Some("18. Juli 2025")),
        ("Publié le vendredi 18 juillet 2025 à 10h30", Some("vendredi 18 juillet 2025 à 10h30")),
        ("Published Wed, Nov 20 2019 4:29 AM EST Updated an hour ago", Some("Wed, Nov 20 2019 4:29 AM EST")),
        ("Published 7:07 PM EST Nov 19, 2019", Some("7:07 PM EST Nov 19, 2019")),
        ("Mon 18 Nov 2019 18.54 GMT Last modified on Mon 18 Nov 2019", Some("Mon 18 Nov 2019 18.54 GMT")),
        ("21/06/2014 Tony Carter All, Books", Some("21/06/2014")),
        ("2019-11-20 17:27:46 Marcus", Some("2019-11-20 17:27:46")),
        ("公開日：2025年7月18日", Some("2025年7月18日")),
        ("February 30, 2025", Some("February 30, 2025")),
        ("11/20/19", Some("11/20/19")),
        ("Copyright 2025", None),
        ("Version 1.2.2024-beta", None),
        ("img-2025-07-18-1.png", None),
        ("Call 18-07-2025-99 now", None),
        ("In July 2025 we met", None),
        ("July 18", None),
        // Names and other words that begin like days of the week.
        ("By Sam July 18, 2025", Some("July 18, 2025")),
        ("Pubblicato di 18 luglio 2025", Some("18 luglio 2025")),
        ("Erschienen die 18.07.2025", Some("18.07.2025")),
        ("July 18, 2025 Sun Valley", Some("July 18, 2025")),
        ("Updated:18.07.2025, 10:00", Some("18.07.2025, 10:00")),
        ("公開日2025年7月18日", Some("2025年7月18日")),
        ("2025年7月18日日本経済新聞", Some("2025年7月18日")),
    ] {
        assert_eq!(date::find(line).map(|(span, _)| span.of(line)), found, "{line}");
    }
}

#[test]
fn formats_print_and_match() {
    let long = Format::new("%B %-d, %Y").expect("a format");
    assert!(long.matches("July 18, 2025"));
    assert!(!long.matches("July 08, 2025") && !long.matches("Jul 18, 2025") && !long.matches("2025-07-18"));
    assert_eq!(long.write(&reading("2025-07-18")).as_deref(), Some("July 18, 2025"));
    assert_eq!(long.write(&reading("18. Juli 2025")).as_deref(), Some("Juli 18, 2025"));
    assert_eq!(long.example(), "July 18, 2025");
    assert!(long.keeps(&reading("2025-07-18")) && !long.keeps(&reading("2025-07-18T10:00:00Z")));
    assert_eq!(long.write(&reading("July 2025")), None);

    let german = Format::new("%-d. %B %Y").expect("a format");
    assert!(german.matches("18. Juli 2025") && german.matches("3. März 2025") && german.matches("18. July 2025"));
    let spanish = Format::new("%-d de %B de %Y").expect("a format");
    assert!(spanish.matches("18 de julio de 2025"));
    assert_eq!(spanish.write(&reading("viernes, 18 de julio de 2025")).as_deref(), Some("18 de julio de 2025"));

    let slashes = Format::new("%d/%m/%Y").expect("a format");
    assert!(slashes.matches("03/04/2025") && slashes.matches("04/03/2025") && !slashes.matches("07/18/2025"));

    let zoned = Format::new("%Y-%m-%dT%H:%M:%S%:z").expect("a format");
    assert!(zoned.matches("2025-07-18T10:00:00+02:00") && !zoned.matches("2025-07-18T10:00:00Z"));
    assert_eq!(zoned.write(&reading("2025-07-18")), None);
    assert_eq!(zoned.write(&reading("2025-07-18 10:00 +0200")).as_deref(), Some("2025-07-18T10:00:00+02:00"));
    assert!(zoned.keeps(&reading("2025-07-18 10:00 +0200")));

    assert!(Format::new("%Y, day %j").expect("a format").matches("2025, day 199"));
    for wrong in ["", "YYYY-MM-DD", "%", "%E", "%Y-%", "100%%", "%H:%M", "%!"] {
        assert!(Format::new(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn iso_accepts_every_standard_form_and_writes_without_loss() {
    let iso = Format::new("iso").expect("a format");
    for text in
        ["2025-07-18", "2025-07-18T10:00:00Z", "2015-11-17 16:16:01 -0600", "2025", "2025-07", "20250718", "2025-199"]
    {
        assert!(iso.matches(text), "{text}");
    }
    for text in
        ["2025-7-18", "July 18, 2025", "2025-07-18 at 10:00", "Fri 2025-07-18", "2024-13-45", "2025-07-18 10:00 UTC"]
    {
        assert!(!iso.matches(text), "{text}");
    }
    for (text, written) in [
        ("July 18, 2025", "2025-07-18"),
        ("2025-7-8", "2025-07-08"),
        ("July 2025", "2025-07"),
        ("July 18, 2025 at 3:00 pm", "2025-07-18T15:00:00"),
        ("Fri, 18 Jul 2025 10:00:00 -0530", "2025-07-18T10:00:00-05:30"),
        ("2025-07-18 10:00:00 UTC", "2025-07-18T10:00:00Z"),
    ] {
        assert_eq!(iso.write(&reading(text)).as_deref(), Some(written), "{text}");
        assert!(iso.keeps(&reading(text)) && iso.matches(written), "{text}");
    }
    assert!(!iso.keeps(&reading("July 18, 2025 3 pm IST")));
}

proptest::proptest! {
    #[test]
    fn reading_never_panics(text in "[0-9]{0,4}[-/. :,TZ年月日+(]{0,2}[a-zA-Zé😀]{0,9}[ .,]{0,2}[0-9]{0,8}[ apmT:+-]{0,3}\\PC{0,20}") {
        let _ = date::read(&text);
        if let Some((span, _)) = date::find(&text) {
            proptest::prop_assert!(text.get(span.start..span.end).is_some() && !span.is_empty());
            proptest::prop_assert!(Span::new(0, text.len()).contains(span));
        }
    }

    #[test]
    fn what_is_written_reads_the_same(year in 1000i16..2999, month in 1i8..=12, dom in 1i8..=28, language in 0usize..4) {
        let pattern = ["%A, %B %-d, %Y", "%d.%m.%Y", "%a %-d %b %Y", "%Y/%m/%d"][language];
        let format = Format::new(pattern).expect("a format");
        let text = format.write(&reading(&format!("{year}-{month:02}-{dom:02}"))).expect("it has all parts");
        proptest::prop_assert_eq!(reading(&text).date, day(year, month, dom));
        proptest::prop_assert!(format.matches(&text));
    }
}

#[test]
fn full_dates_in_running_text() {
    let found = |text: &str| -> Vec<String> {
        let all = date::in_prose(text).into_iter();
        all.map(|(span, found)| {
            let what = match &found {
                Outcome::Impossible(why) => why.to_string(),
                Outcome::Date(reading) => match reading.true_weekday() {
                    Some(real) => format!("{real:?}"),
                    None => "fine".to_owned(),
                },
            };
            format!("{}: {what}", span.of(text))
        })
        .collect()
    };
    for (text, wanted) in [
        ("Café 😀 opens on Tuesday, July 18, 2025 at noon.", "Tuesday, July 18, 2025: Friday"),
        ("Seen on 31 June 2024, and no more.", "31 June 2024: June has 30 days, not 31"),
        ("Since February\n30, 2021.", "February\n30, 2021: February 2021 has 28 days, not 30"),
        ("am Dienstag, den 18. Juli 2025, um zehn", "Dienstag, den 18. Juli 2025: Friday"),
        ("until 2023-02-29.", "2023-02-29: February 2023 has 28 days, not 29"),
        ("until 2023-02-29, then", "2023-02-29: February 2023 has 28 days, not 29"),
        ("le mardi 18 juillet 2025", "mardi 18 juillet 2025: Friday"),
        ("July 18, 2025 (Tuesday)", "July 18, 2025 (Tuesday): Friday"),
        ("It was Friday, July 18, 2025.", "Friday, July 18, 2025: fine"),
        ("It rained on Tuesday. July 18, 2025 was dry.", "July 18, 2025: fine"),
        ("Monday to Thursday, July 18, 2025", "July 18, 2025: fine"),
        ("Monday–Thursday, July 18, 2025", "July 18, 2025: fine"),
        ("in the data set 31, 2019 was a bad year", ""),
        ("On Saturday, 2 September 1666, London burned; 29 February 1900 was a day in Russia", ""),
        ("version 2024-13-45, RFC 2822, 2025, in 2019 and 1 of 2000 people", ""),
        ("/2023-02-30/x and a2023-02-30 and 2023-02-30.md", ""),
        ("We met Sun May 17, 2014 readers", "May 17, 2014: fine"),
    ] {
        assert_eq!(found(text).join("; "), wanted, "{text}");
    }
}
