// The drawing, edited as a drawing. `<div data-diagram="URL of the .bpmn file">` with what studio/desk.js asks for,
// and data-catalogue (lists for the panel), data-mend (makes a fix), data-open (says that one has it open).
import "./studio/nonce.js";
import Modeler from "bpmn-js/lib/Modeler";
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/bpmn-font/css/bpmn.css";
import "./studio/studio.css";
import "./diagram/diagram.css";
import { Extensions } from "./diagram/extensions.js";
import { Limits } from "./diagram/limits.js";
import { Marks } from "./diagram/marks.js";
import { Panel } from "./diagram/panel.js";
import { keepPng, keepSvg } from "./diagram/pictures.js";
import { Plain } from "./diagram/plain.js";
import spiffworkflow from "./diagram/spiffworkflow.json";
import { fetched, post, record } from "./studio/asking.js";
import { bar } from "./studio/bar.js";
import { watch } from "./studio/beside.js";
import { Desk } from "./studio/desk.js";
import { button, element } from "./studio/elements.js";
import { Findings } from "./studio/findings.js";

const OURS = {
  __init__: ["extensions", "limits", "marks", "panel", "plain"],
  extensions: ["type", Extensions],
  limits: ["type", Limits],
  marks: ["type", Marks],
  panel: ["type", Panel],
  plain: ["type", Plain],
};

class Drawing {
  constructor(place, catalogue) {
    this.place = place;
    this.before = []; // drawings that a fix replaced: undoing goes on in them
    this.stage = element("div", { class: "app-canvas", tabindex: 0, role: "application", "aria-label": "The drawing. The same in words stands on the page of the file." });
    this.about = element("section", { class: "app-card app-panel", "aria-label": "What is chosen" });
    this.told = element("div");
    const said = element("section", { class: "app-findings", "aria-label": "What we found" });
    this.modeler = new Modeler({
      container: this.stage,
      panel: { place: this.about, catalogue },
      moddleExtensions: { spiffworkflow },
      additionalModules: [OURS],
      bpmnRenderer: { defaultFillColor: "#fff", defaultStrokeColor: "#17262b", defaultLabelColor: "#17262b" },
    });
    this.findings = new Findings(said, { go: (one) => this.#go(one), mend: (one) => this.#mend(one) });
    this.desk = new Desk(place, this, this.told);
    this.tools = bar({ undo: () => this.#undo(), redo: () => this.#stack.redo(), save: (note) => this.desk.save(note), more: this.#buttons() });
    this.others = element("p", { class: "app-quiet", role: "status" });
    const main = element("div", {}, this.tools.row, this.stage, this.told, this.others, said);
    place.append(element("div", { class: "app-studio" }, main, this.about));
    this.modeler.on("commandStack.changed", () => this.#changed());
  }

  async open() {
    await this.desk.open(this.place.dataset.diagram);
    this.#get("canvas").zoom("fit-viewport", "auto");
    watch(this.place.dataset.open, this.others);
    this.place.dataset.ready = "yes";
  }

  // what the desk asks for

  async read() {
    return (await this.modeler.saveXML({ format: true })).xml;
  }

  async show(content) {
    const view = this.place.dataset.ready ? this.#get("canvas").viewbox() : null;
    await this.modeler.importXML(content);
    if (view) this.#get("canvas").viewbox(view);
    this.#allow();
  }

  tell(findings) {
    this.#get("marks").show(findings);
    this.findings.show(findings);
  }

  // acts

  #buttons() {
    const name = this.place.dataset.file.replace(/\.bpmn$/, "");
    return [
      button("Show all", () => this.#get("canvas").zoom("fit-viewport", "auto")),
      button("Print", () => window.print()),
      button("Keep as picture (SVG)", () => keepSvg(this.modeler, name)),
      button("Keep as picture (PNG)", () => keepPng(this.modeler, name)),
    ];
  }

  async #mend({ element: id, kind }) {
    const content = await this.read();
    const answer = await post(this.place.dataset.mend, { content, element: id, kind });
    const { content: better } = await record(answer);
    if (!answer.ok || !better) return;
    this.before.push(content);
    await this.show(better);
    this.desk.changed();
  }

  async #undo() {
    if (this.#stack.canUndo()) return this.#stack.undo();
    const content = this.before.pop();
    if (content === undefined) return;
    await this.show(content);
    this.desk.changed();
  }

  #go({ element: id }) {
    const found = this.#get("elementRegistry").get(id);
    if (!found) return;
    this.#get("canvas").scrollToElement(found);
    this.#get("selection").select(found);
    this.stage.focus();
  }

  #changed() {
    this.#allow();
    if (this.#stack.canUndo() || this.#stack.canRedo()) this.desk.changed();
  }

  #allow() {
    this.tools.allow({ undo: this.#stack.canUndo() || this.before.length > 0, redo: this.#stack.canRedo() });
  }

  get #stack() {
    return this.#get("commandStack");
  }

  #get(name) {
    return this.modeler.get(name);
  }
}

async function edit(place) {
  const { content } = await fetched(place.dataset.catalogue);
  await new Drawing(place, JSON.parse(content)).open();
}

for (const place of document.querySelectorAll("[data-diagram]")) edit(place);
