//! Menus and lists of topics around the text of a page: runs of lines of a few words each.

use std::ops::Range;

use super::{Page, is_label};
use crate::document::Line;
use crate::span::Span;

/// As many lines make a menu at the top.
const TOP: usize = 3;

/// As many lines make one at the foot.
const FOOT: usize = 3;

/// What menus say on most sites, in lower case.
#[rustfmt::skip]
static ENTRIES: &[&str] = &[
    "home", "news", "search", "menu", "menu sections", "sections", "about", "about us", "contact", "contact us", "blog", "videos",
    "video", "photos", "live", "live tv", "shop", "store", "opinion", "opinions", "sport", "sports", "entertainment", "politics",
    "lifestyle", "business", "tech", "technology", "health", "travel", "science", "culture", "weather", "world", "local", "jobs",
    "careers", "press", "advertise", "advertise with us", "subscribe", "newsletters", "log in", "login", "sign in", "sign up",
    "register", "my account", "classifieds", "obituaries", "events", "faq", "help", "support", "terms", "terms of use",
    "terms of service", "privacy", "privacy policy", "sitemap", "site map", "archives", "podcasts", "magazine", "crossword",
    "guides", "features", "reviews", "forum", "gallery", "programmes", "investigations", "analysis", "offbeat", "corrections",
    "tips", "reprints", "reprints & permissions", "site feedback", "english", "español", "back to top", "categories", "tags",
    "start", "startseite", "suche", "kontakt", "impressum", "datenschutz", "über uns", "nachrichten", "wirtschaft", "politik",
    "kultur", "accueil", "recherche", "à propos", "mentions légales", "actualités", "économie", "culture", "inicio", "buscar",
    "contacto", "noticias", "deportes", "economía", "quiénes somos", "início", "busca", "buscar", "contato", "notícias", "esportes",
    "economia", "quem somos", "cerca", "chi siamo", "contatti", "notizie", "zoeken", "nieuws", "over ons", "hem", "nyheter",
    "sök", "om oss", "kontakta oss", "forside", "nyheder", "szukaj", "kontakt", "aktualności", "o nas", "главная", "новости",
    "контакты", "о нас", "поиск", "сервисы", "реклама", "медиакит", "ana sayfa", "haberler", "iletişim", "hakkımızda", "ホーム",
    "ニュース", "お問い合わせ", "首页", "新闻", "关于我们", "联系我们", "홈", "뉴스", "search:", "post navigation", "show more", "view all", "previous post", "next post", "previous article", "next article", "print article",
    "order reprints", "text size", "read later", "print", "log out", "account settings", "more",
];

/// What stands above the topics of an article, in lower case.
static TOPICS: &[&str] = &[
    "tags",
    "topics",
    "categories",
    "filed under",
    "related topics",
    "related tags",
    "keywords",
    "in this article",
    "subjects",
    "schlagwörter",
    "schlagworte",
    "themen",
    "kategorien",
    "mots-clés",
    "catégories",
    "thèmes",
    "etiquetas",
    "temas",
    "categorías",
    "tópicos",
    "assuntos",
    "categorias",
    "argomenti",
    "categorie",
    "trefwoorden",
    "ämnen",
    "emner",
    "tagi",
    "tematy",
    "теги",
    "метки",
    "темы",
    "рубрики",
    "etiketler",
    "タグ",
    "カテゴリー",
    "标签",
    "标籤",
    "태그",
];

/// The menus of `page` and its lists of topics, in order, each the span of its lines. Lines that menus of most sites have speak
/// for those around them, but are left out: there are phrases for them.
pub fn menus(page: &Page) -> Vec<Span> {
    let title = page.title.and_then(|title| page.lines.iter().position(|line| line.span == title));
    let top = title.unwrap_or(page.first).min(page.first);
    let above = runs(page, 0..top).filter_map(|run| above(page, run, title.is_some()));
    let below = runs(page, page.end..page.lines.len()).filter_map(|run| below(page, run));
    let menus = above.chain(below).flat_map(|menu| page.lines[menu].split(|line| is_known(line) || is_other(line)));
    let menus = menus.filter_map(|lines| Some(lines.first()?.span.to(lines.last()?.span)));
    let mut menus: Vec<Span> = menus.collect();
    menus.extend(page.lines[..page.first].iter().filter(|line| is_trail(line)).map(|line| line.span));
    menus.sort_unstable();
    menus
}

