// Where a file is worked on: it is loaded, kept in this browser at each change, checked, and saved.
//
// `<div data-save="URL" data-check="URL" data-hash="sha256">`: saving posts {content, hash, note} and is answered with
// {hash}; 409 with {by, at, hash} means that somebody else saved first. Checking posts {content} and is answered with
// {findings}. Invariant: nothing is saved over what somebody else saved unless a person says so.
import { clockTime } from "../clock.js";
import { fetched, post, record } from "./asking.js";
import { Drawer } from "./drawer.js";
import { Notices } from "./notices.js";

// milliseconds after the last change
const UNTIL_KEPT = 300;
const UNTIL_CHECKED = 1_000;
const UNTIL_SAVED = 20_000;

export class Desk {
  #place;
  #editor;
  #drawer;
  #notices;
  #address;
  #hash = "";
  #isChanged = false;
  #waits = false; // for a person to choose between their changes and somebody else's
  #timers = {};
  #saving = Promise.resolve(true);
  #checks = 0;

  /**
   * `editor` is { read(): Promise<string>, show(content): Promise, tell(findings) }: the file as it stands in the
   * editor, another file put into it, and what was found in it.
   */
  constructor(place, editor, noticesIn = place) {
    this.#place = place;
    this.#editor = editor;
    this.#drawer = new Drawer(place.dataset.save);
    this.#notices = new Notices(noticesIn);
  }

  /** Load the file, with what this browser kept of it. */
  async open(address) {
    this.#address = address;
    const loaded = await fetched(address);
    this.#hash = loaded.hash || this.#place.dataset.hash;
    const kept = this.#drawer.kept;
    if (kept && kept.content !== loaded.content && kept.hash === this.#hash) await this.#bringBack(kept, loaded.content);
    else {
      if (kept && kept.content !== loaded.content) this.#drawer.setApart(kept);
      else this.#drawer.forget();
      await this.#editor.show(loaded.content);
      if (this.#drawer.apart) this.#askAboutApart();
    }
    this.#check();
    this.#watch();
  }

  /** To be called after each change. */
  changed() {
    this.#isChanged = true;
    this.#notices.say("Not saved yet");
    this.#soon("keep", UNTIL_KEPT, () => this.#keep());
    this.#soon("check", UNTIL_CHECKED, () => this.#check());
    this.#soon("save", UNTIL_SAVED, () => this.save());
  }

  /** Save, with a note for the list of versions. Gives whether the server has it. */
  save(note = "", { leaving = false } = {}) {
    this.#saving = this.#saving.then(() => this.#save(note, leaving));
    return this.#saving;
  }

  async #save(note, leaving) {
    if (this.#waits || !(this.#isChanged || note)) return !this.#isChanged;
    clearTimeout(this.#timers.save);
    this.#isChanged = false; // what changes from here on counts anew
    const content = await this.#editor.read();
    this.#drawer.keep(content, this.#hash); // until the server has it
    let answer = { ok: false, status: -1 };
    try {
      answer = await post(this.#place.dataset.save, { content, hash: this.#hash, note }, { leaving });
    } catch {
      // no connection
    }
    if (answer.ok) return this.#saved(await record(answer));
    this.#isChanged = true;
    this.#failed(answer, await record(answer), content);
    return false;
  }

  #saved({ hash }) {
    this.#hash = hash;
    if (!this.#isChanged) {
      this.#drawer.forget();
      this.#notices.say(`Saved at ${clockTime(new Date())}`);
    }
    return true;
  }

  #failed(answer, said, content) {
    if (answer.status === 409) return this.#overtaken(said, content);
    if ([0, 400, 401, 403].includes(answer.status)) {
      this.#notices.say("Not saved");
      return this.#notices.ask("You are signed out. Your changes are kept in this browser, and will be here again.", {
        "Sign in again": () => location.reload(),
      });
    }
    if (answer.status === 422 || answer.status === 413) {
      return this.#notices.say(`Not saved. ${said.says ?? "It is too large."}`);
    }
    this.#notices.say("Not saved: we cannot reach the server. We keep trying. Your changes are kept in this browser.");
    this.#soon("save", UNTIL_SAVED, () => this.save());
  }

  #overtaken({ by, at, hash }, content) {
    this.#waits = true;
    this.#notices.say("Not saved");
    const when = at ? ` at ${clockTime(new Date(at))}` : "";
    const mine = { content, hash: this.#hash, at: new Date().toISOString() };
    this.#notices.ask(`${by ?? "Somebody else"} saved this${when}. Your changes are not saved yet.`, {
      "Show theirs": () => this.#showTheirs(mine),
      "Save mine in its place": () => {
        this.#waits = false;
        this.#hash = hash;
        this.save("");
      },
      "Download mine": () => {
        this.#download(content);
        this.#overtaken({ by, at, hash }, content);
      },
    });
  }

  async #showTheirs(mine) {
    this.#drawer.setApart(mine);
    const loaded = await fetched(this.#address);
    this.#hash = loaded.hash || this.#place.dataset.hash;
    await this.#editor.show(loaded.content);
    this.#isChanged = false;
    this.#waits = false;
    this.#check();
    this.#askAboutApart();
  }

  async #bringBack(kept, loaded) {
    await this.#editor.show(kept.content);
    this.changed();
    const at = clockTime(new Date(kept.at));
    this.#notices.ask(`Your changes of ${at} were not saved. We brought them back.`, {
      "Save them": () => this.save(),
      "Leave them out": () => this.#instead(loaded),
    });
  }

  async #instead(content) {
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    await this.#editor.show(content);
    this.#isChanged = false;
    this.#drawer.forget();
    this.#notices.say("");
    this.#check();
  }

  #askAboutApart() {
    const { content, at } = this.#drawer.apart;
    const says = `Somebody else saved before your changes of ${clockTime(new Date(at))}. You see what they saved.`;
    this.#notices.ask(`${says} Yours are still in this browser.`, {
      "Show mine": async () => {
        await this.#editor.show(content);
        this.#drawer.forgetApart();
        this.changed();
      },
      "Download mine": () => {
        this.#download(content);
        this.#askAboutApart();
      },
      "Throw mine away": () => this.#drawer.forgetApart(),
    });
  }

  async #keep() {
    if (!this.#isChanged) return;
    this.#drawer.keep(await this.#editor.read(), this.#hash);
  }

  async #check() {
    if (!this.#place.dataset.check) return;
    const number = ++this.#checks;
    try {
      const answer = await post(this.#place.dataset.check, { content: await this.#editor.read() });
      const said = await record(answer);
      if (answer.ok && number === this.#checks) this.#editor.tell(said.findings ?? []);
    } catch {
      // the next change asks again
    }
  }

  #watch() {
    window.addEventListener("beforeunload", (event) => {
      if (this.#isChanged) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.save("", { leaving: true });
    });
    document.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.save();
    });
  }

  #soon(what, after, act) {
    clearTimeout(this.#timers[what]);
    this.#timers[what] = setTimeout(act, after);
  }

  #download(content) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type: "text/plain" }));
    link.download = this.#place.dataset.file || "my-changes.txt";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
  }
}
