"""What tests/formats.sh runs: makes a site, has it checked, and gives each report to a program that reads such reports.

Where a format has places, they are compared with where the words stand, counted here in the unit of the format. Where it
has fixes, they are made from the report, and must come to what `--fix` makes of the article.
"""

import html.parser
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import cmarkgfm
from diff_cover.violationsreporters.java_violations_reporter import CheckstyleXmlDriver
from junitparser import JUnitXml

COPYDESK, NODE_MODULES, SITE = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])

# Each stands once in its article, and something is found at exactly these words.
WORDS = ["nowhere-é.md", "fehlt-日本.md", "?utm_source=brief", "ADVERTISEMENT", "gone-1.md", "gone-2.md"]
ARTICLES = {
    'posts/ü, 100%: <a>&"b".md': (
        "# Grüße 😀\n\n"
        "é😀日本語 [eins](nowhere-é.md) 😀 e\u0301 [zwei](fehlt-日本.md) ::error::x\n\n"
        "日本 😀 [drei](https://example.org/?utm_source=brief) 😀\n\n"
        "ADVERTISEMENT\n\n"
        "Sauf <script>alert(1)</script> ]]> | `code` 😀.\n"
    ),
    "posts/tabs.md": "\t\n\tfirst\n\n- é\t[x](gone-1.md)\r\n- 😀😀 <b>y</b> [y](gone-2.md)\r\n",
}

failures = []


def wanted(holds, what):
    if not holds:
        failures.append(what)
        print(f"  NOT AS IT SHOULD BE: {what}")


