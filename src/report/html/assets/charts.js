"use strict";
// What the charts share: when they are drawn, colours and shapes of outlets, the note beside a mark, moving by keys.

{
  const { select } = d3;
  const DAY = 864e5;
  /** Room for a tick's words. */
  const TICK = 78;

  /** The colour of an outlet's marks, as a class. */
  gainsay.colour = (outlet) => (outlet === undefined || outlet === "" ? "o-none" : `o-${Number(outlet) % 8}`);

  /** The shape of an outlet's marks: colours come round before shapes do, so that no two of 56 outlets look alike. */
  gainsay.shape = (outlet, size = 80) =>
    d3.symbol(d3.symbolsFill[outlet === undefined || outlet === "" ? 1 : Number(outlet) % d3.symbolsFill.length], size)();

  /** The names of outlets by number, from the filter's choices. */
  gainsay.outlets = new Map([...document.querySelectorAll("#filter-outlet option")].filter((one) => one.value).map((one) => [one.value, one.textContent]));

  let ids = 0;

  /** A drawing of a width and height with its name and description. */
  gainsay.drawing = (plot, width, height, title, description) => {
    plot.replaceChildren();
    const id = `drawing-${(ids += 1)}`;
    const svg = select(plot).append("svg")
      .attr("viewBox", `0 0 ${width} ${height}`).attr("width", width).attr("height", height)
      .attr("role", "group").attr("aria-labelledby", `${id}-title`).attr("aria-describedby", `${id}-description`);
    svg.append("title").attr("id", `${id}-title`).text(title);
    svg.append("desc").attr("id", `${id}-description`).text(description);
    return svg;
  };

  /** A note beside whatever mark is pointed at or has the focus. */
  const note = (plot) => {
    const tip = plot.querySelector(".tip") ?? plot.appendChild(gainsay.node("div", { class: "tip", role: "tooltip", hidden: "" }));
    return {
      show(mark, { head, lines, quote }) {
        tip.replaceChildren(gainsay.node("strong", {}, head), ...lines.filter(Boolean).map((line) => gainsay.node("span", {}, line)));
        if (quote) tip.append(gainsay.node("q", {}, quote));
        tip.hidden = false;
        const [box, at] = [plot.getBoundingClientRect(), mark.getBoundingClientRect()];
        const left = Math.min(Math.max(0, at.left - box.left + at.width / 2 - tip.offsetWidth / 2), Math.max(0, box.width - tip.offsetWidth));
        const below = at.bottom - box.top + 8;
        const above = at.top - box.top - tip.offsetHeight - 8;
        tip.style.left = `${left}px`;
        tip.style.top = `${at.top > tip.offsetHeight + 100 ? above : below}px`;
      },
      hide() {
        tip.hidden = true;
      },
    };
  };

  /** Makes marks tell what they are: by pointing, by focus, and to screen readers; arrow keys go from one to the next. */
  gainsay.tell = (plot, marks, words) => {
    const tip = note(plot);
    const all = marks.nodes();
    marks
      .attr("tabindex", (_, index) => (index ? -1 : 0))
      .attr("aria-label", (mark) => {
        const { head, lines, quote } = words(mark);
        return [head, ...lines, quote].filter(Boolean).join(". ");
      })
      .on("pointerenter focus", (event, mark) => tip.show(event.currentTarget, words(mark)))
      .on("pointerleave blur", () => tip.hide())
      .on("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        if (event.key === "Escape") tip.hide();
        if (!step) return;
        event.preventDefault();
        const next = all[(all.indexOf(event.currentTarget) + step + all.length) % all.length];
        all.forEach((mark) => mark.setAttribute("tabindex", mark === next ? 0 : -1));
        next.focus();
      });
  };

  /** The outlets of a drawing with their shapes. */
  gainsay.legend = (plot, outlets, most = 14) => {
    const list = gainsay.node("ul", { class: "key", "aria-label": "Outlets" });
    for (const outlet of outlets.slice(0, most)) {
      const item = gainsay.node("li");
      const svg = select(item).append("svg").attr("viewBox", "-8 -8 16 16").attr("aria-hidden", "true");
      svg.append("path").attr("class", `swatch ${gainsay.colour(outlet)}`).attr("d", gainsay.shape(outlet));
      item.append(gainsay.outlets.get(outlet) ?? "outlet not known");
      list.append(item);
    }
    if (outlets.length > most) list.append(gainsay.node("li", {}, `and ${outlets.length - most} more, in the table`));
    plot.append(list);
  };

  /** A text cut to the room it has. */
  gainsay.fit = (text, room) => {
    const most = Math.max(4, Math.floor(room / 6.7));
    return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
  };

  /** Ticks on whole days: the days that are told of where they are few, else what fits. */
  gainsay.days = (scale, told, room) => {
    const most = Math.max(2, Math.floor(room / 90));
    const days = [...new Set(told.map((date) => +date))].sort((a, b) => a - b);
    const apart = days.every((day, i) => !i || scale(day) - scale(days[i - 1]) > TICK);
    if (days.length <= most && apart) return days.map((day) => new Date(day));
    const all = [...new Set(scale.ticks(most).map((date) => Math.floor(+date / DAY) * DAY))];
    const kept = [];
    for (const day of all) {
      if (!kept.length || scale(day) - scale(kept.at(-1)) > TICK) kept.push(new Date(day));
    }
    return kept;
  };

  /** How a tick is written: with its day, or where years are shown with its month alone. */
  gainsay.dayName = (scale) => {
    const [first, last] = scale.domain();
    return d3.utcFormat(last - first > 900 * DAY ? "%b %Y" : "%-d %b %Y");
  };

  /** The functions that draw, by kind of chart; each takes the place, the rows of its table and the width. */
  gainsay.draw = {};

  const drawn = new WeakMap();
  const draw = (chart) => {
    const plot = chart.querySelector(".plot");
    const width = Math.floor(plot.clientWidth);
    if (!width || drawn.get(chart) === width) return;
    drawn.set(chart, width);
    const rows = [...document.getElementById(chart.dataset.table).tBodies[0].rows].map((row) => ({ ...row.dataset, cells: [...row.cells].map((cell) => cell.textContent.trim()) }));
    plot.replaceChildren();
    gainsay.draw[chart.dataset.chart](plot, rows, width);
  };

  const charts = [...document.querySelectorAll(".chart[data-chart]")];
  addEventListener("DOMContentLoaded", () => {
    const seen = new IntersectionObserver((entries) => {
      entries.filter((entry) => entry.isIntersecting).forEach((entry) => draw(entry.target));
    }, { rootMargin: "600px" });
    charts.forEach((chart) => seen.observe(chart));
    let waiting;
    addEventListener("resize", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => charts.filter((chart) => drawn.has(chart)).forEach(draw), 150);
    });
  });
  addEventListener("beforeprint", () => charts.forEach(draw));
}
