// What keys do while something in the form has the focus, and how one comes back to it from the panel.

export class Shortcuts {
  static $inject = ["config.panel", "places", "panel", "selection"];

  constructor({ place, stage }, places, panel, selection) {
    Object.assign(this, { places, panel, selection, stage });
    stage.addEventListener("keydown", (event) => this.#pressed(event));
    place.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#back();
    });
  }

  #pressed(event) {
    const chosen = this.panel.chosen;
    if (!chosen || !event.target.matches("[data-id]") || event.ctrlKey || event.metaKey) return;
    const does = this.#act(event, chosen);
    if (!does) return;
    event.preventDefault();
    does();
  }

  #act({ key, altKey }, chosen) {
    if (altKey) return { ArrowUp: () => this.#move(chosen, -1), ArrowDown: () => this.#move(chosen, 1) }[key];
    return { e: () => this.panel.focus(), E: () => this.panel.focus(), Delete: () => this.#remove(chosen) }[key];
  }

  #move(chosen, by) {
    this.places.move(chosen, by);
    requestAnimationFrame(() => this.#back());
  }

  #remove(chosen) {
    this.places.remove(chosen);
    requestAnimationFrame(() => this.#back());
  }

  #back() {
    const chosen = this.panel.chosen;
    const found = chosen ? this.stage.querySelector(`.fjs-element[data-id="${CSS.escape(chosen.id)}"]`) : null;
    (found ?? this.stage.querySelector("[tabindex]"))?.focus();
  }
}
