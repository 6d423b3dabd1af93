// What may be put into a form: buttons that add it after what is chosen, or are dragged into the form.
import { element } from "../studio/elements.js";

/** The list. `kinds` are [{type, label, group}] from the server; `add(type)` puts one into the form. */
export function offers(kinds, add) {
  const groups = [...new Set(kinds.map((one) => one.group))];
  const place = element("section", { class: "app-offers", "aria-label": "Add" }, element("h2", { class: "govuk-heading-s" }, "Add"));
  for (const group of groups) {
    // the editor knows by these classes what can be dragged
    const list = element("div", { class: "fjs-palette-fields fjs-drag-container fjs-no-drop" });
    for (const { type, label } of kinds.filter((one) => one.group === group)) list.append(offer(type, label, add));
    place.append(element("h3", { class: "app-offers__group" }, group), list);
  }
  return place;
}

function offer(type, label, add) {
  const look = "app-offer fjs-palette-field fjs-drag-copy fjs-no-drop";
  const made = element("button", { type: "button", class: look, "data-field-type": type }, label);
  made.addEventListener("click", () => add(type));
  return made;
}
