// What a check found, as a list that can be read, listened to and acted on. A finding is
// {element, label, kind, severity: "error"|"warning"|"note", says, reading, fix: {says, edits} or null}.
import { button, element } from "./elements.js";

const LOOKS = { error: "stop", warning: "note", note: "info" };
const WORDS = { error: "Mend", warning: "Look at", note: "Note" };

/** How bad the worst of some findings is: "error", "warning", "note", or "" for none. */
export function worst(findings) {
  return ["error", "warning", "note"].find((severity) => findings.some((one) => one.severity === severity)) ?? "";
}

/** The list: `show(findings)` fills it. `go(finding)` leads to the element, `mend(finding)` makes the fix. */
export class Findings {
  constructor(place, { go, mend }) {
    this.go = go;
    this.mend = mend;
    this.summary = element("p", { class: "app-findings__summary", role: "status" });
    this.list = element("div", { class: "app-findings__list" });
    place.append(element("h2", { class: "govuk-heading-m" }, "What we found"), this.summary, this.list);
  }

  show(findings) {
    const words = findings.length === 1 ? "1 thing to look at." : `${findings.length} things to look at.`;
    this.summary.textContent = findings.length ? words : "Nothing. It does what it says.";
    this.list.replaceChildren(...findings.map((one) => this.#item(one)));
  }

  #item(finding) {
    const { label, severity, says, reading, fix } = finding;
    const acts = [this.go && finding.element ? button("Show where", () => this.go(finding)) : null];
    if (fix && this.mend) acts.push(button(fix.says, () => this.mend(finding)));
    return element(
      "div",
      { class: `app-finding app-finding--${LOOKS[severity]}` },
      element("h3", {}, `${WORDS[severity]}: ${label}`),
      element("p", {}, says),
      reading ? element("p", {}, reading) : null,
      ...acts,
    );
  }
}
