// Pages made by the program, and a browser that opens them from the disk.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../../..", import.meta.url));
export const program = process.env.GAINSAY ?? join(root, "target/debug/gainsay");
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/** A folder that is gone after the tests. */
export function folder(context) {
  const path = mkdtempSync(join(tmpdir(), "gainsay-page-"));
  context.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** The report on the seeds, or on articles given as JSON Lines, in a folder of its own. */
export function report(context, lines) {
  const to = folder(context);
  const from = lines === undefined ? join(root, "seeds") : join(to, "articles.jsonl");
  if (lines !== undefined) writeFileSync(from, lines);
  const out = join(to, "report");
  const run = spawnSync(program, ["report", from, "-o", out, "--quiet"], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(`${program} ended with ${run.status}: ${run.stderr || run.error}`);
  return out;
}

/** A browser for all tests of a file. */
export async function browser(context) {
  const started = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  context.after(() => started.close());
  return started;
}

/** Opens the page of a report; what goes wrong on it and what it asks of any network is kept in lists. */
export async function open(started, out, { hash = "", ...options } = {}) {
  const context = await started.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const wrong = [];
  const asked = [];
  const own = pathToFileURL(join(out, "report.html")).href;
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && wrong.push(message.text()));
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("request", (request) => request.url().split("#")[0] === own || asked.push(request.url()));
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.goto(own + hash);
  /** Seconds that the page's own thread has worked. */
  const spent = async () => (await session.send("Performance.getMetrics")).metrics.find((one) => one.name === "ThreadTime").value;
  return { page, wrong, asked, own, spent };
}

/** Scrolls through the page, so that everything that is drawn when it comes into sight is drawn. */
export async function scrollThrough(page) {
  await page.evaluate(async () => {
    for (let at = 0; at < document.documentElement.scrollHeight; at += innerHeight / 2) {
      scrollTo({ top: at, behavior: "instant" });
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    }
    scrollTo({ top: 0, behavior: "instant" });
  });
}
