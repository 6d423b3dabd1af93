// What can be said of the chosen element, in plain words. Lists come from the server: `catalogue` is
// {teams, forms, tables, letters, pages, milestones, readers}, each [{value, label}].
import { getBusinessObject, is, isAny } from "bpmn-js/lib/util/ModelUtil";
import { isLabel } from "bpmn-js/lib/util/LabelUtil";
import { button, element as made } from "../studio/elements.js";
import { choice, line, lines, tick } from "../studio/fields.js";
import { clock, limit } from "./limits.js";

const KINDS = {
  "bpmn:UserTask": "A step for a person",
  "bpmn:ManualTask": "A step for a person",
  "bpmn:Task": "A step",
  "bpmn:SendTask": "A letter",
  "bpmn:BusinessRuleTask": "A table decides",
  "bpmn:ServiceTask": "The system does this",
  "bpmn:CallActivity": "A page of its own",
  "bpmn:SubProcess": "A group of steps",
  "bpmn:ExclusiveGateway": "A question: one answer",
  "bpmn:InclusiveGateway": "A question: one or more answers",
  "bpmn:ParallelGateway": "All at the same time",
  "bpmn:EventBasedGateway": "Whichever comes first",
  "bpmn:StartEvent": "Where it begins",
  "bpmn:EndEvent": "Where it ends",
  "bpmn:BoundaryEvent": "What may happen during a step",
  "bpmn:IntermediateCatchEvent": "It waits for something",
  "bpmn:IntermediateThrowEvent": "It tells something",
  "bpmn:Lane": "A team",
  "bpmn:Participant": "The procedure on this page",
  "bpmn:SequenceFlow": "An arrow",
};
const STEPS = ["bpmn:UserTask", "bpmn:ManualTask", "bpmn:Task"];
const STOPS = [...STEPS, "bpmn:CallActivity", "bpmn:SendTask", "bpmn:BusinessRuleTask", "bpmn:EndEvent"];
const WHO_BEGINS = [
  { value: "anyone", label: "Anybody, on the public pages" },
  { value: "staff", label: "Our staff" },
];
const INSTRUCTIONS = "spiffworkflow:InstructionsForEndUser";
const DECISION = "spiffworkflow:CalledDecisionId";
const AGREED = /^=\s*timescale\("([\w ]+)"\)$/;

export class Panel {
  static $inject = ["config.panel", "eventBus", "selection", "modeling", "moddle", "extensions", "limits", "elementRegistry", "canvas"];

