// What a check found, on the elements: a mark with a word, and an edge that is not told by its colour alone.
import { element as made } from "../studio/elements.js";

const WORDS = { error: "mend", warning: "look", note: "note" };
const WORST = ["error", "warning", "note"];

export class Marks {
  static $inject = ["overlays", "canvas", "elementRegistry"];

  constructor(overlays, canvas, elementRegistry) {
    Object.assign(this, { overlays, canvas, elementRegistry });
    this.marked = [];
  }

  show(findings) {
    this.overlays.remove({ type: "finding" });
    for (const [id, className] of this.marked) if (this.elementRegistry.get(id)) this.canvas.removeMarker(id, className);
    this.marked = [];
    const severities = new Map();
    for (const { element, severity } of findings) {
      if (!this.elementRegistry.get(element)) continue;
      const known = severities.get(element);
      if (!known || WORST.indexOf(severity) < WORST.indexOf(known)) severities.set(element, severity);
    }
    for (const [id, severity] of severities) this.#mark(id, severity);
  }

  #mark(id, severity) {
    const className = `app-found-${severity}`;
    this.canvas.addMarker(id, className);
    this.marked.push([id, className]);
    const isArrow = Boolean(this.elementRegistry.get(id).waypoints);
    const html = made("div", { class: `app-badge app-badge--${severity}` }, WORDS[severity]);
    if (!isArrow) this.overlays.add(id, "finding", { position: { bottom: 8, right: 30 }, html });
  }
}
