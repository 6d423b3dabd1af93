// What an editor has to tell: a line about saving, and at most one notice that asks what to do.
import { button, element } from "./elements.js";

export class Notices {
  /** `place` is where the line and the notice stand. */
  constructor(place) {
    this.line = element("p", { class: "app-saved", role: "status" });
    this.board = element("div", { class: "app-notices" });
    place.append(this.line, this.board);
  }

  /** The line about saving. */
  say(words) {
    if (this.line.textContent !== words) this.line.textContent = words;
  }

  /** A notice with what can be done about it: {words on the button: act}. It stays until an act takes it away. */
  ask(words, acts) {
    const buttons = Object.entries(acts).map(([label, act]) =>
      button(label, () => {
        this.clear();
        act();
      }),
    );
    const group = element("div", { class: "app-notice__acts" }, ...buttons);
    this.board.replaceChildren(element("div", { class: "app-notice", role: "alert" }, element("p", {}, words), group));
  }

  clear() {
    this.board.replaceChildren();
  }
}