  constructor(config, eventBus, selection, modeling, moddle, extensions, limits, elementRegistry, canvas) {
    Object.assign(this, { modeling, moddle, extensions, limits, elementRegistry, canvas, selection });
    Object.assign(this, config);
    eventBus.on(["selection.changed", "import.done"], () => this.show());
    eventBus.on("elements.changed", () => requestAnimationFrame(() => this.#again()));
    this.place.addEventListener("focusout", () => requestAnimationFrame(() => this.#again()));
  }

  /** Show anew what has changed, but not while somebody is in a field: it would be taken from under their hands. */
  #again() {
    if (!this.place.contains(document.activeElement) || document.activeElement.matches("button")) this.show();
  }

  /** Show what is chosen. */
  show() {
    const chosen = this.selection.get();
    const one = chosen.length === 1 ? (isLabel(chosen[0]) ? chosen[0].labelTarget : chosen[0]) : null;
    this.place.replaceChildren(...(one ? this.#about(one) : this.#nothing(chosen.length)));
  }

  #nothing(count) {
    const says = count > 1 ? "Choose one step to see what can be said of it." : "Choose a step, a question or an arrow in the drawing. What can be said of it stands here.";
    return [made("h2", { class: "govuk-heading-m" }, count > 1 ? `${count} things chosen` : "Nothing chosen"), made("p", {}, says)];
  }

  #about(element) {
    const object = getBusinessObject(element);
    const words = KINDS[object.$type] ?? "Part of the drawing";
    const rows = [made("h2", { class: "govuk-heading-m" }, object.name || words), made("p", { class: "app-quiet" }, words)];
    if (element !== this.canvas.getRootElement()) rows.push(this.#name(element, object));
    if (isAny(element, STEPS)) rows.push(...this.#step(element));
    if (isAny(element, [...STEPS, "bpmn:CallActivity", "bpmn:SubProcess"])) rows.push(...this.#limits(element));
    if (is(element, "bpmn:StartEvent") && !object.eventDefinitions?.length) rows.push(...this.#beginning(element));
    if (isAny(element, STOPS)) rows.push(this.#stop(element));
    if (is(element, "bpmn:SendTask")) rows.push(...this.#letter(element));
    if (is(element, "bpmn:BusinessRuleTask")) rows.push(this.#decision(element));
    if (is(element, "bpmn:CallActivity")) rows.push(this.#page(element, object));
    if (isAny(element, ["bpmn:ExclusiveGateway", "bpmn:InclusiveGateway"])) rows.push(...this.#answers(element));
    if (is(element, "bpmn:SequenceFlow") && this.#isAnswer(object)) rows.push(this.#condition(element, object));
    if (clock(element)) rows.push(...this.#time(element, object));
    return rows;
  }

  #name(element, object) {
    const isTeam = is(element, "bpmn:Lane");
    const label = isTeam ? "Which team is this?" : is(element, "bpmn:SequenceFlow") ? "The answer" : "What it is called";
    return line(label, object.name ?? "", (name) => this.modeling.updateProperties(element, { name }), isTeam ? "People with this role get the steps in it." : "");
  }

  #step(element) {
    return [
      this.#team(element),
      choice("Which form they fill in", this.extensions.property(element, "formRef"), this.catalogue.forms, (value) => {
        this.extensions.setProperty(element, "formRef", value);
      }, "Without one they say what came of it, and may add a note."),
      lines("What to tell them", this.extensions.text(element, INSTRUCTIONS), (value) => this.extensions.setText(element, INSTRUCTIONS, value), "((victim.name)) stands for a fact of the case."),
    ];
  }

  #beginning(element) {
    return [
      choice("Who may begin it on a page", this.extensions.property(element, "begins"), WHO_BEGINS, (value) => this.extensions.setProperty(element, "begins", value), "Whoever begins it fills in the form."),
      choice("The form with which it begins", this.extensions.property(element, "formRef"), this.catalogue.forms, (value) => this.extensions.setProperty(element, "formRef", value)),
    ];
  }

  #stop(element) {
    return line("What whoever asked sees", this.extensions.property(element, "stop"), (value) => this.extensions.setProperty(element, "stop", value), "A few words on their own page, such as: We look at your home. May be left empty.");
  }

  #team(element) {
    const lanes = this.elementRegistry.filter((one) => is(one, "bpmn:Lane") && !one.children.some((inner) => is(inner, "bpmn:Lane")));
    const own = lanes.find((lane) => getBusinessObject(lane).get("flowNodeRef").includes(getBusinessObject(element)));
    if (!lanes.length) return made("p", {}, "There are no teams in this drawing yet. Draw a pool with lanes, and give each the name of a team.");
    const options = lanes.map((lane) => ({ value: lane.id, label: getBusinessObject(lane).name || "A team without a name" }));
    return choice("Who does it", own?.id ?? "", options, (id) => this.#moveTo(element, this.elementRegistry.get(id)), "The team in whose lane it stands.");
  }

  #moveTo(element, lane) {
    if (!lane) return;
    const y = Math.round(lane.y + lane.height / 2 - (element.y + element.height / 2));
    const together = [element, ...(element.attachers ?? [])];
    this.modeling.moveElements(together.filter((one) => one === element), { x: 0, y }, element.parent);
  }

  #limits(element) {
    const rows = this.limits.of(element).map((one) => this.#limit(one));
    const add = button("Add a time limit", () => {
      const event = this.limits.add(element, "5 working days");
      this.selection.select(event);
    });
    return [made("h3", { class: "govuk-heading-s" }, "By when"), ...rows, made("p", {}, add)];
  }

  #limit(event) {
    const words = this.#said(event);
    return made("p", { class: "app-limit" }, `${words}. `, button("Change", () => this.selection.select(event)), " ", button("Take away", () => this.limits.remove(event)));
  }

  #said(event) {
    const agreed = AGREED.exec(limit(event));
    const known = agreed && this.catalogue.milestones.find((one) => one.value === agreed[1]);
    return known ? `${known.label}: ${known.limit}` : limit(event) || "No time is set";
  }

  #time(element, object) {
    const agreed = AGREED.exec(limit(element))?.[1] ?? "";
    const rows = [
      choice("A time that is agreed", agreed, this.catalogue.milestones.map((one) => ({ value: one.value, label: `${one.label}: ${one.limit}` })), (milestone) => {
        const known = this.catalogue.milestones.find((one) => one.value === milestone);
        if (known) this.limits.agree(element, milestone, known.limit);
      }, "It changes with the table of agreed times."),
      line("Or a time of its own", agreed ? "" : limit(element), (words) => {
        this.limits.set(element, words);
        if (this.extensions.property(element, "milestone")) this.extensions.setProperty(element, "milestone", "");
        this.modeling.updateProperties(element, { name: words });
      }, "For example, 5 working days, or 2 working days before panel.held_at"),
    ];
    if (is(element, "bpmn:BoundaryEvent")) {
      rows.push(tick("The step ends when the time is over", object.cancelActivity !== false, (isEnd) => this.modeling.updateProperties(element, { cancelActivity: isEnd }), "Else somebody is told and the step goes on."));
      rows.push(made("p", {}, button("Take this limit away", () => this.limits.remove(element))));
    }
    return rows;
  }

  #letter(element) {
    return [
      choice("Which letter", this.extensions.property(element, "letter"), this.catalogue.letters, (value) => this.extensions.setProperty(element, "letter", value)),
      line("Who gets it", this.extensions.property(element, "to"), (value) => this.extensions.setProperty(element, "to", value), `For example, ${this.catalogue.readers.join(", ")}. Several with commas.`),
    ];
  }

  #decision(element) {
    return choice("Which table decides", this.extensions.text(element, DECISION), this.catalogue.tables, (value) => this.extensions.setText(element, DECISION, value));
  }

  #page(element, object) {
    return choice("Which page", object.calledElement ?? "", this.catalogue.pages, (calledElement) => this.modeling.updateProperties(element, { calledElement }));
  }

  #answers(element) {
    const rows = element.outgoing.map((arrow) => this.#answer(arrow));
    return [
      made("h3", { class: "govuk-heading-s" }, "The answers"),
      made("p", { class: "app-quiet" }, "An answer without a rule is given by a person: the team is asked."),
      ...rows.flat(),
    ];
  }

  #answer(arrow) {
    const object = getBusinessObject(arrow);
    const to = getBusinessObject(arrow.target).name || "the next step";
    return [
      line(`Answer that leads to ‘${to}’`, object.name ?? "", (name) => this.modeling.updateProperties(arrow, { name })),
      this.#condition(arrow, object, `When does it go to ‘${to}’?`),
    ];
  }

  #isAnswer(object) {
    return isAny(object.sourceRef, ["bpmn:ExclusiveGateway", "bpmn:InclusiveGateway"]);
  }

  #condition(element, object, label = "When does it go this way?") {
    return line(label, object.conditionExpression?.body ?? "", (body) => {
      const conditionExpression = body ? this.moddle.create("bpmn:FormalExpression", { body }) : undefined;
      this.modeling.updateProperties(element, { conditionExpression });
    }, "For example, risk.band = \"high\"");
  }
}
