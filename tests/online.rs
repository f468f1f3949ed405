//! Links to other sites, asked for at servers of our own on this machine, which misbehave in every way that we know of.

#![cfg(feature = "online")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use common::{Desk, Ran};

/// What a server got.
#[derive(Debug, Clone)]
struct Request {
    method: String,
    path: String,
    /// Names in lower case.
    headers: BTreeMap<String, String>,
}

/// What a server does with a request.
enum Reply {
    /// Status with reason, header lines, body.
    Full(&'static str, Vec<String>, Vec<u8>),
    /// Says nothing for longer than anybody waits.
    Hang,
    /// A page without an end.
    Endless,
    /// Says this much, and goes.
    Close(&'static str),
}

impl Reply {
    fn page(body: &str) -> Self {
        Self::Full("200 OK", vec!["Content-Type: text/html; charset=utf-8".into()], body.into())
    }

    fn status(status: &'static str) -> Self {
        Self::Full(status, Vec::new(), Vec::new())
    }

    fn with(status: &'static str, headers: &[&str]) -> Self {
        Self::Full(status, headers.iter().map(|line| (*line).to_owned()).collect(), Vec::new())
    }

    fn redirect(status: &'static str, to: &str) -> Self {
        Self::with(status, &[&format!("Location: {to}")])
    }
}

/// A server on this machine, until dropped. Each port is a host of its own to copydesk.
struct Server {
    /// `http://127.0.0.1:port`.
    origin: String,
    got: Arc<Mutex<Vec<Request>>>,
    /// The most requests that ran at once.
    most: Arc<AtomicUsize>,
}

impl Server {
    fn new(reply: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let origin = format!("http://{}", listener.local_addr().expect("it is bound"));
        let (got, most) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicUsize::new(0)));
        let server = Self { origin, got: Arc::clone(&got), most: Arc::clone(&most) };
        let (reply, running) = (Arc::new(reply), Arc::new(AtomicUsize::new(0)));
        // Ends with the test.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (reply, got) = (Arc::clone(&reply), Arc::clone(&got));
                let (running, most) = (Arc::clone(&running), Arc::clone(&most));
                thread::spawn(move || {
                    let reply = |request: &Request| {
                        most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        let said = reply(request);
                        running.fetch_sub(1, Ordering::SeqCst);
                        said
                    };
                    // Who asks may be gone before the answer is.
                    let _ = serve(&stream, &reply, &got);
                });
            }
        });
        server
    }

    /// The requests for a path: their methods.
    fn asked(&self, path: &str) -> Vec<String> {
        let got = self.got.lock().expect("whole");
        got.iter().filter(|request| request.path == path).map(|request| request.method.clone()).collect()
    }

    fn count(&self) -> usize {
        self.got.lock().expect("whole").len()
    }
}

fn serve(stream: &TcpStream, reply: &dyn Fn(&Request) -> Reply, got: &Mutex<Vec<Request>>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    let mut words = first.split(' ').map(str::to_owned);
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut headers = BTreeMap::new();
    for line in lines {
        let line = line?;
        let Some((name, value)) = line.split_once(": ") else { break };
        headers.insert(name.to_ascii_lowercase(), value.to_owned());
    }
    let request = Request { method, path, headers };
    got.lock().expect("whole").push(request.clone());
    let mut stream = stream;
    match reply(&request) {
        Reply::Hang => thread::sleep(Duration::from_secs(60)),
        Reply::Endless => {
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<h1>One</h1>")?;
            // Until whoever asks has had enough.
            loop {
                stream.write_all(&[b' '; 65_536])?;
            }
        }
        Reply::Close(text) => stream.write_all(text.as_bytes())?,
        Reply::Full(status, headers, body) => {
            let headers: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
            let length = body.len();
            write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n")?;
            if request.method != "HEAD" {
                stream.write_all(&body)?;
            }
        }
    }
    stream.flush()
}

/// An article with a link on each line, from the fifth on.
fn article(links: &[String]) -> String {
    let lines: String = links.iter().map(|link| format!("[é 😀]({link} \"title\")\n")).collect();
    format!("---\ntitle: Links\n---\n\n{lines}")
}

