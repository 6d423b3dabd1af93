// A form file beside the form in the editor, which adds what it takes for granted, and the columns of its own canvas.
// Invariant: what nobody changed is written as it stood in the file.

const NEW = { was: { id: undefined, type: undefined, key: undefined, label: undefined }, made: {} }; // in this order
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** Components each in a row of its own, as our pages have one column. The rows have names: without, the editor would
 * make up new ones at each change, draw all anew, and take the focus away from where somebody types. */
function inOneColumn(components, above = "Row") {
  return components.map((component, number) => {
    const row = `${above}_${number}`;
    const inside = component.components ? { components: inOneColumn(component.components, row) } : {};
    return { ...component, ...inside, layout: { row, columns: null } };
  });
}

export class FormFile {
  #original;
  #known = new Map(); // by id: {was: as in the file, made: as the editor read it}

  constructor(content) {
    this.#original = JSON.parse(content);
  }

  /** What the editor is given. */
  get schema() {
    return { ...this.#original, components: inOneColumn(this.#original.components ?? []) };
  }

  /** To be told what the editor made of it, before anything is changed. */
  read(made) {
    this.#remember(this.#original, made);
  }

  /** The file as it is now. */
  written(now) {
    return `${JSON.stringify(this.#written(now), null, 2)}\n`;
  }

  #remember(was, made) {
    this.#known.set(made.id, { was, made });
    made.components?.forEach((one, number) => this.#remember(was.components[number], one));
  }

  #written(now) {
    const { was, made } = this.#known.get(now.id) ?? NEW;
    const written = {};
    for (const key of new Set([...Object.keys(was), ...Object.keys(now)])) {
      if (key === "components" && now.components) written.components = now.components.map((one) => this.#written(one));
      else written[key] = key === "layout" || same(now[key], made[key]) ? was[key] : now[key];
    }
    return written;
  }
}
