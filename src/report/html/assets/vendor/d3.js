// The parts of d3 that the page uses.
export { extent, max, group } from "d3-array";
export { axisBottom, axisLeft } from "d3-axis";
export { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
export { scaleLinear, scaleLog, scaleUtc } from "d3-scale";
export { select } from "d3-selection";
export { linkHorizontal, symbol, symbolsFill } from "d3-shape";
export { utcFormat } from "d3-time-format";
