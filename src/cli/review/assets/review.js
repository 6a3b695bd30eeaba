"use strict";
// Reviewing: confirming and dismissing findings, correcting claims, taking both back. The server keeps every word at once.

{
  const token = document.body.dataset.token;
  const SAID = "gainsay-said";
  const NAME = "gainsay-name";
  let kept = { decisions: [], corrections: [], lapsed: [], by: null };

  /** Asks the server; what it refuses is an error with its words. */
  const ask = async (path, body) => {
    const headers = { "X-Gainsay-Token": token };
    const options = body === undefined ? { headers } : {
      method: "POST", headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(body),
    };
    let answer;
    try {
      answer = await fetch(path, options);
    } catch {
      throw new Error("The server does not answer. What was kept is safe; start `gainsay review` again.");
    }
    if (!answer.ok) throw new Error((await answer.text()) || `The server refused (${answer.status}).`);
    return answer.status === 204 ? null : answer.json();
  };

  /** Sends a word, and shows the page as it is then. */
  const send = async (path, body, said) => {
    await ask(path, body);
    sessionStorage.setItem(SAID, said);
    location.reload();
  };

  const button = (text, act, attributes = {}) => {
    const made = gainsay.node("button", { type: "button", ...attributes }, text);
    made.addEventListener("click", act);
    return made;
  };

  const field = (label, input) => {
    const made = gainsay.node("label", {}, label);
    made.append(input);
    return made;
  };

  const name = () => kept.by ?? localStorage.getItem(NAME) ?? "";

  /** A form in a dialog. `act` gets the reason and the name, and rejects with what is wrong. */
  const form = (title, about, fields, action, act) => {
    const dialog = gainsay.node("dialog", { class: "review-form", "aria-labelledby": "review-title" });
    const inside = gainsay.node("form", { method: "dialog" });
    const why = gainsay.node("textarea", { name: "why", rows: "2", required: "" });
    const by = gainsay.node("input", { name: "by", autocomplete: "name" });
    const wrong = gainsay.node("p", { class: "review-wrong", role: "alert" });
    const submit = gainsay.node("button", { type: "submit", class: "review-do" }, action);
    by.value = name();
    inside.append(
      gainsay.node("h2", { id: "review-title" }, title), gainsay.node("p", { class: "review-about" }, about),
      ...fields, field("Why", why), field("Your name", by), wrong,
    );
    const buttons = gainsay.node("p", { class: "review-buttons" });
    buttons.append(submit, button("Cancel", () => dialog.close()));
    inside.append(buttons);
    inside.addEventListener("submit", async (event) => {
      event.preventDefault();
      submit.disabled = true;
      wrong.textContent = "";
      if (by.value.trim() !== (kept.by ?? "")) localStorage.setItem(NAME, by.value.trim());
      try {
        await act({ why: why.value, by: by.value.trim() || null });
      } catch (error) {
        wrong.textContent = error.message;
        submit.disabled = false;
      }
    });
    dialog.addEventListener("close", () => dialog.remove());
    dialog.append(inside);
    document.body.append(dialog);
    dialog.showModal();
    (fields[0]?.querySelector("input") ?? why).focus();
  };

  const decide = (article, verdict) => {
    const [title, action] = verdict === "confirmed" ? ["The accounts differ as the finding says", "Confirm"] : ["They do not differ here, or it does not matter", "Dismiss"];
    form(title, article.querySelector("h4").textContent, [], action, (signed) =>
      send("/decide", { finding: article.dataset.finding, verdict, ...signed }, `${verdict === "confirmed" ? "Confirmed" : "Dismissed"}.`));
  };

  const correct = async (id) => {
    let claim;
    try {
      claim = await ask(`/claim?id=${encodeURIComponent(id)}`);
    } catch (error) {
      return gainsay.say(error.message);
    }
    const input = (key, value) => Object.assign(gainsay.node("input", { name: key }), { value });
    const figure = claim.figure === null ? null : input("figure", claim.figure);
    const speaker = input("speaker", claim.speaker ?? "");
    const event = gainsay.node("select", { name: "event" });
    event.append(new Option("none that is compared", "none", false, claim.event === null));
    for (const [key, label] of claim.events) event.append(new Option(label, key, false, key === claim.event));
    const fields = [
      ...(figure ? [field("How many (12, at least 12, 20-30, 24..99, none)", figure)] : []),
      field("Who says it (empty: the outlet itself)", speaker), field("About", event),
    ];
    form("Correct the claim", `“${claim.quote}” (${claim.kind}; ${claim.voice})`, fields, "Correct", (signed) => {
      const change = {};
      if (figure && figure.value.trim() !== claim.figure) change.figure = figure.value.trim();
      if (speaker.value.trim() !== (claim.speaker ?? "")) change.speaker = speaker.value.trim();
      if (event.value !== (claim.event ?? "none")) change.event = event.value;
      return send("/correct", { claim: claim.id, ...change, ...signed }, "Corrected.");
    });
  };

  const undo = (id) => send("/undo", id === undefined ? {} : { id }, "Taken back.").catch((error) => gainsay.say(error.message));

  /** The buttons of every finding. */
  const actions = () => {
    const decided = new Map(kept.decisions.filter((one) => one.finding).map((one) => [one.finding, one]));
    for (const article of document.querySelectorAll("article.finding")) {
      const place = article.querySelector(".finding-actions");
      const decision = decided.get(article.dataset.finding);
      place.replaceChildren();
      for (const [verdict, text] of [["confirmed", "Confirm"], ["dismissed", "Dismiss"]]) {
        if (decision?.verdict !== verdict) place.append(button(text, () => decide(article, verdict), { "data-review": verdict }));
      }
      if (decision) place.append(button("Take back", () => undo(decision.id), { "data-review": "undo" }));
    }
  };

  /** A button beside every claim's words, and what was corrected in it. */
  const corrections = () => {
    const corrected = new Map(kept.corrections.flatMap((one) => one.claims.map((claim) => [claim, one])));
    for (const voice of document.querySelectorAll("figure.voice[data-claim]")) {
      const place = gainsay.node("span", { class: "review-claim" });
      const correction = corrected.get(voice.dataset.claim);
      if (correction) place.append(gainsay.node("strong", {}, `Corrected (${correction.changes.join("; ")}): ${correction.why}`), " ");
      place.append(button("Correct", () => correct(voice.dataset.claim), { "data-review": "correct" }));
      if (correction) place.append(" ", button("Take back", () => undo(correction.id), { "data-review": "undo" }));
      (voice.querySelector("figcaption") ?? voice).append(" ", place);
    }
    for (const mark of document.querySelectorAll("#articles mark[data-claim]")) {
      mark.title = "Correct this claim";
      mark.addEventListener("click", () => correct(mark.dataset.claim));
    }
  };

  /** The bar with what is kept, the last thing first. */
  const bar = () => {
    const count = (number, what) => `${number} ${what}`;
    const all = [
      ...kept.decisions.map((one) => ({ ...one, words: `${one.verdict}: ${one.question}`, at: one.finding && `#finding-${one.finding}` })),
      ...kept.corrections.map((one) => ({ ...one, words: `corrected: “${one.quote}” (${one.document}); ${one.changes.join("; ")}`, at: one.claims[0] && `#claim-${one.claims[0]}` })),
    ].sort((a, b) => b.line - a.line);
    const made = gainsay.node("section", { class: "review-bar", "aria-label": "Review" });
    const list = gainsay.node("ol", { class: "review-list" });
    for (const one of all) {
      const item = gainsay.node("li");
      item.append(one.at ? gainsay.node("a", { href: one.at }, one.words) : gainsay.node("span", {}, `${one.words} (does not hold any more)`));
      item.append(gainsay.node("span", { class: "review-why" }, ` ${one.why}${one.by ? `, ${one.by}` : ""} `));
      item.append(button("Take back", () => undo(one.id), { "data-review": "undo" }));
      list.append(item);
    }
    const folded = gainsay.node("details");
    folded.append(gainsay.node("summary", {}, `Review: ${count(kept.decisions.length, "decided")}, ${count(kept.corrections.length, "corrected")}`), list);
    for (const lapsed of kept.lapsed) folded.append(gainsay.node("p", { class: "review-wrong" }, lapsed));
    made.append(folded, button("Undo last", () => undo(), { "data-review": "undo-last", ...(all.length ? {} : { disabled: "" }) }));
    document.body.append(made);
  };

  const start = async () => {
    try {
      kept = await ask("/state");
    } catch (error) {
      return gainsay.say(error.message);
    }
    actions();
    corrections();
    bar();
    document.body.dataset.reviewing = "";
    const said = sessionStorage.getItem(SAID);
    sessionStorage.removeItem(SAID);
    if (said) gainsay.say(said);
  };
  start();
}
