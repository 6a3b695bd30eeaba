// Reviewing in a browser: what is decided, corrected and taken back is kept at once, and outlasts a reload and a kill.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, describe, it } from "node:test";

import { browser } from "./support/page.js";
import { articles, openReview, ready, serve } from "./support/review.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

describe("a review", async () => {
  const started = await browser({ after });

  const begin = async (test, ...options) => {
    const files = articles(test);
    const server = await serve(test, files.path, ...options);
    return { files, server, ...(await openReview(started, server.address)) };
  };

  const contradiction = (page) => page.locator("article.finding[data-verdict=contradiction]");
  const herald = (page) => page.locator("figure.voice", { hasText: "105 soldiers" }).first();

  /** Presses a button, fills in the form, and waits for the page as it is then. */
  const say = async (page, place, verb, fields) => {
    await place.locator(`button[data-review=${verb}]`).first().click();
    const form = page.locator("dialog.review-form");
    for (const [name, value] of Object.entries(fields)) {
      const field = form.locator(`[name=${name}]`);
      await ((await field.evaluate((one) => one.tagName)) === "SELECT" ? field.selectOption(value) : field.fill(value));
    }
    await reloaded(page, () => form.locator(".review-do").click());
  };

  /** Does something after which the page is loaded anew. */
  const reloaded = async (page, act) => {
    await page.evaluate(() => { document.body.dataset.old = ""; });
    await act();
    await page.waitForFunction(() => !("old" in document.body.dataset));
    await ready(page);
  };

  it("dismisses a finding with a reason, and takes that back", async (test) => {
    const { files, page, wrong, asked } = await begin(test, "--by", "Ann");
    await say(page, contradiction(page), "dismissed", { why: "two moments of one toll" });
    assert.match(files.kept(), /verdict = "dismissed"\nwhy = "two moments of one toll"\nby = "Ann"/);
    await page.locator("#dismissed .ruling", { hasText: "two moments of one toll" }).waitFor();
    assert.equal(await page.locator("#said").textContent(), "Dismissed.");
    await reloaded(page, () => page.locator("#dismissed button[data-review=undo]").click());
    assert.equal(await page.locator("#dismissed").count(), 0);
    assert.doesNotMatch(files.kept(), /dismissed"/);
    assert.deepEqual({ wrong, asked }, { wrong: [], asked: [] });
  });

  it("confirms a finding, which outlasts a reload and a kill of the server", async (test) => {
    const { files, server, page } = await begin(test);
    await say(page, contradiction(page), "confirmed", { why: "asked both", by: "Bea" });
    await reloaded(page, () => page.reload());
    await page.locator(".ruling.confirmed", { hasText: "asked both" }).waitFor();
    await server.end("SIGKILL");
    await contradiction(page).locator("button[data-review=dismissed]").click();
    const form = page.locator("dialog.review-form");
    await form.locator("[name=why]").fill("too late");
    await form.locator(".review-do").click();
    await form.getByRole("alert").filter({ hasText: "does not answer" }).waitFor();
    assert.match(files.kept(), /by = "Bea"/);
    const again = await serve(test, files.path);
    const { page: other } = await openReview(started, again.address);
    await other.locator(".ruling.confirmed", { hasText: "asked both" }).waitFor();
    assert.match(await other.locator(".review-bar summary").textContent(), /1 decided, 0 corrected/);
    await reloaded(other, () => other.locator("button[data-review=undo-last]").click());
    assert.equal(await other.locator(".ruling").count(), 0, "what an earlier run kept can be taken back too");
  });

  it("corrects a figure, and the accounts agree; then takes it back, and they do not", async (test) => {
    const { files, page } = await begin(test);
    await say(page, herald(page), "correct", { figure: "49", why: "misread" });
    assert.match(files.kept(), /\[\[correction\]\][^[]*figure = "49"\nwhy = "misread"/);
    assert.equal(await contradiction(page).count(), 0);
    await page.locator(".review-bar summary").click();
    await page.locator(".review-list", { hasText: "figure: 49" }).waitFor();
    await reloaded(page, () => page.locator("button[data-review=undo-last]").click());
    assert.equal(await contradiction(page).count(), 1);
  });

  it("corrects a speaker and an event, one after the other, and takes back the last alone", async (test) => {
    const { files, page } = await begin(test);
    await say(page, herald(page), "correct", { speaker: "Baku", why: "it was Baku" });
    await herald(page).locator(".speaker", { hasText: "Baku (Azerbaijan)" }).waitFor();
    await say(page, herald(page), "correct", { event: "none", why: "another day" });
    assert.equal(await contradiction(page).count(), 0);
    assert.match(files.kept(), /speaker = "Baku"\n(.*\n)*event = "none"|event = "none"/);
    await reloaded(page, () => page.locator("button[data-review=undo-last]").click());
    assert.equal(await contradiction(page).count(), 1);
    await herald(page).locator(".speaker", { hasText: "Baku (Azerbaijan)" }).waitFor();
  });

  it("says what is wrong with a correction, and keeps nothing of it", async (test) => {
    const { files, page } = await begin(test);
    await herald(page).locator("button[data-review=correct]").click();
    const form = page.locator("dialog.review-form");
    await form.locator("[name=figure]").fill("many");
    await form.locator("[name=why]").fill("a try");
    await form.locator(".review-do").click();
    await form.getByRole("alert").filter({ hasText: "`many` is no count" }).waitFor();
    await form.getByRole("button", { name: "Cancel" }).click();
    assert.throws(() => files.kept(), /ENOENT/);
  });

  it("shows what others keep in the file meanwhile", async (test) => {
    const { files, page } = await begin(test);
    await say(page, contradiction(page), "confirmed", { why: "asked both" });
    writeFileSync(`${files.path}/gainsay-decisions.toml`, files.kept().replace("asked both", "asked all"));
    await reloaded(page, () => page.reload());
    await page.locator(".ruling.confirmed", { hasText: "asked all" }).waitFor();
  });

  it("can be used by keys and screen readers", async (test) => {
    const { page } = await begin(test);
    await page.evaluate(axe);
    const broken = async () => {
      const { violations } = await page.evaluate(() => window.axe.run());
      const grave = violations.filter((one) => ["serious", "critical"].includes(one.impact));
      return grave.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html}`)).filter((line) => line.includes("review"));
    };
    assert.deepEqual(await broken(), []);
    await contradiction(page).locator("button[data-review=confirmed]").focus();
    await page.keyboard.press("Enter");
    await page.locator("dialog.review-form").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.name), "why");
    assert.deepEqual(await broken(), []);
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector("dialog"));
  });

  it("ends cleanly when it is interrupted", async (test) => {
    const { server } = await begin(test);
    assert.equal(await server.end("SIGINT"), 0);
  });

  it("lets no other site in", async (test) => {
    const { files, server } = await begin(test);
    const { port, origin, searchParams } = new URL(server.address);
    const token = searchParams.get("token");
    const page = await (await started.newContext()).newPage();
    await page.route("http://evil.example/**", (route) => route.fulfill({ contentType: "text/html", body: "<p>evil</p>" }));
    await page.goto("http://evil.example/");
    const answers = await page.evaluate(async ([origin, token]) => {
      const post = (headers, body) => fetch(`${origin}/undo`, { method: "POST", headers, body }).then((answer) => answer.status, () => "no");
      return [
        await post({ "Content-Type": "application/json", "X-Gainsay-Token": token }, "{}"),
        await post({ "Content-Type": "text/plain" }, "{}"),
        await fetch(`${origin}/?token=${token}`).then((answer) => answer.text(), () => "no"),
      ];
    }, [origin, token]);
    assert.deepEqual(answers, ["no", "no", "no"]);
    const plain = await page.request.get(`http://127.0.0.1:${port}/`);
    assert.equal(plain.status(), 403);
    assert.throws(() => files.kept(), /ENOENT/);
  });
});
