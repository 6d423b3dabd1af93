// Time limits of a step: a clock on its edge that tells somebody and lets the step go on, or ends it.
import { getBusinessObject } from "bpmn-js/lib/util/ModelUtil";

const GAP = 60; // between the middle of a clock and the middle of what it leads to
const MISSED = "limit_missed";

/** The clock of an event, or undefined. */
export function clock(element) {
  const found = getBusinessObject(element).get("eventDefinitions") ?? [];
  return found.find((one) => one.$type === "bpmn:TimerEventDefinition");
}

/** What a clock says: its limit in words, or the milestone that agreed times are asked for. */
export function limit(element) {
  const own = clock(element);
  return own?.timeDuration?.body ?? own?.timeDate?.body ?? own?.timeCycle?.body ?? "";
}

export class Limits {
  static $inject = ["modeling", "elementFactory", "bpmnFactory", "moddle", "extensions", "canvas"];

  constructor(modeling, elementFactory, bpmnFactory, moddle, extensions, canvas) {
    Object.assign(this, { modeling, elementFactory, bpmnFactory, moddle, extensions, canvas });
  }

  /** The clocks on a step. */
  of(step) {
    return (step.attachers ?? []).filter((one) => clock(one));
  }

  /** Another limit in words, such as "5 working days after the panel", or `=timescale("panel")`. */
  set(element, words) {
    const own = clock(element);
    const duration = this.moddle.create("bpmn:FormalExpression", { body: words });
    duration.$parent = own;
    const changes = { timeDuration: duration, timeDate: undefined, timeCycle: undefined };
    this.modeling.updateModdleProperties(element, own, changes);
  }

  /** A limit that is agreed for a milestone: the clock asks the table of agreed times. */
  agree(element, milestone, words) {
    this.set(element, `=timescale("${milestone}")`);
    this.extensions.setProperty(element, "milestone", milestone);
    this.modeling.updateProperties(element, { name: words });
  }

  /** A clock on a step. When it is over the senior officer is told, and the step goes on. */
  add(step, words) {
    const count = this.of(step).length;
    const at = { x: step.x + 20 + count * 45, y: step.y + step.height };
    const event = this.elementFactory.createShape({
      type: "bpmn:BoundaryEvent",
      cancelActivity: false,
      eventDefinitionType: "bpmn:TimerEventDefinition",
    });
    const placed = this.modeling.createShape(event, at, step, { attach: true });
    this.set(placed, words);
    this.modeling.updateProperties(placed, { name: words });
    this.#tell(placed, at);
    return placed;
  }

  /** A limit goes, with what it alone leads to. */
  remove(element) {
    const after = element.outgoing.map((arrow) => arrow.target).filter((one) => one.incoming.length === 1 && !one.outgoing.length);
    this.modeling.removeElements([...after, element]);
  }

  #tell(event, at) {
    const end = this.elementFactory.createShape({
      type: "bpmn:EndEvent",
      eventDefinitionType: "bpmn:EscalationEventDefinition",
    });
    const told = this.modeling.appendShape(event, end, { x: at.x, y: at.y + GAP });
    this.modeling.updateProperties(told, { name: "Senior officer told" });
    const [own] = getBusinessObject(told).get("eventDefinitions");
    this.modeling.updateModdleProperties(told, own, { escalationRef: this.#escalation(told) });
  }

  /** What a limit that was missed raises: one for the whole drawing. */
  #escalation(element) {
    let root = getBusinessObject(element);
    while (root.$parent) root = root.$parent;
    const known = root.get("rootElements").find((one) => one.$type === "bpmn:Escalation" && one.escalationCode === MISSED);
    if (known) return known;
    const made = this.bpmnFactory.create("bpmn:Escalation", { id: `${MISSED}_escalation`, name: MISSED, escalationCode: MISSED });
    made.$parent = root;
    this.modeling.updateModdleProperties(element, root, { rootElements: [...root.get("rootElements"), made] });
    return made;
  }
}
