"use strict";
// Filters and search: findings that do not fit are hidden, and so are events of which none is left.

{
  const form = document.getElementById("filters");
  const findings = [...document.querySelectorAll(".finding")];
  const events = [...document.querySelectorAll("#findings .event")];
  const count = document.getElementById("count");
  const field = (name) => document.getElementById(`filter-${name}`);
  const [words, kind, outlet, event, severity] = ["words", "kind", "outlet", "event", "severity"].map(field);
  const texts = new Map();

  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  /** The text of a finding and of its event's name, read when it is first searched. */
  const textOf = (finding) => {
    if (!texts.has(finding)) {
      const head = finding.closest(".event")?.querySelector("h3")?.textContent ?? "";
      texts.set(finding, folded(`${head} ${finding.textContent}`));
    }
    return texts.get(finding);
  };

  const apply = () => {
    const verdicts = new Set([...form.querySelectorAll("[name=verdict]:checked")].map((box) => box.value));
    const asked = folded(words.value).split(/\s+/).filter(Boolean);
    const least = Number(severity.value);
    document.getElementById("filter-severity-value").textContent = `${least} %`;
    const fits = (finding) => {
      const { verdict, kind: of, outlets, event: about, severity: grave } = finding.dataset;
      return verdicts.has(verdict)
        && (!kind.value || of === kind.value)
        && (!outlet.value || outlets.split(" ").includes(outlet.value))
        && (!event.value || about === event.value)
        && Number(grave) >= least
        && asked.every((word) => textOf(finding).includes(word));
    };
    let shown = 0;
    for (const finding of findings) {
      finding.hidden = !fits(finding);
      shown += finding.hidden ? 0 : 1;
    }
    for (const section of events) {
      const own = [...section.querySelectorAll(".finding")];
      section.hidden = own.length > 0 && own.every((finding) => finding.hidden);
      const agreed = section.querySelector("details.agreed");
      if (agreed) agreed.hidden = ![...agreed.querySelectorAll(".finding")].some((finding) => !finding.hidden);
      if (agreed && asked.length && !agreed.hidden) agreed.open = true;
    }
    const all = findings.length;
    count.textContent = shown === all ? `${all} findings` : `${shown} of ${all} findings`;
  };

  let waiting;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, findings.length > 300 ? 150 : 0);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (submit) => submit.preventDefault());

  const more = document.getElementById("filter-more");
  more.addEventListener("click", () => {
    const open = form.classList.toggle("open");
    more.setAttribute("aria-expanded", String(open));
    more.textContent = open ? "Fewer filters" : "More filters";
  });

  document.addEventListener("gainsay:arrive", ({ detail: place }) => {
    const hidden = place.closest(".finding[hidden], .event[hidden]");
    if (hidden) {
      form.reset();
      apply();
    }
  });

  /** The ids of the findings in sight, in the order of the page's data. */
  gainsay.shown = () => new Set(findings.filter((finding) => !finding.hidden).map((finding) => finding.dataset.finding));
  apply();
}
