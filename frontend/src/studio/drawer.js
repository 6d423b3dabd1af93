// What is kept in this browser of changes that the server has not: a tab may be closed, a session may run out.
// `kept` follows the editor; `apart` is what was set apart when somebody else saved first.

export class Drawer {
  constructor(name) {
    this.name = `studio:${name}`;
  }

  /** The changes that were kept: {content, hash (on which they rest), at}, or null. */
  get kept() {
    return read(this.name);
  }

  /** The changes that were set apart, or null. */
  get apart() {
    return read(`${this.name}:apart`);
  }

  keep(content, hash) {
    write(this.name, { content, hash, at: new Date().toISOString() });
  }

  setApart(kept) {
    write(`${this.name}:apart`, kept);
    write(this.name, null);
  }

  forget() {
    write(this.name, null);
  }

  forgetApart() {
    write(`${this.name}:apart`, null);
  }
}

function read(name) {
  try {
    const found = JSON.parse(localStorage.getItem(name));
    return typeof found?.content === "string" ? found : null;
  } catch {
    return null;
  }
}

function write(name, value) {
  try {
    if (value) localStorage.setItem(name, JSON.stringify(value));
    else localStorage.removeItem(name);
  } catch {
    // no room, or none allowed: saving on the server goes on
  }
}