/// Nobody waits, and nothing is refused for its address.
const AT_ONCE: [&str; 5] = ["--pause", "0", "--timeout", "5", "--allow-private=127.0.0.1"];

fn links(desk: &Desk, args: &[&str]) -> Ran {
    desk.run(&[&["links"], &AT_ONCE[..], args].concat(), b"")
}

/// What is said of each link, in order: `rule: message`, several joined with ` | `, and empty if nothing is.
fn said(links: &[String], args: &[&str]) -> Vec<String> {
    let desk = Desk::new(&[("a.md", &article(links))]);
    let ran = self::links(&desk, &[&["--format", "json"], args].concat());
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("no JSON: {ran:?}"));
    let mut said = vec![Vec::new(); links.len()];
    for finding in report["findings"].as_array().expect("findings") {
        let line = finding["range"]["start"]["line"].as_u64().expect("a line");
        let text = |key: &str| finding[key].as_str().expect("text").to_owned();
        said[line as usize - 5].push(format!("{}: {}", text("rule"), text("message")));
    }
    said.into_iter().map(|said| said.join(" | ")).collect()
}

/// Compares what is said of the links to paths of `server` with what should be; `{}` in it stands for the server.
fn expect(server: &Server, cases: &[(&str, &str)], args: &[&str]) {
    let paths: Vec<String> = cases.iter().map(|(path, _)| format!("{}{path}", server.origin)).collect();
    for ((path, expected), said) in cases.iter().zip(said(&paths, args)) {
        assert_eq!(said, expected.replace("{}", &server.origin), "{path}");
    }
}

#[test]
fn each_answer_means_one_of_three_states() {
    let server = Server::new(|request| match (&*request.path, &*request.method) {
        ("/there", _) => Reply::page("Text."),
        ("/no-head" | "/broken-head", "GET") => Reply::page("Text."),
        ("/no-head", _) => Reply::status("405 Method Not Allowed"),
        ("/broken-head", _) => Reply::Close(""),
        ("/empty", _) => Reply::status("204 No Content"),
        ("/gone", _) => Reply::status("410 Gone"),
        ("/secret", _) => Reply::status("401 Unauthorized"),
        ("/forbidden", _) => Reply::status("403 Forbidden"),
        ("/odd", _) => Reply::status("999 Request denied"),
        ("/challenge", _) => Reply::with("503 Service Unavailable", &["cf-mitigated: challenge"]),
        ("/down", _) => Reply::status("503 Service Unavailable"),
        ("/broken", _) => Reply::status("500 Internal Server Error"),
        ("/garbled", _) => Reply::Close("SSH-2.0-OpenSSH_9.7\r\n\r\n"),
        ("/endless", "GET") => Reply::Endless,
        ("/endless", _) => Reply::status("501 Not Implemented"),
        ("/closes", _) => Reply::Close(""),
        _ => Reply::status("404 Not Found"),
    });
    expect(
        &server,
        &[
            ("/there", ""),
            ("/no-head", ""),
            ("/broken-head", ""),
            ("/empty", ""),
            ("/endless", ""),
            ("/missing", "link/dead: the link to `{}/missing` is dead: 404 Not Found"),
            ("/gone", "link/dead: the link to `{}/gone` is dead: 410 Gone"),
            ("/secret", "link/blocked: the link to `{}/secret` cannot be checked: 401 Unauthorized"),
            ("/forbidden", "link/blocked: the link to `{}/forbidden` cannot be checked: 403 Forbidden"),
            ("/odd", "link/blocked: the link to `{}/odd` cannot be checked: 999"),
            ("/challenge", "link/blocked: the link to `{}/challenge` cannot be checked: 503, a challenge"),
            ("/down", "link/unreachable: the link to `{}/down` could not be reached: 503 Service Unavailable"),
            ("/broken", "link/unreachable: the link to `{}/broken` could not be reached: 500 Internal Server Error"),
            ("/garbled", "link/blocked: the link to `{}/garbled` cannot be checked: what it answers is no HTTP"),
            (
                "/closes",
                "link/unreachable: the link to `{}/closes` could not be reached: the connection was closed without an answer",
            ),
        ],
        &[],
    );
    assert_eq!(server.asked("/there"), ["HEAD"]);
    assert_eq!(server.asked("/no-head"), ["HEAD", "GET"]);
    assert_eq!(server.asked("/missing"), ["HEAD", "GET"], "no page is dead by what HEAD says alone");
    assert_eq!(server.asked("/robots.txt"), ["GET"]);
    let got = server.got.lock().expect("whole");
    assert!(got.iter().all(|request| request.headers["user-agent"].starts_with("copydesk/")));
}

