"use strict";
// When it happened: a bar for the days that each answer allows, coloured by its verdict.

{
  const ROW = 38;
  const day = (text) => new Date(`${text}T00:00:00Z`);
  const DAY = 864e5;

  gainsay.draw.timeline = (plot, rows, width) => {
    const bars = rows.filter((row) => row.first).map((row) => ({ ...row, from: day(row.first), to: new Date(+day(row.last) + DAY) }));
    if (!bars.length) {
      plot.append(gainsay.node("p", { class: "rest" }, "No answer can be placed on a calendar."));
      return;
    }
    const [first, last] = [Math.min(...bars.map((bar) => bar.from)), Math.max(...bars.map((bar) => bar.to))];
    const pad = Math.max((last - first) * 0.03, DAY / 2);
    const x = d3.scaleUtc().domain([first - pad, last + pad]).range([8, width - 12]);
    const height = bars.length * ROW + 30;
    const svg = gainsay.drawing(plot, width, height, "When it happened, by answer",
      `${bars.length} answers between ${d3.utcFormat("%-d %B %Y")(first)} and ${d3.utcFormat("%-d %B %Y")(last - DAY)}. The table below has the same dates.`);
    const axis = d3.axisBottom(x).tickValues(gainsay.days(x, bars.map((bar) => bar.from), width)).tickFormat(gainsay.dayName(x)).tickSizeOuter(0);
    svg.append("g").attr("aria-hidden", "true").attr("transform", `translate(0,${height - 24})`).call(axis);
    const marks = svg.append("g").selectAll("a").data(bars).join("a")
      .attr("href", (bar) => `#finding-${bar.finding}`)
      .attr("class", (bar) => `mark v-${bar.verdict}`)
      .attr("transform", (_, index) => `translate(0,${index * ROW})`);
    const length = (bar) => Math.max(5, x(bar.to) - x(bar.from));
    const start = (bar) => Math.min(x(bar.from), width - 12 - length(bar));
    marks.append("rect").attr("class", "span").attr("x", start).attr("y", 19).attr("width", length).attr("height", 9).attr("rx", 2);
    marks.append("rect").attr("class", "halo").attr("x", (bar) => start(bar) - 3).attr("y", 16).attr("width", (bar) => length(bar) + 6).attr("height", 15).attr("rx", 3);
    const words = (bar) => `${bar.cells[0]} · ${bar.cells[3]}`;
    // The words stand beside the marks, cut to their room: a mark's own name is longer.
    svg.append("g").attr("aria-hidden", "true").selectAll("text").data(bars).join("text").attr("class", "ink")
      .attr("y", (_, index) => index * ROW + 14)
      .attr("x", (bar) => (start(bar) > width / 2 ? start(bar) + length(bar) : start(bar)))
      .attr("text-anchor", (bar) => (start(bar) > width / 2 ? "end" : "start"))
      .text((bar) => gainsay.fit(words(bar), Math.max(width / 2, start(bar) > width / 2 ? start(bar) : width - start(bar) - 10)));
    gainsay.tell(plot, marks, (bar) => ({
      head: bar.cells[0],
      lines: [bar.cells[1], `${bar.cells[3]}${Number(bar.articles) > 1 ? ` (${bar.articles} articles)` : ""}`, `Verdict: ${bar.verdict}`],
    }));
  };
}
