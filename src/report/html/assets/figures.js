"use strict";
// Every figure of an event over time: a mark for what is stated, a bar for all that its words allow, an arrow where open.

{
  const MARGIN = { top: 22, right: 16, bottom: 26, left: 52 };
  const HEIGHT = 170;
  /** Room between two columns. */
  const GAP = 36;
  /** Figures this many times apart are shown on a logarithmic scale. */
  const FAR = 25;
  const day = d3.utcFormat("%-d %b %Y");
  const ORDER = ["killed", "casualties", "injured", "missing", "captured", "displaced", "deployed", "present"];

  const scaleOf = (marks, height) => {
    const numbers = marks.flatMap((mark) => [mark.low, mark.high ?? mark.at, mark.at]).filter((n) => n > 0);
    const [least, most] = d3.extent(numbers.length ? numbers : [1]);
    const far = most / least > FAR;
    const scale = far
      ? d3.scaleLog().domain([Math.max(0.7, least / 1.6), most * 1.6]).clamp(true)
      : d3.scaleLinear().domain([0, most * 1.12]).nice();
    return { far, scale: scale.range([height, 0]) };
  };

  const ticksOf = (scale, far) => {
    if (!far) return scale.ticks(5).filter(Number.isInteger);
    const [least, most] = scale.domain();
    const powers = [];
    for (let power = 1; power <= most; power *= 10) powers.push(power, 2 * power, 5 * power);
    const inside = powers.filter((n) => n >= least && n <= most);
    return inside.length > 7 ? inside.filter((n) => /^1/.test(String(n))) : inside;
  };

  gainsay.draw.figures = (plot, rows, width) => {
    const marks = rows.map((row) => ({
      ...row,
      low: Number(row.low),
      high: row.high === undefined ? null : Number(row.high),
      at: Number(row.at),
      date: row.day ? new Date(`${row.day}T00:00:00Z`) : null,
      told: row.denied !== undefined,
    }));
    const facets = [...d3.group(marks, (mark) => mark.outcome)].sort((a, b) => ORDER.indexOf(a[0]) - ORDER.indexOf(b[0]));
    // Two beside each other where there is room, all as wide as they can be where there is one.
    const columns = width > 820 && facets.length > 1 ? 2 : 1;
    const across = (width - (columns - 1) * GAP) / columns;
    const inner = across - MARGIN.left - MARGIN.right;
    const step = HEIGHT + MARGIN.top + MARGIN.bottom + 6;
    const height = Math.ceil(facets.length / columns) * step;
    const dated = marks.filter((mark) => mark.date).map((mark) => mark.date);
    const undated = marks.some((mark) => !mark.date);
    const [first, last] = dated.length ? d3.extent(dated) : [new Date(0), new Date(0)];
    const pad = Math.max((last - first) * 0.04, 36e5 * 18);
    const x = d3.scaleUtc().domain([+first - pad, +last + pad]).range([undated ? 70 : 0, inner]);
    const names = facets.map(([outcome]) => outcome).join(", ");
    const span = !dated.length ? "undated" : day(first) === day(last) ? day(first) : `${day(first)} to ${day(last)}`;
    const svg = gainsay.drawing(plot, width, height, `Figures by day: ${names}`,
      `${marks.length} figures, ${span}. Each mark is a stated figure, its bar all that the words allow. The table below has the same figures.`);

    facets.forEach(([outcome, here], index) => {
      const { far, scale: y } = scaleOf(here, HEIGHT);
      const facet = svg.append("g").attr("transform", `translate(${(index % columns) * (across + GAP) + MARGIN.left},${Math.floor(index / columns) * step + MARGIN.top})`);
      facet.append("text").attr("class", "strong").attr("x", 0).attr("y", -8).text(outcome);
      facet.append("text").attr("x", inner).attr("y", -8).attr("text-anchor", "end").text(far ? "people, logarithmic" : "people");
      const ticks = ticksOf(y, far);
      facet.append("g").attr("aria-hidden", "true").call(d3.axisLeft(y).tickValues(ticks).tickFormat((n) => n.toLocaleString("en")).tickSizeOuter(0));
      facet.selectAll("line.grid").data(ticks).join("line").attr("class", "grid").attr("x2", inner).attr("y1", y).attr("y2", y);
      const axis = d3.axisBottom(x).tickValues(gainsay.days(x, dated, inner)).tickFormat(gainsay.dayName(x)).tickSizeOuter(0);
      facet.append("g").attr("aria-hidden", "true").attr("transform", `translate(0,${HEIGHT})`).call(axis);
      if (undated) facet.append("text").attr("x", 30).attr("y", HEIGHT + 17).attr("text-anchor", "middle").text("undated");

      // Marks of one day stand beside each other.
      const place = (mark) => (mark.date ? x(mark.date) : 30);
      const stacks = d3.group(here, (mark) => Math.round(place(mark) / 14));
      for (const column of stacks.values()) {
        const gap = Math.min(15, 90 / Math.max(1, column.length - 1));
        column.forEach((mark, i) => {
          mark.x = Math.min(inner - 4, Math.max(4, place(mark) + (i - (column.length - 1) / 2) * gap));
        });
      }
      const joined = facet.append("g").selectAll("a").data(here).join("a")
        .attr("href", (mark) => `#claim-${mark.claim}`)
        .attr("class", (mark) => `mark ${gainsay.colour(mark.outlet)}${mark.told ? " denied" : ""}`)
        .attr("transform", (mark) => `translate(${mark.x},0)`);
      const top = (mark) => (mark.high === null ? Math.max(4, y(mark.low || y.domain()[0]) - 46) : y(mark.high || y.domain()[0]));
      const bottom = (mark) => y(mark.low || y.domain()[0]);
      joined.append("path").attr("class", "bar").attr("d", (mark) => {
        const [a, b] = [top(mark), bottom(mark)];
        if (mark.high === mark.low) return null;
        return `M0,${a}V${b}M-4,${b}h8${mark.high === null ? "" : `M-4,${a}h8`}`;
      });
      joined.filter((mark) => mark.high === null).append("path").attr("class", "open")
        .attr("d", (mark) => `M-5,${top(mark) + 5}L0,${top(mark) - 4}L5,${top(mark) + 5}Z`);
      const at = (mark) => y(mark.at || y.domain()[0]);
      joined.append("path").attr("class", "shape").attr("transform", (mark) => `translate(0,${at(mark)})`).attr("d", (mark) => gainsay.shape(mark.outlet));
      joined.append("circle").attr("class", "halo").attr("cy", at).attr("r", 10);
      joined.append("circle").attr("class", "hit").attr("cy", at).attr("r", 9);
    });
    gainsay.tell(plot, svg.selectAll("a.mark"), (mark) => ({
      head: `${mark.cells[2]}: ${mark.outcome}`,
      lines: [`${mark.cells[3]} people${mark.day ? `, as of ${mark.cells[0]}` : ", undated"}`, `${mark.cells[4]} in ${mark.cells[5]}`],
      quote: mark.quote,
    }));
    gainsay.legend(plot, [...new Set(marks.map((mark) => mark.outlet ?? ""))].sort((a, b) => Number(a) - Number(b)));
  };
}