#[test]
fn who_says_nothing_is_not_waited_for() {
    let hanging = Server::new(|request| match &*request.path {
        "/robots.txt" => Reply::status("404 Not Found"),
        _ => Reply::Hang,
    });
    let begun = Instant::now();
    let desk = Desk::new(&[("a.md", &article(&[format!("{}/a", hanging.origin)]))]);
    let impatient = ["links", "--timeout", "1", "--retries", "0", "--allow-private=127.0.0.1", "--format", "concise"];
    let ran = desk.run(&impatient, b"");
    let why = "could not be reached: no answer in time";
    let expected = format!("a.md:5:7: note[link/unreachable] the link to `{}/a` {why}\n", hanging.origin);
    assert_eq!((ran.code, ran.stdout), (0, expected));
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());

    // A port at which nobody listens. Windows tries for longer than we wait.
    #[cfg(unix)]
    {
        let closed = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("it is bound");
        let said = said(&[format!("http://{closed}/")], &["--retries", "0"]);
        let expected = "could not be reached: the connection was refused";
        assert_eq!(said, [format!("link/unreachable: the link to `http://{closed}/` {expected}")]);
    }
}

#[test]
fn servers_say_when_to_come_again() {
    let times = AtomicUsize::new(0);
    let soon = Server::new(move |request| match &*request.path {
        "/robots.txt" => Reply::status("404 Not Found"),
        _ if times.fetch_add(1, Ordering::SeqCst) == 0 => Reply::with("429 Too Many Requests", &["Retry-After: 1"]),
        _ => Reply::page("Text."),
    });
    let times = AtomicUsize::new(0);
    let dated = Server::new(move |request| match &*request.path {
        "/robots.txt" => Reply::status("404 Not Found"),
        _ if times.fetch_add(1, Ordering::SeqCst) == 0 => {
            let then = jiff::Timestamp::now() + Duration::from_secs(1);
            let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&then).expect("a date");
            Reply::with("503 Service Unavailable", &[&format!("Retry-After: {date}")])
        }
        _ => Reply::page("Text."),
    });
    // As long as a number can say.
    let never = Server::new(|request| match &*request.path {
        "/robots.txt" => Reply::status("404 Not Found"),
        _ => Reply::with("503 Service Unavailable", &["Retry-After: 18446744073709551615"]),
    });
    let late = Server::new(|request| match &*request.path {
        "/robots.txt" => Reply::status("404 Not Found"),
        _ => Reply::with("429 Too Many Requests", &["Retry-After: 7200"]),
    });
    let begun = Instant::now();
    let pages = [
        format!("{}/a", soon.origin),
        format!("{}/a", dated.origin),
        format!("{}/a", late.origin),
        format!("{}/b", late.origin),
        format!("{}/a", never.origin),
    ];
    let said = said(&pages, &["--per-host", "1"]);
    assert!(begun.elapsed() >= Duration::from_secs(1), "Retry-After was not heeded");
    assert_eq!(said[..2], ["", ""]);
    let asks = "429 Too Many Requests, and asks to wait 2 hours";
    assert_eq!(said[2], format!("link/blocked: the link to `{}` cannot be checked: {asks}", pages[2]));
    let not_asked = format!("not asked, since its host said {asks}");
    assert_eq!(said[3], format!("link/unreachable: the link to `{}` could not be reached: {not_asked}", pages[3]));
    assert!(said[4].starts_with("link/unreachable: ") && said[4].ends_with(" days"), "{}", said[4]);
    assert_eq!((late.asked("/a").len(), late.asked("/b").len()), (1, 0), "who asks to wait is left alone");
}