def ran(*command, codes=(0,), **more):
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", **more)
    if done.returncode not in codes:
        sys.exit(f"{command} ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def report(name, folder=SITE, *more):
    return ran(COPYDESK, "check", "--quiet", "--format", name, *more, cwd=folder, codes=(0, 1))


def place(word):
    """Path, line, and the text of the line before `word`."""
    for path, text in ARTICLES.items():
        if word in text:
            before = text[: text.index(word)]
            return path, before.count("\n") + 1, before.rsplit("\n", 1)[-1]
    raise KeyError(word)


def points(text):
    return len(text) + 1


def octets(text):
    return len(text.encode()) + 1


def expected(unit):
    """Where each word begins and ends: `{(path, line, column, end column)}`."""
    places = set()
    for word in WORDS:
        path, line, before = place(word)
        places.add((path, line, unit(before), unit(before + word)))
    return places


def says(name, found, should):
    wanted(found == should, f"{name}: places {sorted(found ^ should)} differ")


def mended():
    """What `--fix` makes of the articles."""
    copy = SITE.with_name("mended")
    shutil.copytree(SITE, copy)
    ran(COPYDESK, "check", "--fix", "--quiet", cwd=copy, codes=(0, 1))
    return {path: (copy / path).read_bytes() for path in ARTICLES}


def spliced(path, edits, unit):
    """The article with `edits`, each ((line, column), (line, column), text), columns in `unit`."""
    lines = ARTICLES[path].split("\n")

    def offset(at):
        line, column = at
        head = "\n".join(lines[: line - 1]) + ("\n" if line > 1 else "")
        text = lines[line - 1] if line <= len(lines) else ""
        inside = next(n for n in range(len(text) + 1) if unit(text[:n]) == column)
        return len((head + text[:inside]).encode())

    content = ARTICLES[path].encode()
    for start, end, text in sorted(edits, reverse=True):
        content = content[: offset(start)] + text.encode() + content[offset(end) :]
    return content


def jsons(fixed):
    found = json.loads(report("json"))
    lines = [json.loads(line) for line in report("jsonl").splitlines()]
    wanted([{k: v for k, v in line.items() if k != "type"} for line in lines[:-1]] == found["findings"], "jsonl: the items of json")
    places = set()
    for finding in found["findings"]:
        start, end = finding["range"]["start"], finding["range"]["end"]
        places.add((finding["path"], start["line"], start["column"], end["column"]))
        content = ARTICLES[finding["path"]].encode()
        wanted(content[start["offset"] : end["offset"]].decode() in WORDS, f"json: offsets of {finding['message']}")
    says("json", places, expected(points))
    return found


def sarif(fixed):
    path = SITE.with_name("report.sarif")
    path.write_text(report("sarif"), encoding="utf-8")
    (tool,) = NODE_MODULES.glob("@microsoft/sarif-multitool-linux/Sarif.Multitool")
    tool.chmod(0o755)
    said = ran(str(tool), "validate", "--rule-kind", "Sarif;Ghas", str(path))
    # It always ends with 0. Its one wish, an address of the tool, is met once the package names its repository.
    complaints = [line for line in said.splitlines() if re.search(r"\b(error|warning)\b", line) and "SARIF2005" not in line]
    wanted(not complaints and "completed successfully" in said, f"sarif: {complaints or said}")
    run = json.loads(path.read_text(encoding="utf-8"))["runs"][0]
    wanted(run["columnKind"] == "unicodeCodePoints", "sarif: says what its columns are")
    places, edits = set(), {}
    for result in run["results"]:
        where = result["locations"][0]["physicalLocation"]
        region = where["region"]
        name = unescaped_uri(where["artifactLocation"]["uri"])
        places.add((name, region["startLine"], region["startColumn"], region["endColumn"]))
        for change in (change for fix in result.get("fixes", [])[:1] for change in fix["artifactChanges"]):
            for one in change["replacements"]:
                gone = one["deletedRegion"]
                start, end = (gone["startLine"], gone["startColumn"]), (gone["endLine"], gone["endColumn"])
                edits.setdefault(name, []).append((start, end, one.get("insertedContent", {}).get("text", "")))
    says("sarif", places, expected(points))
    compare("sarif", edits, points, fixed)


def unescaped_uri(uri):
    from urllib.parse import unquote

    wanted(re.fullmatch(r"[A-Za-z0-9%/._~!$&'()*+,;=:@-]*", uri) and not uri.startswith(("/", "./")), f"sarif: the URI {uri}")
    return unquote(uri)


def compare(name, edits, unit, fixed):
    wanted(edits, f"{name}: it has fixes")
    for path, of_file in edits.items():
        wanted(spliced(path, of_file, unit) == fixed[path], f"{name}: its fixes make of {path} what --fix makes")


def rdjson(fixed):
    path = SITE.with_name("report.rdjson")
    path.write_text(report("rdjson"), encoding="utf-8")
    said = ran("node", str(NODE_MODULES / "@umbrelladocs/rdformat-validator/bin/rdformat-validator.js"), "--strict", "--no-extra-fields", str(path))
    wanted("All files are valid" in said, f"rdjson: {said}")
    places, edits = set(), {}
    for one in json.loads(path.read_text(encoding="utf-8"))["diagnostics"]:
        start, end = one["location"]["range"]["start"], one["location"]["range"]["end"]
        name = one["location"]["path"]
        places.add((name, start["line"], start["column"], end["column"]))
        for suggestion in one.get("suggestions", []):
            gone = suggestion["range"]
            start, end = ((gone[at]["line"], gone[at]["column"]) for at in ("start", "end"))
            edits.setdefault(name, []).append((start, end, suggestion["text"]))
    says("rdjson", places, expected(octets))
    compare("rdjson", edits, octets, fixed)


# What GitLab's documentation of its Code Quality report asks for.
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^[^./]"},
                    "lines": {"type": "object", "required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}},
                },
            },
        },
    },
}


def gitlab(fixed):
    schema, path = SITE.with_name("gitlab-schema.json"), SITE.with_name("gitlab.json")
    schema.write_text(json.dumps(GITLAB))
    path.write_text(report("gitlab"), encoding="utf-8")
    ran(os.path.join(os.path.dirname(sys.executable), "check-jsonschema"), "--schemafile", str(schema), str(path))
    issues = json.loads(path.read_text(encoding="utf-8"))
    wanted(len({issue["fingerprint"] for issue in issues}) == len(issues), "gitlab: no fingerprint twice")
    found = {(issue["location"]["path"], issue["location"]["lines"]["begin"]) for issue in issues}
    says("gitlab", found, {place(word)[:2] for word in WORDS})


