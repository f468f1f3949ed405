//! The headings that pages put above lists of other articles.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// How sure it is that a heading belongs to a page and not to the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// Nobody would head a part of an article so: "Most Popular".
    Sure,
    /// An article may have a part of this name: "See also".
    Likely,
}

/// Headings, in lower case, with plain apostrophes.
#[rustfmt::skip]
static SURE: &[&str] = &[
    "related articles", "related article", "related posts", "related post", "related stories", "related story",
    "related content", "related news", "related coverage", "related topics", "related tags", "related searches",
    "related videos", "you may also like", "you might also like", "you may also enjoy", "you might also enjoy", "you may like",
    "you might like", "you may also be interested in", "you might also be interested in", "you might be interested in",
    "more like this", "read this next", "what to read next", "recommended articles", "recommended stories",
    "recommended for you", "recommended videos", "more articles", "more stories like this one", "more headlines",
    "similar articles", "similar posts", "similar stories", "we recommend", "from around the web",
    "around the web", "promoted stories", "promoted content", "from our partners", "trending", "trending now", "trending stories",
    "trending topics", "trending news", "now trending", "top stories", "top news", "top posts", "top articles", "latest news",
    "latest stories", "latest posts", "latest articles", "latest headlines", "the latest", "recent posts", "recent articles",
    "recent stories", "recent news", "recent blog posts", "popular posts", "popular articles", "popular stories", "popular now",
    "popular news", "popular", "breaking news", "editor's picks", "editors' picks", "editor's pick", "editors picks",
    "staff picks", "featured articles", "featured stories", "featured posts", "featured news", "in case you missed it",
    "don't miss", "more to explore", "more to read", "more on this topic", "more on this story", "upcoming events",
    "other articles", "other stories", "other news", "more coverage", "today's top stories", "related products",
    // German
    "ähnliche artikel", "ähnliche beiträge", "verwandte artikel", "verwandte beiträge", "weitere artikel", "weitere beiträge",
    "weitere nachrichten", "weitere meldungen", "weitere beiträge zum thema", "weitere artikel zum thema", "mehr zum thema",
    "lesen sie auch", "lies auch", "das könnte sie auch interessieren", "das könnte dich auch interessieren",
    "das könnte ihnen auch gefallen", "meistgelesen", "meistgelesene artikel", "am meisten gelesen", "beliebte beiträge",
    "beliebte artikel", "beliebteste artikel", "neueste beiträge", "neueste artikel", "aktuelle beiträge", "aktuelle nachrichten",
    "neueste nachrichten", "top-themen", "passend zum thema",
    // French
    "articles similaires", "articles liés", "articles connexes", "articles récents", "derniers articles", "à lire aussi",
    "lire aussi", "à lire également", "sur le même sujet", "sur le même thème", "vous aimerez aussi", "vous aimerez peut-être",
    "dans la même rubrique", "les plus lus", "les plus populaires", "les plus partagés", "dernières actualités",
    "dernières nouvelles", "à la une",
    // Spanish, Portuguese
    "artículos relacionados", "noticias relacionadas", "entradas relacionadas", "contenido relacionado", "lee también",
    "te puede interesar", "también te puede interesar", "quizás te interese", "lo más leído", "lo más visto", "las más leídas",
    "más leídas", "más leídos", "más noticias", "últimas noticias", "entradas recientes", "entradas populares",
    "artigos relacionados", "notícias relacionadas", "posts relacionados", "matérias relacionadas", "leia também",
    "veja também", "você pode gostar", "você também pode gostar", "talvez você goste", "mais lidas", "mais lidos", "as mais lidas",
    "mais notícias", "últimas notícias", "posts recentes", "postagens recentes", "artigos recentes",
    // Italian
    "articoli correlati", "articoli recenti", "leggi anche", "potrebbe interessarti", "potrebbe interessarti anche",
    "ti potrebbe interessare", "ti potrebbero interessare", "i più letti", "più letti", "ultime notizie", "ultimi articoli",
    // Dutch, Swedish, Danish, Norwegian, Finnish
    "gerelateerde artikelen", "gerelateerde berichten", "lees ook", "meer over dit onderwerp", "meest gelezen", "laatste nieuws",
    "recente berichten", "relaterade artiklar", "läs också", "läs även", "mest läst", "mest lästa", "senaste nytt",
    "senaste nyheterna", "relaterede artikler", "læs også", "mest læste", "mest læst", "seneste nyt", "relaterte artikler",
    "les også", "mest lest", "siste nytt", "lue myös", "luetuimmat", "uusimmat",
    // Polish, Czech, Hungarian, Romanian, Turkish
    "powiązane artykuły", "podobne artykuły", "polecane artykuły", "czytaj także", "czytaj też", "czytaj również",
    "przeczytaj także", "przeczytaj również", "zobacz także", "zobacz też", "najczęściej czytane", "najpopularniejsze",
    "najnowsze", "čtěte také", "související články", "nejčtenější", "kapcsolódó cikkek", "legolvasottabb", "articole similare",
    "citește și", "ilgili haberler", "ilgili yazılar", "benzer yazılar", "ilgili içerikler", "çok okunanlar", "son haberler",
    // Russian, Ukrainian
    "читайте также", "похожие статьи", "похожие материалы", "похожие записи", "материалы по теме", "новости по теме",
    "статьи по теме", "популярное", "популярные статьи", "популярные записи", "самое популярное", "самое читаемое",
    "последние новости", "последние записи", "свежие записи", "главные новости", "другие новости", "читайте також",
    "схожі статті", "останні новини", "популярні новини",
    // Japanese, Chinese, Korean
    "関連記事", "関連ニュース", "関連リンク", "あわせて読みたい", "こちらの記事も読まれています", "おすすめ記事", "おすすめの記事",
    "人気記事", "人気の記事", "最新記事", "最近の投稿", "新着記事", "アクセスランキング", "相关文章", "相關文章", "相关新闻", "相關新聞",
    "相关阅读", "相关推荐", "推荐阅读", "延伸阅读", "延伸閱讀", "热门文章", "熱門文章", "最新文章", "猜你喜欢", "为你推荐", "관련 기사",
    "관련기사", "관련 뉴스", "주요뉴스", "주요 뉴스", "많이 본 뉴스", "많이 본 기사", "인기기사", "인기 기사", "최신 기사",
    // Indonesian, Vietnamese
    "baca juga", "artikel terkait", "berita terkait", "berita terpopuler", "terpopuler", "bài viết liên quan", "tin liên quan",
];

