// The page of the seed reports in a browser: nothing goes wrong, nothing is asked of a network, and everything works.

import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, describe, it } from "node:test";

import { hostile } from "./support/articles.js";
import { browser, open, report, scrollThrough } from "./support/page.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

describe("the page of the seeds", async () => {
  const context = { after };
  const started = await browser(context);
  const out = report(context);
  const opened = (options) => open(started, out, options);

  it("is small, and opens without an error or a request", async () => {
    assert.ok(statSync(join(out, "report.html")).size < 1.5e6);
    const { page, wrong, asked } = await opened();
    await scrollThrough(page);
    assert.deepEqual({ wrong, asked }, { wrong: [], asked: [] });
  });

  it("reads without scripts", async () => {
    const { page } = await opened({ javaScriptEnabled: false });
    await page.locator("blockquote", { hasText: "At least 31" }).first().waitFor();
    assert.equal(await page.locator(".filters").isVisible(), false);
    assert.ok(await page.locator(".finding").count() > 5);
  });

  it("draws a mark for every row of every chart's table", async () => {
    const { page } = await opened();
    await scrollThrough(page);
    const charts = await page.locator(".chart[data-chart]").evaluateAll((all) => all.map((chart) => ({
      kind: chart.dataset.chart,
      rows: document.getElementById(chart.dataset.table).tBodies[0].rows.length,
      marks: chart.querySelectorAll(".mark, .edge").length,
      named: [...chart.querySelectorAll(".mark, .edge")].every((mark) => mark.getAttribute("aria-label")),
      titled: Boolean(chart.querySelector("svg > title")?.textContent && chart.querySelector("svg > desc")?.textContent),
    })));
    assert.deepEqual(new Set(charts.map((chart) => chart.kind)), new Set(["figures", "blame", "timeline", "between"]));
    for (const chart of charts) {
      assert.ok(chart.rows > 0 && chart.marks === chart.rows && chart.named && chart.titled, JSON.stringify(chart));
    }
  });

  it("tells of a mark what it is, by keys alone", async () => {
    const { page } = await opened();
    const chart = page.locator(".chart[data-chart=figures]").first();
    await chart.scrollIntoViewIfNeeded();
    await chart.locator(".mark[tabindex='0']").focus();
    const first = await chart.locator(".tip").textContent();
    await page.keyboard.press("ArrowRight");
    assert.notEqual(await chart.locator(".tip").textContent(), first);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => location.hash.startsWith("#claim-"));
    assert.ok(await page.locator("details.source[open]").count() === 1);
  });

  it("filters by verdict, kind, outlet, event, severity and words, and shows all again", async () => {
    const { page } = await opened();
    const shown = () => page.locator(".finding:not([hidden])").evaluateAll((all) => all.map((one) => ({ ...one.dataset })));
    const all = await shown();
    await page.getByRole("checkbox", { name: /agreement/ }).uncheck();
    assert.ok((await shown()).every((one) => one.verdict !== "agreement") && (await shown()).length < all.length);
    await page.getByRole("button", { name: "More filters" }).click();
    await page.locator("#filter-kind").selectOption("blame");
    assert.ok((await shown()).every((one) => one.kind === "blame"));
    await page.locator("#filter-outlet").selectOption({ label: "Saltmarsh Ledger" });
    const number = await page.locator("#filter-outlet").inputValue();
    const of = await shown();
    assert.ok(of.length > 0 && of.every((one) => one.outlets.split(" ").includes(number)));
    await page.locator("#filter-event").selectOption(of[0].event);
    assert.ok((await shown()).every((one) => one.event === of[0].event));
    await page.getByRole("button", { name: "Show all" }).click();
    await page.waitForFunction((n) => document.querySelectorAll(".finding:not([hidden])").length === n, all.length);
    await page.locator("#filter-severity").fill("90");
    assert.ok((await shown()).every((one) => Number(one.severity) >= 90) && (await shown()).length < all.length);
    await page.getByRole("button", { name: "Show all" }).click();
    await page.getByRole("searchbox").fill("KYRGYZ tajik");
    await page.waitForFunction(() => document.querySelectorAll(".event:not([hidden])").length === 1);
    assert.equal(await page.locator("#count").textContent(), `1 of ${all.length} findings`);
    assert.equal(await page.locator("#findings .event:not([hidden])").count(), 1);
  });

  it("goes to the finding that an address names, even when it is folded or filtered away", async () => {
    const { page: first } = await opened();
    const id = await first.locator("details.agreed .finding").first().getAttribute("id");
    const { page } = await opened({ hash: `#${id}` });
    await page.waitForFunction((id) => document.getElementById(id).checkVisibility(), id);
    await page.waitForFunction((id) => {
      const { top, bottom } = document.getElementById(id).getBoundingClientRect();
      return top < innerHeight && bottom > 0;
    }, id);
    await page.getByRole("searchbox").fill("no such words");
    await page.waitForFunction(() => !document.querySelector(".finding:not([hidden])"));
    await page.evaluate((id) => { location.hash = ""; location.hash = id; }, id);
    await page.waitForFunction((id) => document.getElementById(id).checkVisibility(), id);
  });

  it("links a quote to its words in the article, and these back to the finding", async () => {
    const { page } = await opened();
    const card = page.locator(".finding").first();
    const id = await card.getAttribute("id");
    const claim = await card.locator("[data-claim]").first().getAttribute("data-claim");
    await card.getByRole("link", { name: "in the text" }).first().click();
    const mark = page.locator(`.source mark[data-claim="${claim}"]`).first();
    await mark.waitFor({ state: "visible" });
    await page.locator(`.source[open] a.reference[href="#${id}"]`).first().click();
    await page.waitForFunction((id) => {
      const { top, bottom } = document.getElementById(id).getBoundingClientRect();
      return top < innerHeight && bottom > 0;
    }, id);
  });

  it("copies a link, Markdown and a line for Wikipedia", async () => {
    const { page, own } = await opened({ permissions: ["clipboard-read", "clipboard-write"] });
    const card = page.locator(".finding").first();
    const copied = async (name) => {
      await card.getByRole("button", { name }).click();
      await page.locator("#said").getByText(/^Copied/).waitFor();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    assert.equal(await copied("Copy link"), `${own}#${await card.getAttribute("id")}`);
    const markdown = await copied("Copy as Markdown");
    assert.ok(readFileSync(join(out, "discrepancies.md"), "utf8").includes(markdown), markdown);
    assert.match(await copied("Copy for Wikipedia"), /^per .+: .+ \(\d+ \w+ \d{4}\)<ref>\{\{cite news \|title=/);
  });

  it("saves the CSV of the report, and of what the filters leave", async () => {
    const { page } = await opened();
    await page.getByRole("button", { name: "More filters" }).click();
    const saved = async (name) => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
      return readFileSync(await download.path(), "utf8");
    };
    assert.equal(await saved("Save as CSV"), readFileSync(join(out, "discrepancies.csv"), "utf8"));
    const all = JSON.parse(await saved("Save as JSON"));
    assert.equal(all.length, await page.locator(".finding").count());
    await page.locator("#filter-kind").selectOption("figure");
    const figures = JSON.parse(await saved("Save as JSON"));
    assert.ok(figures.length > 0 && figures.length < all.length && figures.every((one) => one.kind === "figure"));
  });

  it("sorts tables by any column, unknown last", async () => {
    const { page } = await opened();
    const table = page.locator("#summary table");
    await table.getByRole("button", { name: "Sort by contradiction" }).click();
    await table.getByRole("button", { name: "Sort by contradiction" }).click();
    const column = await table.locator("tbody tr").evaluateAll((rows) => rows.map((row) => Number(row.cells[2].dataset.sort)));
    assert.deepEqual(column, [...column].sort((a, b) => b - a));
    assert.equal(await table.locator("th[aria-sort]").getAttribute("aria-sort"), "descending");
  });

  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 390]) {
      it(`has no fault that axe calls serious, ${colorScheme}, ${width} wide`, async () => {
        const { page } = await opened({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
        await scrollThrough(page);
        await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
        await page.addStyleTag({ content: "* { content-visibility: visible !important; }" });
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => window.axe.run());
        const grave = violations.filter((fault) => ["serious", "critical"].includes(fault.impact));
        assert.deepEqual(grave.map((fault) => `${fault.id}: ${fault.nodes[0].html}`), []);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= width, `the page is ${wide} wide on a screen of ${width}`);
      });
    }
  }

  it("prints its charts, without what cannot be pressed on paper", async () => {
    const { page, wrong } = await opened();
    assert.ok((await page.pdf({ format: "A4" })).length > 50_000);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator("button:visible").count(), 0);
    assert.deepEqual(wrong, []);
  });

  it("shows what tries to be markup as text", async (test) => {
    const broken = report(test, hostile());
    const { page, wrong, asked } = await open(started, broken);
    await scrollThrough(page);
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
    assert.equal(await page.title(), "Where the accounts differ");
    assert.equal(await page.locator("img").count(), 0);
    assert.ok(await page.locator(".finding").count() > 0);
    const marks = page.locator(".chart .mark");
    for (let n = 0; n < await marks.count(); n += 1) await marks.nth(n).focus();
    assert.match(await page.locator("blockquote").first().textContent(), /<script>document\.title='broken'<\/script>/);
    assert.match(await page.locator(".source .text").first().textContent(), /"><img src=x onerror="document\.title='broken'">/);
    assert.deepEqual({ wrong, asked }, { wrong: [], asked: [] });
    assert.equal(await page.locator("img").count(), 0);
  });
});
