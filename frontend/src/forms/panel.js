// What can be said of the chosen part of a form, in plain words. `catalogue` is {kinds: [{type, label}], facts: [key]}.
import { button, element as made } from "../studio/elements.js";
import { line, lines, tick } from "../studio/fields.js";
import { Answer, QUESTIONS } from "./answer.js";

const LABELLED = new Set([...QUESTIONS, "dynamiclist", "group", "table", "expression"]);
const TITLES = { group: "What it is called", table: "What it is called", expression: "What it is called", dynamiclist: "What is listed" };

export class Panel {
  static $inject = ["config.panel", "eventBus", "selection", "modeling", "places", "keys"];

  constructor(config, eventBus, selection, modeling, places, keys) {
    Object.assign(this, { selection, modeling, places, keys }, config);
    this.answer = new Answer(this);
    eventBus.on(["selection.changed", "import.done"], () => this.show());
    eventBus.on("commandStack.changed", () => {
      requestAnimationFrame(() => this.#again()); // a listener that gives something is the last one to be called
    });
    this.place.addEventListener("focusout", ({ target }) => {
      if (!target.matches("button")) requestAnimationFrame(() => this.#again());
    });
    this.#waitForPointers();
  }

  /** What is chosen; null for the form itself. */
  get chosen() {
    const chosen = this.selection.get();
    return chosen && chosen !== this.places.form ? chosen : null;
  }

  /** Show what is chosen. */
  show() {
    const chosen = this.chosen;
    this.place.replaceChildren(...(chosen ? this.#part(chosen) : this.#form(this.places.form)));
  }

  /** Go to the first box. */
  focus() {
    this.place.querySelector("input, textarea, select")?.focus();
  }

  // how a part is changed

  /** A property of a part, or several. Those that are "" go. */
  set(field, properties) {
    const kept = Object.entries(properties).map(([key, value]) => [key, value === "" ? undefined : value]);
    this.modeling.editFormField(field, Object.fromEntries(kept));
  }

  /** A property inside one of `validate`, `properties`, `conditional`, `appearance`; what else stands there stays. */
  setIn(field, inside, key, value) {
    const { [key]: _, ...others } = field[inside] ?? {};
    const all = value === "" || value === undefined ? others : { ...field[inside], [key]: value };
    this.set(field, { [inside]: Object.keys(all).length ? all : undefined });
  }

  /** Lines of text for one property of a part. */
  line(field, key, label, hint = "", box = line) {
    return box(label, field[key] ?? "", (value) => this.set(field, { [key]: value }), hint);
  }

  /** A line for a property inside another one. */
  lineIn(field, inside, key, label, hint = "") {
    return line(label, String(field[inside]?.[key] ?? ""), (value) => this.setIn(field, inside, key, value), hint);
  }

  /** Yes or no for a word of the author's. */
  tickIn(field, inside, key, label, hint = "", yes = "true") {
    return tick(label, field[inside]?.[key] === yes, (is) => this.setIn(field, inside, key, is ? yes : ""), hint);
  }

  // what is shown

  #form(form) {
    const known = form?.components ? [this.line(form, "title", "What the form is called")] : [];
    return [
      made("h2", { class: "govuk-heading-m" }, "The form"),
      ...known,
      made("p", { class: "app-quiet" }, "Choose a question in the form to change it, or add one. A group at the top is a page."),
    ];
  }

  #part(field) {
    const kind = this.kinds.find((one) => one.type === field.type)?.label ?? `Something that our pages do not offer (${field.type})`;
    return [
      made("h2", { class: "govuk-heading-m" }, kind),
      this.#acts(field),
      ...this.#group("Wording", this.#wording(field)),
      ...this.#group("Answer", this.answer.rows(field)),
      ...this.#group("When it is shown", this.#when(field)),
    ];
  }

  #group(title, rows) {
    return rows.length ? [made("h3", { class: "govuk-heading-s app-panel__group" }, title), ...rows] : [];
  }

  #acts(field) {
    const act = (name, words, does) => {
      const one = button(words, () => {
        this.pressed = name; // the editor takes the focus to what has moved
        does();
      });
      one.dataset.act = name;
      return one;
    };
    return made(
      "div",
      { class: "app-panel__acts" },
      act("up", "Move up", () => this.places.move(field, -1)),
      act("down", "Move down", () => this.places.move(field, 1)),
      act("remove", "Take out", () => this.places.remove(field)),
    );
  }

  #wording(field) {
    if (field.type === "text") return [this.line(field, "text", "What it says", "A line that begins with # is a heading. A fact stands in double braces: {{case.reference}}", lines)];
    if (!LABELLED.has(field.type)) return [];
    const rows = [this.#question(field)];
    if (QUESTIONS.has(field.type) || field.type === "dynamiclist") rows.push(...this.#words(field));
    return rows;
  }

  #question(field) {
    const key = labelOf(field);
    return line(TITLES[field.type] ?? "Question", field[key] ?? "", (words) => {
      this.set(field, { [key]: words || undefined, ...this.#firstKey(field, words) });
    });
  }

  #firstKey(field, words) {
    const key = this.keys.first(field, words);
    return key ? { key } : {};
  }

  #words(field) {
    const isList = field.type === "dynamiclist";
    const hasLimits = ["textfield", "textarea", "number"].includes(field.type);
    const [low, high] = field.type === "number" ? ["too low", "too high"] : ["too short", "too long"];
    return [
      this.line(field, "description", "Help under it", "For whoever fills it in."),
      this.lineIn(field, "properties", "errorRequired", "What we say where it is left out", isList ? "Such as: Add at least one report" : "Such as: Enter what you were told"),
      ...(hasLimits ? [this.lineIn(field, "properties", "errorMin", `What we say where it is ${low}`), this.lineIn(field, "properties", "errorMax", `What we say where it is ${high}`)] : []),
      this.lineIn(field, "properties", "shortName", isList ? "What one of them is called" : "Its short name, in messages", isList ? "Such as: report" : "Such as: date you were told"),
    ];
  }

  #when(field) {
    return [this.lineIn(field, "conditional", "hide", "Leave it out when", "Such as: application.in_danger != \"yes\". What belongs to one answer of a question above it stands under that answer.")];
  }

  /** Nothing is shown anew between pressing a button and letting it go: it would not be pressed. */
  #waitForPointers() {
    this.place.addEventListener("pointerdown", () => {
      this.isHeld = true;
    });
    for (const end of ["pointerup", "pointercancel"]) {
      document.addEventListener(end, () => {
        this.isHeld = false;
        requestAnimationFrame(() => this.#again());
      });
    }
  }

  /** Show anew what has changed, but not while somebody is in a box: it would be taken from under their hands. */
  #again() {
    const at = document.activeElement;
    if (this.isHeld || (this.place.contains(at) && !at.matches("button"))) return;
    const act = this.pressed ?? (this.place.contains(at) ? at.dataset.act : undefined);
    this.pressed = undefined;
    this.show();
    if (act) this.place.querySelector(`[data-act="${act}"]`)?.focus();
  }
}

/** The property in which the words of a question stand. */
export function labelOf(field) {
  if (field.type !== "datetime") return "label";
  return field.subtype === "time" ? "timeLabel" : "dateLabel";
}
