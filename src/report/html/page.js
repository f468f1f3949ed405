"use strict";
// Filters what the page shows; without it the page shows everything.
const form = document.querySelector("form");
const bars = [...document.querySelectorAll(".chart button")];
const articles = [...document.querySelectorAll("article")];

function apply() {
  const wanted = new FormData(form);
  const levels = wanted.getAll("level"), rule = wanted.get("rule"), words = wanted.get("words").trim().toLowerCase();
  let findings = 0, shownArticles = 0;
  for (const article of articles) {
    const fits = (article.dataset.section + "/").startsWith(wanted.get("section") && wanted.get("section") + "/")
      && (!wanted.get("author") || article.dataset.authors.split("\n").includes(wanted.get("author")));
    let shown = 0;
    for (const finding of article.querySelectorAll(".finding")) {
      const show = fits && levels.includes(finding.dataset.level) && (!rule || finding.dataset.rule === rule)
        && (!words || (article.dataset.name + " " + finding.textContent).toLowerCase().includes(words));
      finding.hidden = !show;
      shown += show;
    }
    article.hidden = shown === 0;
    findings += shown;
    shownArticles += shown > 0;
  }
  for (const bar of bars) bar.setAttribute("aria-pressed", String(bar.dataset.rule === rule));
  const s = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
  document.querySelector("#shown").textContent = `${s(findings, "finding")} in ${s(shownArticles, "article")}`;
}

form.addEventListener("input", apply);
form.addEventListener("submit", event => event.preventDefault());
form.addEventListener("reset", () => setTimeout(apply));
for (const bar of bars) {
  bar.addEventListener("click", () => {
    form.elements.rule.value = form.elements.rule.value === bar.dataset.rule ? "" : bar.dataset.rule;
    apply();
  });
}
form.hidden = false;
apply();
