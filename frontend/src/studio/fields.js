// Fields of a panel: a label, a hint, and a box that tells what was typed when one leaves it. Where `keep` gives words,
// they are said at the box, and nothing was kept.
import { element } from "./elements.js";

let number = 0;

function field(label, hint, box, keep) {
  const id = `panel-${(number += 1)}`;
  box.id = id;
  const fault = element("p", { class: "govuk-error-message", id: `${id}-error`, hidden: true });
  const group = element(
    "div",
    { class: "govuk-form-group" },
    element("label", { class: "govuk-label govuk-label--s", for: id }, label),
    hint ? element("div", { class: "govuk-hint", id: `${id}-hint` }, hint) : null,
    fault,
    box,
  );
  const describe = (isFaulty) => {
    const by = [hint ? `${id}-hint` : "", isFaulty ? `${id}-error` : ""].join(" ").trim();
    if (by) box.setAttribute("aria-describedby", by);
    else box.removeAttribute("aria-describedby");
  };
  describe(false);
  box.addEventListener("change", () => {
    const says = keep(box.value.trim());
    const isFaulty = typeof says === "string" && says !== "";
    group.classList.toggle("govuk-form-group--error", isFaulty);
    fault.hidden = !isFaulty;
    fault.textContent = isFaulty ? says : "";
    describe(isFaulty);
  });
  return group;
}

/** A line of text. `known` are words that the browser offers while one types. */
export function line(label, value, keep, hint = "", known = []) {
  const box = element("input", { class: "govuk-input", type: "text", autocomplete: "off" });
  box.value = value;
  const group = field(label, hint, box, keep);
  if (!known.length) return group;
  box.setAttribute("list", `${box.id}-known`);
  group.append(element("datalist", { id: `${box.id}-known` }, ...known.map((one) => element("option", { value: one }))));
  return group;
}

/** Several lines. */
export function lines(label, value, keep, hint = "") {
  const box = element("textarea", { class: "govuk-textarea", rows: 4 });
  box.value = value;
  return field(label, hint, box, keep);
}

/** One of several: [{value, label}]. What is not among them is shown as missing. `none` are the words for no choice. */
export function choice(label, value, options, keep, hint = "", none = "None chosen") {
  const box = element("select", { class: "govuk-select" });
  const all = [...(none ? [{ value: "", label: none }] : []), ...options];
  if (value && !options.some((one) => one.value === value)) all.push({ value, label: `${value} (missing)` });
  box.append(...all.map((one) => element("option", { value: one.value, selected: one.value === value }, one.label)));
  return field(label, hint, box, keep);
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