/// The runs of lines within `range` that could be entries of a menu.
fn runs(page: &Page, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut next = range.start;
    std::iter::from_fn(move || {
        let entry = |index: &usize| is_entry(&page.lines[*index]);
        let start = (next..range.end).find(entry)?;
        next = (start..range.end).find(|index| !entry(index)).unwrap_or(range.end);
        Some(start..next)
    })
}

/// What is a menu of a run above the text.
fn above(page: &Page, run: Range<usize>, has_title: bool) -> Option<Range<usize>> {
    // Where no headline was found, the last line before the text may be it.
    let run = if !has_title && run.end == page.first { run.start..run.end - 1 } else { run };
    let known = page.lines[run.clone()].iter().filter(|line| is_known(line)).count();
    let sure = run.len() >= TOP && (known >= 1 || has_title) || known >= 1 && known == run.len();
    sure.then_some(run)
}

/// What is a menu of a run below the text. It begins with the first line that menus know: what belongs to the article may
/// end in short lines as well.
fn below(page: &Page, run: Range<usize>) -> Option<Range<usize>> {
    let topics = run.clone().find(|&index| TOPICS.contains(&&*page.lines[index].simplified()));
    let known = run.clone().find(|&index| is_known(&page.lines[index]));
    let menu = topics.into_iter().chain(known).min()?..run.end;
    let known = page.lines[menu.clone()].iter().filter(|line| is_known(line)).count();
    let sure = if topics == Some(menu.start) {
        menu.len() >= 2
    } else {
        known >= 2 && (menu.len() >= FOOT || known == menu.len()) || menu.len() == 1 && menu.end == page.lines.len()
    };
    sure.then_some(menu)
}

/// Whether `line` is the way to a page: "Home » Walks » The coast".
fn is_trail(line: &Line) -> bool {
    let steps = |mark: &str| {
        let steps: Vec<&str> = line.text.split(mark).map(str::trim).filter(|step| !step.is_empty()).collect();
        line.text.matches(mark).count() >= 2 && steps.iter().all(|step| step.split_whitespace().count() <= 6)
    };
    let lower = line.text.to_lowercase();
    // Trails from these there are phrases for.
    let common = ["home", "blog", "news", "articles", "you are"].iter().any(|start| lower.starts_with(start));
    !common
        && line.weight <= 120
        && !line.ends_sentence()
        && [" » ", " > ", " › ", " / "].iter().any(|mark| steps(mark))
}

fn is_entry(line: &Line) -> bool {
    is_label(line)
        && !line.is_chrome()
        && line.date().is_none()
        && !line.is_byline()
        && !line.text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether there are other words for it than those of menus: sharing, newsletters, comments, players, rights.
fn is_other(line: &Line) -> bool {
    const WORDS: [&str; 26] = [
        "share",
        "follow",
        "facebook",
        "twitter",
        "linkedin",
        "whatsapp",
        "instagram",
        "pinterest",
        "youtube",
        "reddit",
        "telegram",
        "email",
        "tweet",
        "subscribe",
        "newsletter",
        "comment",
        "comments",
        "close",
        "watch",
        "adchoices",
        "iklan",
        "contribute",
        "support",
        "terms",
        "privacy",
        "cookie",
    ];
    let lower = line.text.to_lowercase();
    let first = lower.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    WORDS.contains(&first) || line.is_foot()
}

fn is_known(line: &Line) -> bool {
    ENTRIES.contains(&&*line.simplified())
}
