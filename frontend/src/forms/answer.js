// What may be said about the answer to a question: the fact under which it is kept, its limits, what may be chosen.
import { choice, line, tick } from "../studio/fields.js";
import { answers, columns } from "./rows.js";

export const QUESTIONS = new Set(["textfield", "textarea", "number", "datetime", "filepicker", "radio", "select", "checklist", "taglist", "checkbox"]);
const CHOSEN = new Set(["radio", "select", "checklist", "taglist"]);
const SOURCES = [
  { value: "values", label: "They are written here" },
  { value: "valuesKey", label: "They are a list among the facts" },
  { value: "valuesExpression", label: "They are worked out" },
];
const KINDS_OF_TEXT = [
  { value: "email", label: "An e-mail address" },
  { value: "phone", label: "A phone number" },
];
const DAYS = [
  { value: "date", label: "A day" },
  { value: "time", label: "A time" },
  { value: "datetime", label: "A day and a time" },
];
const WIDTHS = ["2", "3", "4", "5", "10", "20", "30"].map((value) => ({ value, label: `${value} letters` }));
const NUMBER = /^-?\d+(\.\d+)?$/;

/** A number, or an expression that begins with =; undefined for nothing, null for anything else. */
function limit(text) {
  if (!text) return undefined;
  if (text.startsWith("=")) return text;
  return NUMBER.test(text) ? Number(text) : null;
}

export class Answer {
  constructor(panel) {
    this.panel = panel;
  }

  rows(field) {
    const own = this[`_${field.type}`]?.(field) ?? [];
    if (field.type === "expression") return [this.#key(field), ...own];
    if (!QUESTIONS.has(field.type)) return own;
    return [this.#key(field), this.#required(field), ...own, ...this.#always(field)];
  }

  // what most questions have

  #key(field, name = "key") {
    const inRow = this.panel.places.parent(field)?.type === "dynamiclist";
    const keep = (key) => {
      const fault = this.panel.keys.fault(field, key);
      if (!fault) this.panel.set(field, { [name]: key });
      return fault;
    };
    const hint = inRow ? "Within its row." : "Choose a fact that is known, or type a new name, like mediation.offer.";
    return line("Kept as the fact", field[name] ?? "", keep, hint, inRow ? [] : this.panel.facts);
  }

  #required(field) {
    return tick("It must be answered", field.validate?.required === true, (is) => this.panel.setIn(field, "validate", "required", is || undefined));
  }

