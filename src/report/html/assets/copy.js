"use strict";
// Taking findings along: links, Markdown and lines for Wikipedia to the clipboard, CSV and JSON to a file.

{
  const copy = async (text, what) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Pages opened from a file may have no clipboard: select the text and copy it the old way.
      const area = gainsay.node("textarea", { "aria-hidden": "true" });
      area.value = text;
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      if (!done) return gainsay.say("The browser does not let this page copy.");
    }
    gainsay.say(`Copied: ${what}.`);
  };

  const link = (id) => new URL(`#finding-${id}`, location.href).href;

  const button = (event) => event.target.closest?.("button[data-copy]");

  document.addEventListener("click", async (click) => {
    const pressed = button(click);
    if (!pressed) return;
    const id = pressed.closest(".finding").dataset.finding;
    if (pressed.dataset.copy === "link") {
      await copy(link(id), "a link to the finding");
      return;
    }
    const [markdown, wikipedia] = (await gainsay.data()).copies[id];
    if (pressed.dataset.copy === "markdown") await copy(markdown, "the finding as Markdown");
    else await copy(wikipedia, "the answers as wikitext");
  });
  // The data is ready when a button is pressed that was pointed at: some browsers copy at once or not at all.
  document.addEventListener("pointerover", (event) => button(event) && gainsay.data());

  const save = (name, type, text) => {
    const address = URL.createObjectURL(new Blob([text], { type }));
    const anchor = gainsay.node("a", { href: address, download: name });
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
    gainsay.say(`Saved: ${name}.`);
  };

  const shown = ({ findings }) => {
    const ids = gainsay.shown();
    return findings.filter((finding) => ids.has(finding.finding));
  };

  /** The rows of a finding as `discrepancies.csv` has them: one for each pair of answers. */
  const rows = (finding) => {
    const { answers, relations, ...row } = finding;
    if (!relations.length) return [{ ...row, a: answers[0] ?? null }];
    return relations.map(({ a, b, verdict, rule, why }) => ({ ...row, verdict, rule, why, a: answers[a], b: answers[b] }));
  };

  const at = (row, path) =>
    path.split(".").reduce((value, part) => {
      if (Array.isArray(value)) return part === "first" ? value[0] : part === "last" ? value.at(-1) : null;
      return value?.[part] ?? null;
    }, row);

  /** Text that no spreadsheet runs as a formula. */
  const harmless = (text) => (/^'*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text);

  const cell = (value, path) => {
    if (value === null || value === undefined) return "";
    if (Array.isArray(value)) return harmless(value.join("; "));
    if (typeof value === "string") return harmless(value);
    if (typeof value === "object") return "";
    return path === "severity" && Number.isInteger(value) ? value.toFixed(1) : String(value);
  };

  const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);

  document.getElementById("save-csv").addEventListener("click", async () => {
    const data = await gainsay.data();
    const lines = shown(data).flatMap(rows).map((row) => data.columns.map((path) => quoted(cell(at(row, path), path))).join(","));
    save("discrepancies.csv", "text/csv", `${[data.columns.join(","), ...lines].join("\n")}\n`);
  });

  document.getElementById("save-json").addEventListener("click", async () => {
    save("findings.json", "application/json", `${JSON.stringify(shown(await gainsay.data()), null, 2)}\n`);
  });
}