#[test]
fn redirects_are_followed_and_those_for_good_are_told() {
    let end = Server::new(|request| match &*request.path {
        "/there" | "/caf%C3%A9" => Reply::page("Text."),
        "/a" => Reply::redirect("301 Moved Permanently", "/b"),
        "/b" => Reply::redirect("308 Permanent Redirect", "./there"),
        "/for-now" => Reply::redirect("302 Found", "/there"),
        "/for-now-too" => Reply::redirect("307 Temporary Redirect", "/there"),
        "/mixed" => Reply::redirect("301 Moved Permanently", "/for-now"),
        "/to-place" => Reply::redirect("301 Moved Permanently", "/there#part"),
        "/raw" => Reply::redirect("301 Moved Permanently", "/café"),
        "/to-nothing" => Reply::redirect("301 Moved Permanently", "/nothing"),
        "/circle" => Reply::redirect("301 Moved Permanently", "/circle/"),
        "/circle/" => Reply::redirect("302 Found", "/circle"),
        "/nowhere" => Reply::status("301 Moved Permanently"),
        "/app" => Reply::redirect("302 Found", "itms-apps://store"),
        "/endless" => Reply::redirect("302 Found", &format!("/there?{}", "x".repeat(10_000))),
        path if path.starts_with("/on/") => Reply::redirect("302 Found", &format!("{path}x")),
        _ => Reply::status("404 Not Found"),
    });
    expect(
        &end,
        &[
            ("/a", "link/moved: the link to `{}/a` has moved for good to `{}/there`"),
            ("/for-now", ""),
            ("/for-now-too", ""),
            ("/mixed", "link/moved: the link to `{}/mixed` has moved for good to `{}/for-now`"),
            ("/to-place", "link/moved: the link to `{}/to-place` has moved for good to `{}/there#part`"),
            ("/raw", "link/moved: the link to `{}/raw` has moved for good to `{}/caf%C3%A9`"),
            ("/to-nothing", "link/dead: the link to `{}/to-nothing` is dead: 404 Not Found"),
            ("/circle", "link/dead: the link to `{}/circle` is dead: its redirects go round in a circle"),
            ("/on/", "link/dead: the link to `{}/on/` is dead: its redirects do not end"),
            ("/nowhere", "link/dead: the link to `{}/nowhere` is dead: 301 Moved Permanently without an address"),
            ("/endless", "link/blocked: the link to `{}/endless` cannot be checked: it leads on to an endless address"),
            (
                "/app",
                "link/blocked: the link to `{}/app` cannot be checked: it leads on to `itms-apps://store`, which nobody can ask",
            ),
        ],
        &[],
    );

    let pages = ["/a#x", "/for-now", "/to-place#x", "/raw"].map(|path| format!("{}{path}", end.origin));
    let desk = Desk::new(&[("a.md", &article(&pages))]);
    assert_eq!(links(&desk, &["--fix"]).code, 0, "notes fail no run");
    assert_eq!(desk.read("a.md"), article(&pages), "no safe fix is one");
    links(&desk, &["--fix", "--unsafe-fixes"]);
    let fixed = ["/there#x", "/for-now", "/there#part", "/caf%C3%A9"].map(|path| format!("{}{path}", end.origin));
    assert_eq!(desk.read("a.md"), article(&fixed));
}

