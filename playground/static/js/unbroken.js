import { el } from "./dom.js";

const JOINED = /[^\s]*[-/–—][^\s]*/gu;
const LONGEST = 28; // characters that fit into one line of the narrowest bubble

/** Text whose options, commands and short links stay in one piece where a line ends, as nodes. */
export function unbroken(text) {
  const nodes = [];
  let position = 0;
  for (const { 0: token, index } of text.matchAll(JOINED)) {
    if (token.length > LONGEST) continue;
    nodes.push(text.slice(position, index), el("span", { class: "whole" }, token));
    position = index + token.length;
  }
  return [...nodes, text.slice(position)].filter((node) => node !== "");
}