/// Headings that an article may have too.
#[rustfmt::skip]
static LIKELY: &[&str] = &[
    "related", "related reading", "related reads", "related links", "up next", "next up", "read also", "also read",
    "see also", "recommended", "recommended reading", "featured", "latest", "more", "watch next", "explore more",
    "auch interessant", "beliebt", "más información", "по теме", "집중 분석", "topics",
];

/// Headings that read like buttons: there are phrases for them.
static BUTTONS: &[&str] =
    &["read next", "more stories", "more news", "read more", "keep reading", "weiterlesen", "lees verder", "läs mer"];

/// The headings that are told by all of their words; those that read like buttons are none.
static KNOWN: LazyLock<FxHashMap<&str, Option<Heading>>> = LazyLock::new(|| {
    let of = |words: &'static [&str], what: Option<Heading>| words.iter().map(move |words| (*words, what));
    of(LIKELY, Some(Heading::Likely)).chain(of(SURE, Some(Heading::Sure))).chain(of(BUTTONS, None)).collect()
});

/// What `line` is as a heading: given in lower case, with plain apostrophes and without decoration.
pub fn of(line: &str) -> Option<Heading> {
    if let Some(known) = KNOWN.get(line) {
        return *known;
    }
    let mut words = line.split_whitespace();
    let (first, second) = (words.next()?, words.next()?);
    let (last, count) = (words.clone().last().unwrap_or(second), 2 + words.clone().count());
    if count > 7 {
        return None;
    }
    let things = |word: &str| {
        matches!(
            word,
            "news" | "stories" | "articles" | "posts" | "videos" | "headlines" | "topics" | "tags" | "coverage"
        )
    };
    match (first, second) {
        (
            "most",
            "popular" | "read" | "viewed" | "shared" | "commented" | "watched" | "discussed" | "recent" | "emailed",
        ) => Some(Heading::Sure),
        ("more", "from" | "in" | "on" | "like" | "about") if count >= 3 => Some(Heading::Likely),
        ("elsewhere", "on") | ("also", "on") | ("next", "up") | ("latest", "from" | "in" | "on") => {
            Some(Heading::Likely)
        }
        ("more" | "latest" | "popular" | "recent" | "related" | "trending" | "recommended" | "featured", _)
            if things(last) =>
        {
            Some(Heading::Sure)
        }
        ("weitere", _) if count <= 4 => Some(Heading::Likely),
        ("mehr", "aus" | "von" | "zu" | "zum" | "über") | ("meer", "over" | "van" | "uit") | ("plus", "de") => {
            Some(Heading::Likely)
        }
        ("самые", "популярные" | "читаемые") | ("més", "llegides") => Some(Heading::Sure),
        ("많이", "본") => Some(Heading::Sure),
        ("more", _) if count <= 3 => Some(Heading::Likely),
        (_, "more" | "주요뉴스") if count == 2 => Some(Heading::Likely),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_told_from_parts_of_an_article() {
        for sure in [
            "most popular",
            "most read this week",
            "related stories",
            "more business news",
            "関連記事",
            "самые популярные диеты",
        ] {
            assert_eq!(of(sure), Some(Heading::Sure), "{sure}");
        }
        for likely in ["see also", "more in amsterdam", "up next", "weitere beiträge von uns"] {
            assert_eq!(of(likely), Some(Heading::Likely), "{likely}");
        }
        for other in
            ["the most popular walks", "conclusion", "more", "news", "a word on the path and what stands beside it now"]
        {
            assert!(of(other) != Some(Heading::Sure), "{other}");
        }
    }
}
