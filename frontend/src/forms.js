// The form designer. `<div data-form="URL of the .form file">` with what studio/desk.js asks for, and data-catalogue
// (what may be put in, known facts), data-preview (writes a form as our pages show it), data-open (says one has it open).
import "./studio/nonce.js";
import { FormEditor } from "@bpmn-io/form-js-editor";
import "@bpmn-io/form-js-viewer/dist/assets/form-js.css";
import "@bpmn-io/form-js-editor/dist/assets/form-js-editor.css";
import "./studio/studio.css";
import "./forms/forms.css";
import { FormFile } from "./forms/file.js";
import { Fresh } from "./forms/fresh.js";
import { Keys } from "./forms/keys.js";
import { offers } from "./forms/offers.js";
import { labelOf, Panel } from "./forms/panel.js";
import { Places } from "./forms/places.js";
import { Seen } from "./forms/seen.js";
import { Shortcuts } from "./forms/shortcuts.js";
import { fetched } from "./studio/asking.js";
import { bar } from "./studio/bar.js";
import { watch } from "./studio/beside.js";
import { Desk } from "./studio/desk.js";
import { button, element } from "./studio/elements.js";
import { Findings } from "./studio/findings.js";

const OURS = {
  __init__: ["places", "keys", "fresh", "panel", "shortcuts"],
  places: ["type", Places],
  keys: ["type", Keys],
  fresh: ["type", Fresh],
  panel: ["type", Panel],
  shortcuts: ["type", Shortcuts],
  // the panel above stands in for the editor's own, which offers much that our pages do not have
  propertiesPanel: ["value", { registerProvider() {} }],
  propertiesProvider: ["value", {}],
  // it would drop how long a text may be as soon as the text is an e-mail address
  validateBehavior: ["value", {}],
  // our pages have one column
  formLayoutValidator: ["value", { validateField: () => "One thing stands in each row." }],
};

/** A form in the editor. */
export class Sheet {
  #file;

  /** `stage` is where the form is drawn, `place` where the panel is; `catalogue` is {kinds, facts}. */
  constructor(stage, place, catalogue) {
    this.editor = new FormEditor({
      container: stage,
      palette: { parent: element("div") }, // offers.js stands in for it
      propertiesPanel: { parent: element("div") },
      panel: { place, stage, ...catalogue },
      additionalModules: [OURS],
    });
  }

  /** Put a file in. Rejects, saying why, where the editor cannot read it. */
  async put(content) {
    const file = new FormFile(content);
    const selection = this.get("selection");
    const chosen = selection.get()?.id;
    selection.clear(); // it is a thing of the form that goes
    await this.editor.importSchema(file.schema);
    file.read(this.editor.saveSchema());
    this.#file = file;
    selection.set(this.get("formFieldRegistry").get(chosen) ?? null);
  }

  /** The file as it is now. What nobody changed stands in it as it did. */
  get content() {
    return this.#file.written(this.editor.saveSchema());
  }

  get(name) {
    return this.editor.get(name);
  }
}

class Design {
  constructor(place, catalogue) {
    this.place = place;
    const stage = element("div", { class: "app-form-stage", role: "group", "aria-label": "The form, to be put together" });
    const panel = element("section", { class: "app-card app-panel", "aria-label": "What is chosen" });
    const said = element("section", { class: "app-findings", "aria-label": "What we found" });
    const seen = element("section", { class: "app-card app-seen", "aria-label": "As people will see it" });
    this.told = element("div");
    this.sheet = new Sheet(stage, panel, catalogue);
    this.findings = new Findings(said, { go: ({ element: id }) => this.#go(id) });
    this.seen = new Seen(seen, place.dataset.preview, () => this.read());
    this.desk = new Desk(place, this, this.told);
    const stack = this.#get("commandStack");
    this.tools = bar({ undo: () => stack.undo(), redo: () => stack.redo(), save: (note) => this.desk.save(note), more: [button("The form itself", () => this.#whole())] });
    this.others = element("p", { class: "app-quiet", role: "status" });
    const sheet = element("div", { class: "app-form-sheet" }, offers(catalogue.kinds, (type) => this.#add(type)), stage);
    const main = element("div", {}, this.tools.row, sheet, this.told, this.others, said);
    place.append(element("div", { class: "app-studio" }, main, panel), seen);
    this.sheet.editor.on("commandStack.changed", () => this.#changed());
  }

  async open() {
    await this.desk.open(this.place.dataset.form);
    watch(this.place.dataset.open, this.others);
    this.place.dataset.ready = "yes";
  }

  // what the desk asks for

  async read() {
    return this.sheet.content;
  }

  async show(content) {
    await this.sheet.put(content);
    this.#allow();
    this.seen.now();
  }

  tell(findings) {
    this.findings.show(findings.map((one) => ({ ...one, label: this.#words(one) })));
  }

  // acts

  #add(type) {
    this.#get("places").add(type);
    requestAnimationFrame(() => this.#get("panel").focus());
  }

  #whole() {
    this.#get("selection").clear();
    this.#get("panel").focus();
  }

  #go(id) {
    const found = this.#get("formFieldRegistry").get(id);
    if (!found) return;
    this.#get("selection").set(found);
    this.#get("panel").focus();
  }

  #changed() {
    this.#allow();
    const stack = this.#get("commandStack");
    if (!stack.canUndo() && !stack.canRedo()) return;
    this.desk.changed();
    this.seen.soon();
  }

  #allow() {
    const stack = this.#get("commandStack");
    this.tools.allow({ undo: stack.canUndo(), redo: stack.canRedo() });
  }

  /** What people call the part that a finding is about. */
  #words({ element: id, label }) {
    const found = this.#get("formFieldRegistry").get(id);
    if (!found) return label;
    return found[labelOf(found)] || (this.#get("panel").kinds.find((one) => one.type === found.type)?.label ?? label);
  }

  #get(name) {
    return this.sheet.get(name);
  }
}

async function edit(place) {
  const { content } = await fetched(place.dataset.catalogue);
  try {
    await new Design(place, JSON.parse(content)).open();
  } catch (fault) {
    const says = `This form cannot be opened here: ${fault.message}. Mend it as text, on the page of the file.`;
    place.replaceChildren(element("div", { class: "app-notice", role: "alert" }, element("p", {}, says)));
  }
}

for (const place of document.querySelectorAll("[data-form]")) edit(place);
