// Fields of the panel: a label, a hint, and a box that tells what was typed when one leaves it.
import { element } from "../studio/elements.js";

let number = 0;

function field(label, hint, box) {
  const id = `panel-${(number += 1)}`;
  box.id = id;
  if (hint) box.setAttribute("aria-describedby", `${id}-hint`);
  return element(
    "div",
    { class: "govuk-form-group" },
    element("label", { class: "govuk-label govuk-label--s", for: id }, label),
    hint ? element("div", { class: "govuk-hint", id: `${id}-hint` }, hint) : null,
    box,
  );
}

/** A line of text. */
export function line(label, value, keep, hint = "") {
  const box = element("input", { class: "govuk-input", type: "text" });
  box.value = value;
  box.addEventListener("change", () => keep(box.value.trim()));
  return field(label, hint, box);
}

/** Several lines. */
export function lines(label, value, keep, hint = "") {
  const box = element("textarea", { class: "govuk-textarea", rows: 4 });
  box.value = value;
  box.addEventListener("change", () => keep(box.value.trim()));
  return field(label, hint, box);
}

/** One of several: [{value, label}]. What is not among them is shown as missing. */
export function choice(label, value, options, keep, hint = "") {
  const box = element("select", { class: "govuk-select" });
  const all = [{ value: "", label: "None chosen" }, ...options];
  if (value && !options.some((one) => one.value === value)) all.push({ value, label: `${value} (missing)` });
  box.append(...all.map((one) => element("option", { value: one.value, selected: one.value === value }, one.label)));
  box.addEventListener("change", () => keep(box.value));
  return field(label, hint, box);
}

/** Yes or no. */
export function tick(label, value, keep, hint = "") {
  const id = `panel-${(number += 1)}`;
  const box = element("input", { class: "govuk-checkboxes__input", type: "checkbox", id });
  box.checked = value;
  box.addEventListener("change", () => keep(box.checked));
  return element(
    "div",
    { class: "govuk-form-group" },
    element(
      "div",
      { class: "govuk-checkboxes govuk-checkboxes--small" },
      element("div", { class: "govuk-checkboxes__item" }, box, element("label", { class: "govuk-label govuk-checkboxes__label", for: id }, label)),
    ),
    hint ? element("div", { class: "govuk-hint" }, hint) : null,
  );
}
