// The form as our pages show it: the server writes it, a moment after each change.
import { Checkboxes, Radios, createAll } from "govuk-frontend";
import { post, record } from "../studio/asking.js";
import { element } from "../studio/elements.js";

const PAUSE = 600; // milliseconds after the last change

export class Seen {
  #address;
  #read;
  #timer;
  #asked = 0;

  /** `place` is where it is shown; `read()` gives the form as it stands in the editor. */
  constructor(place, address, read) {
    this.#address = address;
    this.#read = read;
    this.says = element("p", { class: "app-quiet", role: "status" });
    this.form = element("div", { class: "app-measure" });
    const quiet = element("p", { class: "app-quiet" }, "All pages, before anything is known of a case. Nothing that you type here is kept.");
    place.append(element("h2", { class: "govuk-heading-m" }, "As people will see it"), quiet, this.says, this.form);
  }

  /** To be called after each change. */
  soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.now(), PAUSE);
  }

  async now() {
    const number = ++this.#asked;
    try {
      const answer = await post(this.#address, { content: await this.#read() });
      const { html = "", says = "" } = await record(answer);
      if (!answer.ok || number !== this.#asked) return;
      if (this.says.textContent !== says) this.says.textContent = says;
      if (html) this.#show(html);
    } catch {
      // the next change asks again
    }
  }

  /** What the server wrote, with every word of an author's escaped or cleaned there, as on the pages themselves. */
  #show(html) {
    this.form.replaceChildren(document.createRange().createContextualFragment(html));
    for (const Component of [Radios, Checkboxes]) createAll(Component, {}, this.form);
  }
}
