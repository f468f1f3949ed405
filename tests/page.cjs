// What tests/page.sh runs: opens the page in a browser and compares what it shows with the JSON report of the same run.
"use strict";
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { chromium } = require("playwright-core");

const [work, pictures] = process.argv.slice(2);
const report = JSON.parse(readFileSync(join(work, "page.json"), "utf8"));
const AUTHORS = {
  "news/bread.md": ["Jane Doe", 'Ann "O" <i>'], "news/mill.md": ["Jane Doe"], "essays/rye.md": ["John Roe"], "essays/old/plain.md": [], "essays/long/index.md": [],
};
/** The folders that a finding stands in, at any depth. */
const sections = finding => finding.path.replace(/\/index\.md$/, "").split("/").slice(0, -1).map((_, at, all) => all.slice(0, at + 1).join("/"));

/** What is to be seen of the findings, as `path rule`, sorted. */
const seen = page => page.$$eval("article:not([hidden]) .finding:not([hidden])", all => all.map(one =>
  `${one.closest("article").querySelector(".path").textContent.split(" · ")[0]} ${one.dataset.rule}`).sort());
const wanted = keep => report.findings.filter(keep).map(one => `${one.path} ${one.rule}`).sort();

async function main() {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
  const open = async (name, options = {}) => {
    const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, ...options });
    const page = await context.newPage();
    const said = [], asked = [];
    page.on("pageerror", error => said.push(String(error)));
    page.on("console", message => { if (message.type() === "error") said.push(message.text()); });
    page.on("request", request => asked.push(request.url()));
    await page.goto(`file://${join(work, name)}`);
    return { page, said, asked };
  };
  const { page, said, asked } = await open("page.html");
  const check = async (what, keep) => {
    const should = wanted(keep);
    const articles = new Set(should.map(one => one.split(" ")[0])).size;
    const s = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
    const told = `${s(should.length, "finding")} in ${s(articles, "article")}`;
    // A reset fills the form in first, and shows what that comes to later.
    await page.waitForFunction(told => document.querySelector("#shown").textContent === told, told, { timeout: 5000 })
      .catch(async () => assert.equal(await page.textContent("#shown"), told, what));
    const is = await seen(page);
    assert.deepEqual(is, should, what);
    assert.equal(await page.locator("article:visible").count(), articles, what);
    console.log(`  ${what}: ${is.length} of ${report.findings.length}`);
  };
  const reset = async () => { await page.click("button[type=reset]"); await check("all again", () => true); };

  console.log("totals and chart");
  const totals = Object.fromEntries(await page.$$eval(".totals li", all => all.map(one => [one.lastChild.textContent, Number(one.querySelector("b").textContent)])));
  const { files, errors, warnings, notes, fixable } = report.summary;
  assert.deepEqual(totals, { "articles checked": files, errors, warnings, notes, "mended by --fix": fixable });
  const rules = {};
  for (const finding of report.findings) rules[finding.rule] = (rules[finding.rule] ?? 0) + 1;
  const bars = await page.$$eval(".chart button", all => all.map(one => ({
    rule: one.dataset.rule, count: Number(one.querySelector(".count").textContent),
    width: [...one.querySelectorAll(".bar i")].reduce((sum, part) => sum + part.getBoundingClientRect().width, 0),
    whole: one.querySelector(".bar").getBoundingClientRect().width,
  })));
  assert.deepEqual(Object.fromEntries(bars.map(bar => [bar.rule, bar.count])), rules);
  const most = Math.max(...Object.values(rules));
  for (const bar of bars) assert.ok(Math.abs(bar.width / bar.whole - bar.count / most) < 0.01, `the bar of ${bar.rule} is ${bar.width} of ${bar.whole}`);

  console.log("filters");
  assert.ok(new Set(report.findings.map(one => one.level)).size > 1 && Object.keys(rules).length > 2, "there is something to pick from");
  await check("all", () => true);
  for (const level of ["error", "warning", "note"]) {
    await page.uncheck(`input[value=${level}]`);
    await check(`without ${level}s`, one => one.level !== level);
    await page.check(`input[value=${level}]`);
  }
  for (const [name, of] of [["rule", one => [one.rule]], ["section", sections], ["author", one => AUTHORS[one.path]]]) {
    const offered = await page.$$eval(`select[name=${name}] option`, all => all.map(one => one.value).filter(Boolean));
    assert.deepEqual(offered, [...new Set(report.findings.flatMap(of))].sort(), `what can be picked as ${name}`);
    for (const value of offered) {
      await page.selectOption(`select[name=${name}]`, value);
      await check(`${name} ${value}`, one => of(one).includes(value));
    }
    await reset();
  }
  await page.selectOption("select[name=section]", "news");
  await page.selectOption("select[name=author]", "Jane Doe");
  await page.fill("input[name=words]", "MILL");
  await check("section, author and words", one => one.path === "news/mill.md");
  await page.fill("input[name=words]", "no such words");
  await check("nothing", () => false);
  await reset();
  await page.click('.chart button[data-rule="residue/advertisement"]');
  await check("a click on a bar", one => one.rule === "residue/advertisement");
  assert.equal(await page.getAttribute('.chart button[data-rule="residue/advertisement"]', "aria-pressed"), "true");
  await page.click('.chart button[data-rule="residue/advertisement"]');
  await check("a second click", () => true);
  await page.keyboard.press("Tab");
  await page.focus('.chart button[data-rule="link/broken"]');
  await page.keyboard.press("Enter");
  await check("a bar by the keyboard", one => one.rule === "link/broken");
  await reset();

  console.log("hostile articles");
  assert.equal(await page.title(), "copydesk report");
  assert.ok((await page.textContent("h2 >> nth=0")) !== null && (await page.locator("h2", { hasText: 'Bread & <b>butter</b> é😀' }).count()) === 1);
  assert.equal(await page.locator("article b b, article img, article script").count(), 0);
  const marks = await page.$$eval(".finding mark", all => all.map(one => one.textContent));
  for (const words of ["gone.md", "ADVERTISEMENT", "?utm_source=x", "none.md"]) assert.ok(marks.includes(words), `${words} is marked: ${marks}`);
  assert.deepEqual(asked.filter(url => !url.startsWith("file://")), [], "it asks for nothing");
  assert.deepEqual(said, [], "the browser has nothing to complain about");

  console.log("narrow, dark, printed, without scripts");
  await page.screenshot({ path: join(pictures, "wide.png"), fullPage: true });
  await page.setViewportSize({ width: 390, height: 800 });
  const [across, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(across <= screen, `it is ${across} wide on a screen of ${screen}`);
  await page.screenshot({ path: join(pictures, "narrow.png"), fullPage: true });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.screenshot({ path: join(pictures, "dark.png"), fullPage: true });
  const still = await open("page.html", { javaScriptEnabled: false });
  assert.equal(await still.page.locator(".finding:visible").count(), report.findings.length);
  assert.equal(await still.page.locator("form:visible").count(), 0);
  const clean = await open("clean.html");
  assert.ok((await clean.page.textContent("main")).includes("Nothing to report"));
  assert.deepEqual(clean.said, []);
  await browser.close();
  console.log("page: all as expected");
}

main().catch(error => { console.error(error); process.exit(1); });
