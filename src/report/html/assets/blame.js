"use strict";
// Who accuses whom: accusers on the left, accused on the right, a line as thick as the independent origins behind it.

{
  const ROW = 34;

  const WIDEST = 720;

  gainsay.draw.blame = (plot, rows, given) => {
    const width = Math.min(given, WIDEST);
    const name = (row) => (row.own === undefined ? row.accuser : `${row.accuser} (own voice)`);
    const lines = rows.map((row) => ({ ...row, from: name(row), origins: Number(row.origins) }));
    const weight = (key) => {
      const sums = new Map();
      for (const line of lines) sums.set(line[key], (sums.get(line[key]) ?? 0) + line.origins);
      return [...sums.keys()].sort((a, b) => sums.get(b) - sums.get(a) || a.localeCompare(b));
    };
    const [accusers, accused] = [weight("from"), weight("accused")];
    // The accused stand in the order in which their accusers do, so that lines cross less.
    const middle = (whom) => {
      const of = lines.filter((line) => line.accused === whom).map((line) => accusers.indexOf(line.from));
      return of.reduce((sum, n) => sum + n, 0) / of.length;
    };
    accused.sort((a, b) => middle(a) - middle(b));
    const tall = Math.max(accusers.length, accused.length);
    const height = tall * ROW + 26;
    const longest = Math.max(...[...accusers, ...accused].map((item) => item.length));
    const room = Math.min(longest * 6.8 + 6, width * 0.37);
    const y = (list, item) => 26 + (list.indexOf(item) + 0.5) * (tall * ROW / list.length);
    const svg = gainsay.drawing(plot, width, height, "Who accuses whom",
      `${accusers.length} accusers, ${accused.length} accused. The table below has the same accusations.`);
    svg.append("text").attr("class", "strong").attr("x", room).attr("y", 12).attr("text-anchor", "end").text("Accuser");
    svg.append("text").attr("class", "strong").attr("x", width - room).attr("y", 12).text("Accused");

    const most = d3.max(lines, (line) => line.origins) ?? 1;
    const thick = (line) => 2 + 8 * (most > 1 ? (line.origins - 1) / (most - 1) : 0);
    const link = d3.linkHorizontal();
    const path = (line) => link({ source: [room + 6, y(accusers, line.from)], target: [width - room - 16, y(accused, line.accused)] });
    const edges = svg.append("g").selectAll("a").data(lines).join("a")
      .attr("href", (line) => `#claim-${line.claim}`)
      .attr("class", (line) => `edge${line.own === undefined ? "" : " own"}`);
    edges.append("path").attr("class", "halo").attr("d", path);
    edges.append("path").attr("class", "line").attr("d", path).attr("stroke-width", thick);
    edges.append("path").attr("class", "head").attr("d", (line) => {
      const at = y(accused, line.accused);
      const half = 4 + thick(line) / 2;
      return `M${width - room - 18},${at - half}L${width - room - 6},${at}L${width - room - 18},${at + half}Z`;
    });
    const label = (list, x, anchor) =>
      svg.append("g").selectAll("text").data(list).join("text").attr("class", "ink").attr("x", x).attr("text-anchor", anchor)
        .attr("y", (item) => y(list, item) + 4).text((item) => gainsay.fit(item, room));
    label(accusers, room, "end");
    label(accused, width - room, "start");
    gainsay.tell(plot, edges, (line) => ({
      head: `${line.from} accuses ${line.accused}`,
      lines: [line.cells[2], `${line.origins} independent ${line.origins === 1 ? "origin" : "origins"}; in ${line.cells[4]}`],
    }));
  };
}