#[test]
fn addresses_that_are_not_public_are_refused_wherever_they_come_from() {
    let private = Server::new(|_| Reply::page("Text."));
    let port = private.origin.rsplit(':').next().expect("a port").to_owned();
    let to = [
        format!("http://localhost:{port}/"),
        format!("http://[::1]:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        "http://10.0.0.1/".to_owned(),
    ];
    let targets = to.clone();
    let server = Server::new(move |request| match request.path.strip_prefix("/to/").map(str::parse::<usize>) {
        Some(Ok(index)) => Reply::redirect("301 Moved Permanently", &targets[index]),
        _ => Reply::status("404 Not Found"),
    });
    let refused = |url: &str| format!("link/blocked: the link to `{url}` cannot be checked: its address is not public");
    // Allowed is 127.0.0.1 alone: `localhost` is refused for what its name is answered with.
    let redirects: Vec<String> = (0..to.len()).map(|index| format!("{}/to/{index}", server.origin)).collect();
    let mut links = redirects;
    links.extend(to[2..].iter().cloned());
    links.push("http://169.254.169.254/latest/meta-data/".to_owned());
    links.push("http://[fe80::1]/".to_owned());
    // Another way to write 127.0.0.1, which only the look-up understands.
    #[cfg(unix)]
    links.push(format!("http://127.1:{port}/"));
    for (link, said) in links.iter().zip(said(&links, &[])) {
        assert_eq!(said, refused(link));
    }
    assert_eq!(private.count(), 0);

    // Links to the reader's own computer are no links to a site.
    let own = [to[0].clone(), to[1].clone(), private.origin.clone()];
    let desk = Desk::new(&[("a.md", &article(&own))]);
    let ran = desk.run(&["links"], b"");
    assert_eq!((ran.code, &*ran.stdout), (0, ""), "{ran:?}");
    assert!(ran.stderr.starts_with("asked for 0 pages (3 more left out)"), "{}", ran.stderr);
    assert_eq!(private.count(), 0);
}

#[test]
fn fragments_are_looked_for_in_the_page() {
    let server = Server::new(|request| {
        let typed = |kind: &str, body: &[u8]| Reply::Full("200 OK", vec![format!("Content-Type: {kind}")], body.into());
        match &*request.path {
            "/page" => Reply::page("<h1 id=\"a\">A</h1><p><a name='b'></a><h2 id=é>É</h2>"),
            "/moved" => Reply::redirect("301 Moved Permanently", "/page"),
            "/latin" => typed("text/html; charset=utf-8", b"<h1 id=\"a\">A</h1><h2 id=\"\xe9\">\xe9</h2>"),
            "/huge" => typed("text/html", format!("<h1 id=a>A</h1>{}", "<p>Text.</p>".repeat(500_000)).as_bytes()),
            "/file.pdf" => typed("application/pdf", b"%PDF-1.7"),
            "/app" => Reply::page("<div id=app></div><script src=app.js></script>"),
            "/endless" => Reply::Endless,
            "/cut" => Reply::Close(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<h1 id=a>A</h1>",
            ),
            _ => Reply::status("404 Not Found"),
        }
    });
    expect(
        &server,
        &[
            ("/page#a", ""),
            ("/page#b", ""),
            ("/page#%C3%A9", ""),
            ("/page#é", ""),
            ("/page#A", "link/dead-anchor: `{}/page` has no place `#A`"),
            (
                "/moved#gone",
                "link/moved: the link to `{}/moved` has moved for good to `{}/page` | link/dead-anchor: `{}/moved` has no place `#gone`",
            ),
            ("/latin#a", ""),
            ("/latin#%C3%A9", ""),
            ("/latin#gone", "link/dead-anchor: `{}/latin` has no place `#gone`"),
            ("/huge#gone", ""),
            ("/file.pdf#page=2", ""),
            ("/app#gone", ""),
            ("/endless#gone", ""),
            ("/cut#gone", ""),
        ],
        &[],
    );
    assert_eq!(server.asked("/page"), ["GET", "GET"], "once for all of its fragments, and once more from another page");
}

#[test]
fn what_robots_may_not_ask_is_not_asked() {
    let server = Server::new(|request| match &*request.path {
        "/robots.txt" => Reply::Full(
            "200 OK",
            Vec::new(),
            b"User-agent: *\nDisallow: /\n\nUser-agent: copydesk\nDisallow: /private\nAllow: /private/open\n".into(),
        ),
        "/to-private" => Reply::redirect("302 Found", "/private/a"),
        _ => Reply::page("Text."),
    });
    let stay_away = "cannot be checked: its robots.txt asks programs to stay away";
    expect(
        &server,
        &[
            ("/open", ""),
            ("/private/open/a", ""),
            ("/private/a", &format!("link/blocked: the link to `{{}}/private/a` {stay_away}")),
            ("/to-private", &format!("link/blocked: the link to `{{}}/to-private` {stay_away}")),
        ],
        &[],
    );
    assert!(server.asked("/private/a").is_empty());

    let failing = Server::new(|request| match &*request.path {
        "/robots.txt" => Reply::status("503 Service Unavailable"),
        _ => Reply::page("Text."),
    });
    let why = "could not be reached: its robots.txt cannot be read (503)";
    expect(&failing, &[("/a", &format!("link/unreachable: the link to `{{}}/a` {why}"))], &[]);
    assert!(failing.asked("/a").is_empty());
}

#[test]
fn who_wants_cookies_gets_its_own_back() {
    let server = Server::new(|request| {
        let consents = request.headers.get("cookie").is_some_and(|cookies| cookies.contains("consent=yes"));
        match &*request.path {
            "/article" if consents => Reply::page("Text."),
            "/article" => Reply::redirect("302 Found", "/consent"),
            "/consent" => {
                Reply::with("302 Found", &["Set-Cookie: consent=yes; Path=/; HttpOnly", "Location: /article"])
            }
            "/wall" => Reply::with("302 Found", &["Set-Cookie: seen=1", "Location: /wall"]),
            _ => Reply::status("404 Not Found"),
        }
    });
    let circle = "cannot be checked: its redirects go round in a circle";
    expect(&server, &[("/article", ""), ("/wall", &format!("link/blocked: the link to `{{}}/wall` {circle}"))], &[]);
}

#[test]
fn a_host_has_few_requests_at_once() {
    let slow = || {
        Server::new(|request| {
            if request.path != "/robots.txt" {
                thread::sleep(Duration::from_millis(40));
            }
            Reply::page("Text.")
        })
    };
    let (one, other) = (slow(), slow());
    let pages: Vec<String> =
        [&one, &other].iter().flat_map(|server| (0..6).map(|n| format!("{}/{n}", server.origin))).collect();
    assert!(said(&pages, &[]).iter().all(String::is_empty));
    assert_eq!((one.most.load(Ordering::SeqCst), other.most.load(Ordering::SeqCst)), (2, 2));
}

#[test]
fn answers_are_kept_and_damage_is_told() {
    let server = Server::new(|request| match &*request.path {
        "/there" => Reply::page("Text."),
        _ => Reply::status("404 Not Found"),
    });
    let pages = ["/there", "/gone"].map(|path| format!("{}{path}", server.origin));
    let desk = Desk::new(&[("a.md", &article(&pages))]);
    let cache = ["--link-cache", "cache/links.jsonl"];
    let first = links(&desk, &cache);
    assert_eq!(first.code, 1, "{first:?}");
    assert_eq!(
        first.stderr, "asked for 2 pages: 1 there, 1 dead\nchecked 1 article: 1 warning\n",
        "what is dead is one finding"
    );
    let asked = server.count();
    let second = links(&desk, &cache);
    assert_eq!((second.code, &second.stdout), (1, &first.stdout));
    assert!(second.stderr.starts_with("asked for 2 pages (2 answered before): 1 there, 1 dead\n"), "{}", second.stderr);
    assert_eq!(server.count(), asked, "nothing was asked again");
    links(&desk, &["--no-link-cache"]);
    assert!(server.count() > asked);

    for (damaged, why) in [("[1, 2]\n", "it is no file of copydesk's"), ("", "")] {
        let text = desk.read("cache/links.jsonl");
        let damaged = if damaged.is_empty() { text.replace("\"asked\"", "\"axed\"") } else { damaged.to_owned() };
        let why = if why.is_empty() { "line 2 is damaged" } else { why };
        desk.write("cache/damaged.jsonl", &damaged);
        let ran = links(&desk, &["--link-cache", "cache/damaged.jsonl"]);
        let help = "delete it, or name another with `--link-cache`";
        let expected = format!("copydesk: cannot use the cache of links `cache/damaged.jsonl`: {why}; {help}\n");
        assert_eq!(ran, Ran::new(2, "", &expected));
        assert_eq!(desk.read("cache/damaged.jsonl"), damaged, "it is left as it is");
    }

    // Without a name it stands in the user's folder for such files.
    links(&desk, &[]);
    let kept: Vec<_> = fs::read_dir(desk.path(".cache/copydesk")).expect("a folder").flatten().collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
}

#[test]
fn an_interrupted_run_goes_on_where_it_stopped() {
    use std::process::Stdio;

    let quick = Server::new(|_| Reply::page("Text."));
    let waits = Arc::new(std::sync::atomic::AtomicBool::new(true));
    let hangs = Arc::clone(&waits);
    let slow = Server::new(move |request| match &*request.path {
        "/slow" if hangs.load(Ordering::SeqCst) => Reply::Hang,
        _ => Reply::page("Text."),
    });
    let mut pages: Vec<String> = (0..5).map(|n| format!("{}/{n}", quick.origin)).collect();
    pages.push(format!("{}/slow", slow.origin));
    let desk = Desk::new(&[("a.md", &article(&pages))]);
    let args = ["links", "--allow-private=127.0.0.1", "--pause", "0", "--link-cache", "links.jsonl"];
    let mut child = desk.command(&args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
    let begun = Instant::now();
    let lines = || fs::read_to_string(desk.path("links.jsonl")).unwrap_or_default().lines().count();
    while lines() < 6 || slow.asked("/slow").is_empty() {
        assert!(begun.elapsed() < Duration::from_secs(20), "the quick ones are not answered");
        thread::sleep(Duration::from_millis(5));
    }
    // Harder than Ctrl-C: it gets no chance to put anything in order.
    child.kill().expect("it runs");
    assert!(!child.wait().expect("it ends").success());

    let asked = quick.count();
    waits.store(false, Ordering::SeqCst);
    let ran = desk.run(&args, b"");
    assert_eq!(ran.code, 0);
    assert!(ran.stderr.starts_with("asked for 6 pages (5 answered before): 6 there\n"), "{}", ran.stderr);
    assert_eq!(quick.count(), asked, "what was answered is not asked again");
}

#[test]
fn only_what_was_asked_for_is_asked() {
    let server = Server::new(|request| match &*request.path {
        "/leads-on" => Reply::redirect("302 Found", "/excluded/a"),
        _ => Reply::status("404 Not Found"),
    });
    let origin = &server.origin;
    let text = |links: &[&str]| article(&links.iter().map(|path| format!("{origin}{path}")).collect::<Vec<_>>());
    let configuration = format!("online:\n  exclude: [\"{origin}/excluded/*\"]\n");
    let desk = Desk::new(&[
        ("copydesk.yaml", &configuration),
        ("a.md", &text(&["/a", "/excluded/a", "/login?x=1", "/leads-on"])),
        ("b.md", &(text(&["/b"]) + "\nADVERTISEMENT\n")),
    ]);

    // A plain check asks nobody.
    let plain = desk.check(&[]);
    assert!(!plain.stdout.contains("link/"), "{plain:?}");
    assert!(plain.stdout.contains("residue/advertisement"), "{plain:?}");
    assert_eq!(server.count(), 0);
    let ran = desk.check(&["--pause", "0"]);
    assert_eq!(ran, Ran::new(2, "", "copydesk: nobody is asked without `--online`, or `copydesk links`\n"));

    let ran = links(&desk, &["--exclude-url", "*/login?*", "--format", "concise", "a.md"]);
    let leads_on = format!("it leads on to `{origin}/excluded/a`, which is excluded");
    let expected = format!(
        "a.md:5:7: warning[link/dead] the link to `{origin}/a` is dead: 404 Not Found\n\
         a.md:8:7: note[link/blocked] the link to `{origin}/leads-on` cannot be checked: {leads_on}\n"
    );
    assert_eq!((ran.code, ran.stdout), (1, expected));
    assert!(ran.stderr.starts_with("asked for 2 pages (2 more left out)"), "{}", ran.stderr);
    for path in ["/b", "/excluded/a", "/login?x=1"] {
        assert!(server.asked(path).is_empty(), "{path}");
    }

    let ran = desk.check(&[&["--online"], &AT_ONCE[..]].concat());
    assert!(
        ran.stdout.contains("b.md:5:7: warning[link/dead]") && ran.stdout.contains("residue/advertisement"),
        "{ran:?}"
    );
}

#[test]
fn comments_that_only_matter_online_are_let_pass_offline() {
    let server = Server::new(|request| match &*request.path {
        "/there" => Reply::page("Text."),
        _ => Reply::status("404 Not Found"),
    });
    let text = |path: &str, rule: &str| {
        format!("Text.\n\n<!-- copydesk-disable-next-line {rule}: archived -->\n[a]({}{path})\n", server.origin)
    };
    for rule in ["link/dead", "link", "all"] {
        let desk = Desk::new(&[("a.md", &text("/gone", rule)), ("b.md", &text("/there", rule))]);
        let plain = desk.check(&[]);
        assert_eq!((plain.code, &*plain.stdout), (0, ""), "{rule}: {plain:?}");
        let alone = links(&desk, &[]);
        assert_eq!((alone.code, &*alone.stdout), (0, ""), "{rule}: {alone:?}");
        assert!(alone.stderr.ends_with("no findings, 1 suppressed\n"), "{rule}: {alone:?}");
        let all = desk.check(&[&["--online"], &AT_ONCE[..]].concat());
        assert!(all.stdout.starts_with("b.md:3:1: warning[suppression/unused]"), "{rule}: {all:?}");
        assert_eq!((all.code, all.stdout.lines().count()), (1, 1), "{rule}: {all:?}");
    }
    let desk = Desk::new(&[("a.md", &format!("[a]({}/gone)\n", server.origin))]);
    assert_eq!(links(&desk, &["--add-suppressions=as it was"]).code, 0);
    let reason = "<!-- copydesk-disable-next-line link/dead: as it was -->";
    assert_eq!(desk.read("a.md"), format!("{reason}\n[a]({}/gone)\n", server.origin));
    let refused = "copydesk: no baseline knows what other sites answer: use `--add-suppressions`\n";
    assert_eq!(links(&desk, &["--baseline", "baseline.yaml"]), Ran::new(2, "", refused));
    let refused = "copydesk: `links` has its own rules: `--only` goes with `check --online`\n";
    assert_eq!(links(&desk, &["--only", "link/dead"]), Ran::new(2, "", refused));
    let desk = Desk::new(&[("a.md", "Text. <!-- copydesk-disable-line link/dead -->\n")]);
    assert_eq!(desk.check(&[]).code, 1, "there is no link that anybody could ask for");
}

#[test]
fn a_host_is_gone_only_where_others_are_found() {
    let server = Server::new(|_| Reply::page("Text."));
    // No name can be that long.
    let nowhere = format!("http://{}.org/", "a".repeat(64));
    let desk = Desk::new(&[("a.md", &article(std::slice::from_ref(&nowhere)))]);
    let offline = "copydesk: no address was found for any host: is there a network?\n";
    assert_eq!(links(&desk, &[]), Ran::new(2, "", offline));
    let said = said(&[format!("{}/", server.origin), nowhere.clone()], &[]);
    assert_eq!(said, [String::new(), format!("link/dead: the link to `{nowhere}` is dead: there is no such host")]);
}

#[test]
fn only_what_a_change_touches_is_asked() {
    let server = Server::new(|_| Reply::status("404 Not Found"));
    let text =
        |paths: &[&str]| article(&paths.iter().map(|path| format!("{}{path}", server.origin)).collect::<Vec<_>>());
    let desk = Desk::new(&[("a.md", &text(&["/old"])), ("b.md", &text(&["/other"]))]);
    desk.git(&["init", "-q"]);
    desk.commit();
    desk.write("a.md", &text(&["/old", "/new"]));
    let ran = links(&desk, &["--since", "HEAD", "--format", "concise"]);
    let expected = format!("a.md:6:7: warning[link/dead] the link to `{}/new` is dead: 404 Not Found\n", server.origin);
    assert_eq!((ran.code, ran.stdout), (1, expected));
    assert!(server.asked("/other").is_empty());
}

#[test]
fn certificates_to_trust_are_read_first() {
    let desk = Desk::new(&[("a.md", "Text.\n"), ("key.pem", "no certificate\n")]);
    for (file, why) in [
        ("key.pem", "`key.pem` holds no certificate in PEM"),
        ("gone.pem", "cannot read the certificates `gone.pem`: "),
    ] {
        let ran = links(&desk, &["--ca-file", file]);
        assert_eq!((ran.code, ran.stderr.to_lowercase().contains(&why.to_lowercase())), (2, true), "{ran:?}");
    }
}
