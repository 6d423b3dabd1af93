// Where things stand in a form: adding after what is chosen, moving up and down, taking out. Each is one step to undo.

const holds = (field) => ["default", "group", "dynamiclist"].includes(field.type);
const isOpen = (field) => ["default", "group"].includes(field.type); // answers inside count as those beside it
const goesInto = (field, other) => other?.type === "group" && field.type !== "group" && !other.path;

export class Places {
  static $inject = ["formEditor", "formFieldRegistry", "formLayouter", "modeling", "selection"];

  constructor(formEditor, formFieldRegistry, formLayouter, modeling, selection) {
    Object.assign(this, { formEditor, formFieldRegistry, formLayouter, modeling, selection });
  }

  /** The whole form. */
  get form() {
    return this.formEditor._getState().schema;
  }

  /** What a thing stands in. */
  parent(field) {
    return this.formFieldRegistry.get(field._parent);
  }

  /** Put a new thing after what is chosen, or inside it, and choose it. */
  add(type) {
    const chosen = this.selection.get() ?? this.form.components.at(-1);
    const [parent, index] = this.#after(chosen && chosen !== this.form ? chosen : null, type);
    const layout = { row: this.formLayouter.nextRowId(), columns: null };
    return this.modeling.addFormField({ type, _parent: parent.id, layout }, parent, index);
  }

  /** Up (-1) or down (1), into a group and out of it. Gives whether there was a place. */
  move(field, by) {
    const to = this.#beside(field, by);
    if (!to) return false;
    const [target, index] = to;
    const source = this.parent(field);
    const place = source.components.indexOf(field);
    // the editor counts places in one parent with the thing still in it
    const counted = target === source && by > 0 ? index + 1 : index;
    this.modeling.moveFormField(field, source, target, place, counted, this.formLayouter.getRowForField(field));
    return true;
  }

  /** Take a thing out, with all that stands in it. */
  remove(field) {
    const parent = this.parent(field);
    this.modeling.removeFormField(field, parent, parent.components.indexOf(field));
  }

  #after(chosen, type) {
    if (!chosen) return [this.form, this.form.components.length];
    if (holds(chosen) && this.#takes(chosen, type)) return [chosen, chosen.components.length];
    let [parent, inside] = [this.parent(chosen), chosen];
    while (!this.#takes(parent, type)) [parent, inside] = [this.parent(parent), parent];
    return [parent, parent.components.indexOf(inside) + 1];
  }

  /** Pages stand in the form itself, and no list stands in a list. */
  #takes(parent, type) {
    if (parent === this.form) return true;
    if (type === "group") return false;
    return type !== "dynamiclist" || isOpen(parent);
  }

  #beside(field, by) {
    const parent = this.parent(field);
    const index = parent.components.indexOf(field);
    const next = parent.components[index + by];
    if (goesInto(field, next)) return [next, by > 0 ? 0 : next.components.length];
    if (next) return [parent, index + by];
    if (parent.type !== "group" || parent.path) return null;
    const around = this.parent(parent);
    const at = around.components.indexOf(parent);
    const beyond = around.components[at + by];
    if (goesInto(field, beyond)) return [beyond, by > 0 ? 0 : beyond.components.length];
    return [around, by > 0 ? at + 1 : at];
  }
}