  #always(field) {
    const rows = [this.panel.lineIn(field, "properties", "prefill", "What stands in it at first", "Worked out from facts, such as: applicant.name")];
    if (typeof field.readonly !== "string") rows.push(tick("It is only shown, not asked", field.readonly === true, (is) => this.panel.set(field, { readonly: is || undefined })));
    else rows.push(this.panel.line(field, "readonly", "When it is only shown, not asked"));
    if (!["filepicker", "checkbox"].includes(field.type)) rows.push(this.panel.lineIn(field, "properties", "example", "A made-up answer", "For trying a draft out."));
    return rows;
  }

  #limit(field, key, label, inside = "validate") {
    const standing = inside ? field[inside]?.[key] : field[key];
    return line(label, String(standing ?? ""), (text) => {
      const value = limit(text);
      if (value === null) return "Enter a number, or an expression that begins with =";
      if (inside) this.panel.setIn(field, inside, key, value);
      else this.panel.set(field, { [key]: value });
      return "";
    });
  }

  #look(field) {
    return [
      choice("How wide the box is", field.properties?.width ?? "", WIDTHS, (value) => this.panel.setIn(field, "properties", "width", value), "", "As wide as the page"),
      this.panel.lineIn(field, "properties", "autocomplete", "What a browser may fill in", "Such as: name, email, tel, postal-code, bday"),
    ];
  }

  #chosen(field) {
    const source = SOURCES.map((one) => one.value).findLast((one) => field[one] !== undefined) ?? "values";
    const first = { values: [{ label: "Yes", value: "yes" }, { label: "No", value: "no" }], valuesKey: this.panel.facts[0] ?? "facts", valuesExpression: "=" };
    const from = choice("Where the answers come from", source, SOURCES, (value) => this.panel.set(field, { [value]: first[value] }), "", "");
    if (source === "valuesKey") return [from, line("The list", field.valuesKey, (key) => this.panel.set(field, { valuesKey: key || "facts" }), "", this.panel.facts)];
    if (source === "valuesExpression") return [from, this.panel.line(field, "valuesExpression", "How they are worked out")];
    return [from, ...answers(field.values ?? [], (values) => this.panel.set(field, { values }))];
  }

  // each kind by its type in form-js

  _textfield(field) {
    return [
      choice("What is typed", field.validate?.validationType ?? "", KINDS_OF_TEXT, (value) => this.panel.setIn(field, "validate", "validationType", value), "", "Any text"),
      this.#limit(field, "minLength", "Fewest letters"),
      this.#limit(field, "maxLength", "Most letters"),
      this.panel.lineIn(field, "validate", "pattern", "The pattern that it has to fit", "A regular expression."),
      ...(field.validate?.pattern ? [this.panel.lineIn(field, "validate", "patternErrorMessage", "What we say where it does not fit")] : []),
      ...this.#adorned(field),
      ...this.#look(field),
    ];
  }

  _textarea(field) {
    return [this.#limit(field, "minLength", "Fewest letters"), this.#limit(field, "maxLength", "Most letters")];
  }

  _number(field) {
    const rows = [this.#limit(field, "min", "Lowest"), this.#limit(field, "max", "Highest"), this.#limit(field, "decimalDigits", "Figures after the point", "")];
    return [...rows, ...this.#adorned(field), ...this.#look(field)];
  }

  #adorned(field) {
    return [this.panel.lineIn(field, "appearance", "prefixAdorner", "Before the box", "Such as: £"), this.panel.lineIn(field, "appearance", "suffixAdorner", "After the box", "Such as: days")];
  }

  _datetime(field) {
    const kinds = choice("What is asked", field.subtype ?? "date", DAYS, (subtype) => this.#timed(field, subtype), "", "");
    if (field.subtype === "time") return [kinds];
    return [
      kinds,
      this.panel.tickIn(field, "properties", "past", "Only today or in the past"),
      this.panel.tickIn(field, "properties", "future", "Only today or in the future"),
      this.panel.lineIn(field, "properties", "autocomplete", "What a browser may fill in", "bday for a date of birth"),
    ];
  }

  /** Another kind of day or time; the words of the question go along. */
  #timed(field, subtype) {
    const words = field.subtype === "time" ? field.timeLabel : field.dateLabel;
    this.panel.set(field, { subtype, [subtype === "time" ? "timeLabel" : "dateLabel"]: words });
  }

  _filepicker(field) {
    const several = typeof field.multiple === "string" ? this.panel.line(field, "multiple", "When several may be chosen") : tick("Several may be chosen", field.multiple === true, (is) => this.panel.set(field, { multiple: is || undefined }));
    return [several, this.panel.line(field, "accept", "Which kinds", "Endings with commas, such as: .pdf, .jpg, .png")];
  }

  _radio(field) {
    return this.#chosen(field);
  }

  _select(field) {
    return this.#chosen(field);
  }

  _checklist(field) {
    return this.#chosen(field);
  }

  _taglist(field) {
    return this.#chosen(field);
  }

  _expression(field) {
    return [this.panel.line(field, "expression", "How it is worked out", "Such as: if risk.score > 15 then \"high\" else \"low\"")];
  }

  _dynamiclist(field) {
    return [
      this.#key(field, "path"),
      this.#required(field),
      this.#limit(field, "defaultRepetitions", "How many rows stand there at first", ""),
      tick("People may add rows and take them away", field.allowAddRemove !== false, (allowAddRemove) => this.panel.set(field, { allowAddRemove })),
    ];
  }

  _table(field) {
    const source = this.panel.line(field, "dataSource", "Where its rows come from", "A list among the facts, such as: =agencies");
    if (field.columnsExpression) return [source, this.panel.line(field, "columnsExpression", "How its columns are worked out")];
    return [source, ...columns(field.columns ?? [], (all) => this.panel.set(field, { columns: all }))];
  }
}
