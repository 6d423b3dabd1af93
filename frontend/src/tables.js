// Decision tables, edited as tables. `<div data-table="URL of the .dmn file">` with what studio/desk.js asks for.
import "./studio/nonce.js";
import DmnModeler from "dmn-js/lib/Modeler";
import "dmn-js/dist/assets/diagram-js.css";
import "dmn-js/dist/assets/dmn-js-shared.css";
import "dmn-js/dist/assets/dmn-js-drd.css";
import "dmn-js/dist/assets/dmn-js-decision-table.css";
import "dmn-js/dist/assets/dmn-js-decision-table-controls.css";
import "dmn-js/dist/assets/dmn-js-literal-expression.css";
import "dmn-js/dist/assets/dmn-js-boxed-expression.css";
import "dmn-js/dist/assets/dmn-js-boxed-expression-controls.css";
import "dmn-js/dist/assets/dmn-font/css/dmn.css";
import "./studio/studio.css";
import { bar } from "./studio/bar.js";
import { watch } from "./studio/beside.js";
import { Desk } from "./studio/desk.js";
import { element } from "./studio/elements.js";
import { Findings } from "./studio/findings.js";

/** Put a file into the editor: the table that was open stays open, else the first one is. */
async function put(modeler, content) {
  const before = modeler.getActiveView()?.id;
  await modeler.importXML(content);
  const tables = modeler.getViews().filter((view) => view.type === "decisionTable");
  const wanted = tables.find((view) => view.id === before) ?? tables[0];
  if (wanted) await modeler.open(wanted);
}

async function edit(place) {
  const stage = element("div", { class: "app-table-editor" });
  const said = element("section", { class: "app-findings", "aria-label": "What we found" });
  const told = element("div");
  const modeler = new DmnModeler({ container: stage });
  const findings = new Findings(said, {});
  const desk = new Desk(place, {
    read: async () => (await modeler.saveXML({ format: true })).xml,
    show: (content) => put(modeler, content),
    tell: (found) => findings.show(found),
  }, told);
  const stack = () => modeler.getActiveViewer()?.get("commandStack", false);
  const tools = bar({ undo: () => stack()?.undo(), redo: () => stack()?.redo(), save: (note) => desk.save(note) });
  modeler.on("viewer.created", ({ viewer }) => {
    viewer.on("commandStack.changed", () => {
      const now = stack();
      tools.allow({ undo: now?.canUndo(), redo: now?.canRedo() });
      if (now?.canUndo() || now?.canRedo()) desk.changed();
    });
  });
  const others = element("p", { class: "app-quiet", role: "status" });
  place.append(tools.row, told, others, stage, said);
  await desk.open(place.dataset.table);
  if (place.dataset.open) watch(place.dataset.open, others);
  place.dataset.ready = "yes";
}

for (const place of document.querySelectorAll("[data-table]")) edit(place);