def junit(fixed):
    text = report("junit")
    suites = JUnitXml.fromstring(text.encode())
    wanted((suites.tests, suites.failures, suites.errors) == (len(WORDS), len(WORDS), 0), "junit: its numbers")
    found = set()
    for suite in suites:
        for case in suite:
            (failure,) = case.result
            wanted(failure.message and case.classname == suite.name, f"junit: {case}")
            line, column = re.search(r"line (\d+), column (\d+)$", case.name).groups()
            found.add((suite.name, int(line), int(column)))
    says("junit", found, {place[:3] for place in expected(points)})


def checkstyle(fixed):
    text = report("checkstyle")
    # A reader of its own: paths, lines, messages.
    os.chdir(SITE)
    read = CheckstyleXmlDriver().parse_reports([text.encode().decode().split("?>", 1)[1]])
    wanted({(path, one.line) for path, of_file in read.items() for one in of_file} == {place(word)[:2] for word in WORDS}, "checkstyle: as diff-quality reads it")
    found = set()
    for file in ElementTree.fromstring(text.encode()):
        for error in file:
            found.add((file.get("name"), int(error.get("line")), int(error.get("column"))))
    says("checkstyle", found, {place[:3] for place in expected(points)})


def github(fixed):
    """As the runner reads them: `::COMMAND KEY=VALUE,...::DATA`, then unescaped."""
    found = set()
    for line in report("github").splitlines():
        command = re.fullmatch(r"\s*::([a-z-]+)(?: ([^:]*))?::(.*)", line)
        if not command:
            wanted("##[" not in line and not line.lstrip().startswith("::"), f"github: {line}")
            continue
        level, properties, data = command.groups()
        wanted(level in ("error", "warning", "notice") and data, f"github: {line}")
        values = dict(one.split("=", 1) for one in properties.split(","))
        for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
            values = {key: value.replace(code, character) for key, value in values.items()}
        found.add((values["file"], int(values["line"]), int(values["col"]), int(values["endColumn"])))
    says("github", found, expected(points))


class Tags(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.text = set(), ""

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)

    def handle_data(self, data):
        self.text += data


def markdown(fixed):
    """As GitHub's own parser reads it: a heading, paragraphs and tables, and no markup that an article brought."""
    page = cmarkgfm.github_flavored_markdown_to_html(report("markdown"))
    seen = Tags()
    seen.feed(page)
    known = {"h3", "p", "strong", "code", "table", "thead", "tbody", "tr", "th", "td", "br"}
    wanted(seen.tags <= known, f"markdown: {seen.tags - known}")
    for text in [*WORDS, *ARTICLES]:
        wanted(text in seen.text or text in ("ADVERTISEMENT", "?utm_source=brief"), f"markdown: {text} is shown")
    wanted(page.count("<tr>") == len(WORDS) + len(ARTICLES), "markdown: a row for each finding, a head for each table")


def empty():
    """Each report on a site with nothing wrong is still a document."""
    clean = SITE.with_name("clean")
    clean.mkdir()
    (clean / "a.md").write_text("# Clean\n")
    reports = {name: report(name, clean) for name in "json jsonl sarif gitlab rdjson junit checkstyle github markdown html".split()}
    for name in ("json", "sarif", "gitlab", "rdjson", "jsonl"):
        json.loads(reports[name])
    for name in ("junit", "checkstyle"):
        ElementTree.fromstring(reports[name].encode())
    wanted(JUnitXml.fromstring(reports["junit"].encode()).failures == 0, "junit: none failed")
    wanted(reports["github"] == "" and "nothing to report" in reports["markdown"], "github, markdown: nothing to report")


def main():
    for path, text in ARTICLES.items():
        (SITE / path).parent.mkdir(parents=True, exist_ok=True)
        (SITE / path).write_bytes(text.encode())
    subprocess.run(["git", "init", "-q", str(SITE)], check=True)
    fixed = mended()
    formats = [jsons, sarif, rdjson, gitlab, junit, checkstyle, github, markdown]
    for one in formats:
        print(one.__name__)
        one(fixed)
    empty()
    if failures:
        sys.exit(f"formats: {len(failures)} not as they should be")
    print(f"formats: all as expected ({len(WORDS)} findings in {len(formats)} formats)")


main()
