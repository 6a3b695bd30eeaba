// A review of two articles that contradict each other, served by the program.

import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { folder, program } from "./page.js";

const article = (killed) =>
  `---\noutlet: The Paper of ${killed}\npublished: 2022-09-14\n---\nOn 13 September 2022 ${killed} soldiers of Armenia were killed near Sotk, Yerevan said.\n`;

/** The articles in a folder of their own. */
export function articles(context) {
  const path = join(folder(context), "articles");
  mkdirSync(path);
  writeFileSync(join(path, "courier.txt"), article(49));
  writeFileSync(join(path, "herald.txt"), article(105));
  const decisions = join(path, "gainsay-decisions.toml");
  return { path, kept: () => readFileSync(decisions, "utf8") };
}

/** Starts the program and waits for the address that it prints. */
export async function serve(context, path, ...options) {
  const server = spawn(program, ["review", path, ...options], { stdio: ["ignore", "pipe", "ignore"] });
  context.after(() => server.kill("SIGKILL"));
  const address = await new Promise((done, failed) => {
    let text = "";
    server.stdout.on("data", (data) => {
      text += data;
      if (text.includes("\n")) done(text.trim());
    });
    server.on("exit", (status) => failed(new Error(`the program ended with ${status}`)));
  });
  const end = (signal) => new Promise((done) => {
    server.removeAllListeners("exit");
    server.on("exit", (status) => done(status));
    server.kill(signal);
  });
  return { address, end };
}

/** Opens the page of a review; what goes wrong on it and what it asks of other places is kept in lists. */
export async function openReview(started, address) {
  const context = await started.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const [wrong, asked] = [[], []];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && wrong.push(message.text()));
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("request", (request) => new URL(request.url()).origin === new URL(address).origin || asked.push(request.url()));
  await page.goto(address);
  await ready(page);
  return { page, wrong, asked };
}

/** Waits until the page can be reviewed. */
export const ready = (page) => page.waitForSelector("body[data-reviewing]");
