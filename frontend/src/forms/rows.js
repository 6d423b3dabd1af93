// Short lists in the panel: the answers of a question, the columns of a table. `keep(rows)` is given the whole list.
import { button, element as made } from "../studio/elements.js";
import { line } from "../studio/fields.js";
import { named } from "./keys.js";

/** The answers to choose from: [{label, value, hint}]. A new one is kept under its own words. */
export function answers(values, keep) {
  return list("answer", values, { label: "", value: "" }, keep, (one, words, change) => [
    line(words, String(one.label ?? ""), (label) => change({ label, ...(one.value === "" ? { value: free(values, named(label)) } : {}) })),
    more(words, [
      line(`${words}: kept as`, String(one.value ?? ""), (value) => change({ value: typed(value, one.value) })),
      line(`${words}: help under it`, one.hint ?? "", (hint) => change({ hint: hint || undefined })),
    ]),
  ]);
}

/** The columns of a table: [{label, key}]. */
export function columns(all, keep) {
  return list("column", all, { label: "", key: "" }, keep, (one, words, change) => [
    line(words, one.label ?? "", (label) => change({ label, ...(one.key ? {} : { key: named(label) }) })),
    more(words, [line(`${words}: shows`, one.key ?? "", (key) => change({ key }), "The name of a fact in each row.")]),
  ]);
}

function list(name, rows, blank, keep, boxes) {
  const changed = (number, properties) => keep(rows.map((one, place) => (place === number ? { ...one, ...properties } : one)));
  const shown = rows.map((one, number) => {
    const words = `${name[0].toUpperCase()}${name.slice(1)} ${number + 1}`;
    const own = boxes(one, words, (properties) => changed(number, properties));
    own[1].append(...acts(name, words, rows, number, keep));
    return made("div", { class: "app-panel__row" }, ...own);
  });
  return [...shown, act(`add-${name}`, `Add ${name === "answer" ? "an answer" : "a column"}`, () => keep([...rows, { ...blank }]))];
}

function more(words, boxes) {
  return made("details", {}, made("summary", {}, "More", made("span", { class: "govuk-visually-hidden" }, `: ${words}`)), ...boxes);
}

function acts(name, words, rows, number, keep) {
  const swapped = (by) => {
    const all = [...rows];
    [all[number], all[number + by]] = [all[number + by], all[number]];
    keep(all);
  };
  const own = [];
  if (number > 0) own.push(act(`${name}-up-${number}`, "Move up", () => swapped(-1), words));
  if (number < rows.length - 1) own.push(act(`${name}-down-${number}`, "Move down", () => swapped(1), words));
  return [...own, act(`${name}-remove-${number}`, "Take away", () => keep(rows.filter((_, place) => place !== number)), words)];
}

function act(name, words, does, about = "") {
  const one = button(words, does);
  one.dataset.act = name;
  if (about) one.append(made("span", { class: "govuk-visually-hidden" }, `: ${about}`));
  return one;
}

/** A value that was a number or yes and no stays one. */
function typed(text, before) {
  if (typeof before === "number" && text && !Number.isNaN(Number(text))) return Number(text);
  return typeof before === "boolean" && ["true", "false"].includes(text) ? text === "true" : text;
}

function free(values, name) {
  const taken = new Set(values.map((one) => one.value));
  let found = name;
  for (let number = 2; taken.has(found); number += 1) found = `${name}_${number}`;
  return found;
}
