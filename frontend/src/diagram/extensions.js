// What a drawing says beyond BPMN: our own keys, and the texts of the engine. Each change is one command, so that it
// can be undone; several in one act are undone together.
import { getBusinessObject } from "bpmn-js/lib/util/ModelUtil";

const PROPERTIES = "spiffworkflow:Properties";

export class Extensions {
  static $inject = ["modeling", "moddle"];

  constructor(modeling, moddle) {
    this.modeling = modeling;
    this.moddle = moddle;
  }

  /** One of our keys: "" where it is not there. */
  property(element, name) {
    return this.#properties(element)?.get("properties").find((one) => one.name === name)?.value ?? "";
  }

  /** Another value of one of our keys; "" takes it away. */
  setProperty(element, name, value) {
    const others = (this.#properties(element)?.get("properties") ?? []).filter((one) => one.name !== name);
    const own = value ? [this.moddle.create("spiffworkflow:Property", { name, value })] : [];
    const all = [...others, ...own];
    this.#put(element, PROPERTIES, all.length ? this.moddle.create(PROPERTIES, { properties: all }) : null);
  }

  /** A text of the engine, such as "spiffworkflow:InstructionsForEndUser". */
  text(element, type) {
    return this.#values(element).find((one) => one.$type === type)?.value ?? "";
  }

  setText(element, type, value) {
    this.#put(element, type, value ? this.moddle.create(type, { value }) : null);
  }

  #properties(element) {
    return this.#values(element).find((one) => one.$type === PROPERTIES);
  }

  #values(element) {
    return getBusinessObject(element).get("extensionElements")?.get("values") ?? [];
  }

  /** The extensions with one of a type put in the place of the one that is there; what others wrote stays. */
  #put(element, type, value) {
    const object = getBusinessObject(element);
    const values = this.#values(element).filter((one) => one.$type !== type);
    if (value) values.push(value);
    const all = values.length ? this.moddle.create("bpmn:ExtensionElements", { values }) : undefined;
    for (const one of values) one.$parent = all;
    if (all) all.$parent = object;
    this.modeling.updateModdleProperties(element, object, { extensionElements: all });
  }
}
