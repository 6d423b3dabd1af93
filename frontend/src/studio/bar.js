// The row above an editor: undo, redo, what belongs to the editor, a note and the button that saves.
import { button, element } from "./elements.js";

/**
 * `undo`, `redo` and `save(note)` are acts; `more` are buttons of the editor's own. Gives the row and
 * `allow({undo, redo})`, which says what can be done now.
 */
export function bar({ undo, redo, save, more = [] }) {
  const back = button("Undo", undo);
  const again = button("Redo", redo);
  const note = element("input", { class: "govuk-input", id: "studio-note", type: "text", maxlength: 200 });
  const done = button("Save", async () => {
    if (await save(note.value.trim())) note.value = "";
  }, { main: true });
  const label = element("label", { class: "govuk-label", for: "studio-note" }, "What did you change? (optional)");
  const row = element(
    "div",
    { class: "app-tools app-tools--studio", role: "group", "aria-label": "Editing" },
    element("div", { class: "app-tools__group" }, back, again, ...more),
    element("div", { class: "app-tools__group app-tools__group--save" }, label, note, done),
  );
  const allow = (can) => {
    back.disabled = !can.undo;
    again.disabled = !can.redo;
  };
  allow({ undo: false, redo: false });
  return { row, allow };
}
