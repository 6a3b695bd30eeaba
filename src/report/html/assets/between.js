"use strict";
// Who contradicts whom: outlets drawn together by what their answers share, with a line for what they do to each other.

{
  const STEPS = 300;

  gainsay.draw.between = (plot, rows, width) => {
    const pairs = rows.map((row) => ({
      ...row,
      contradictions: Number(row.contradictions), updates: Number(row.updates), agreements: Number(row.agreements),
    }));
    const names = new Map(pairs.flatMap((pair) => [[pair.a, pair.cells[0]], [pair.b, pair.cells[1]]]));
    const nodes = [...names].map(([id, name]) => ({ id, name }));
    const height = Math.min(560, 230 + nodes.length * 18);
    const links = pairs.map((pair) => ({ ...pair, source: pair.a, target: pair.b }));
    const force = d3.forceSimulation(nodes)
      .force("link", d3.forceLink(links).id((node) => node.id).distance(Math.min(230, width / 2.6)).strength(0.25))
      .force("apart", d3.forceManyBody().strength(-700))
      .force("room", d3.forceCollide(58))
      .force("x", d3.forceX(width / 2).strength(0.05))
      .force("y", d3.forceY(height / 2).strength(0.14))
      .stop();
    force.tick(STEPS);
    for (const node of nodes) {
      node.x = Math.min(width - 60, Math.max(60, node.x));
      node.y = Math.min(height - 30, Math.max(20, node.y));
    }
    const svg = gainsay.drawing(plot, width, height, "Outlets and how their answers stand to each other",
      `${nodes.length} outlets, ${pairs.length} pairs. The table below has the same pairs.`);
    const kinds = [["contradictions", "contradiction"], ["updates", "update"], ["agreements", "agreement"]];
    const edges = svg.append("g").selectAll("g").data(links).join("g").attr("class", "mark edge").attr("role", "img");
    kinds.forEach(([key, verdict], index) => {
      edges.filter((link) => link[key] > 0).append("path").attr("class", `pair v-${verdict}`)
        .attr("stroke-width", (link) => Math.min(9, 1.2 + link[key]))
        .attr("d", ({ source: a, target: b }) => {
          const bend = (index - 1) * 26;
          const [dx, dy] = [b.x - a.x, b.y - a.y];
          const far = Math.hypot(dx, dy) || 1;
          return `M${a.x},${a.y}Q${(a.x + b.x) / 2 - (dy / far) * bend},${(a.y + b.y) / 2 + (dx / far) * bend} ${b.x},${b.y}`;
        });
    });
    edges.append("circle").attr("class", "halo").attr("r", 9)
      .attr("cx", ({ source: a, target: b }) => (a.x + b.x) / 2).attr("cy", ({ source: a, target: b }) => (a.y + b.y) / 2);
    edges.append("circle").attr("class", "hit").attr("r", 9)
      .attr("cx", ({ source: a, target: b }) => (a.x + b.x) / 2).attr("cy", ({ source: a, target: b }) => (a.y + b.y) / 2);
    const points = svg.append("g").attr("aria-hidden", "true").selectAll("g").data(nodes).join("g").attr("transform", (node) => `translate(${node.x},${node.y})`);
    points.append("path").attr("class", (node) => `swatch ${gainsay.colour(node.id)}`).attr("d", (node) => gainsay.shape(node.id, 130));
    points.append("text").attr("class", "ink").attr("text-anchor", "middle").attr("y", 21).text((node) => gainsay.fit(node.name, 130));
    const times = (n, one) => (n ? `${n} ${n === 1 ? one : `${one}s`}` : "");
    gainsay.tell(plot, edges, (pair) => ({
      head: `${pair.cells[0]} and ${pair.cells[1]}`,
      lines: [times(pair.contradictions, "contradiction"), times(pair.updates, "update"), times(pair.agreements, "agreement")],
    }));
    const key = gainsay.node("ul", { class: "key", "aria-label": "Lines" });
    for (const [, verdict] of kinds) {
      const item = gainsay.node("li");
      const swatch = d3.select(item).append("svg").attr("viewBox", "0 0 30 16").attr("aria-hidden", "true").attr("class", "long");
      swatch.append("path").attr("class", `pair v-${verdict}`).attr("stroke-width", 2.5).attr("d", "M1,8H29");
      item.append(verdict);
      key.append(item);
    }
    plot.append(key);
  };
}
