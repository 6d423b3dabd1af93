// Keeps the draft of a task form: 15 seconds after a change, and when the page is left.
// `data-autosave` holds the address to post to; the answer is not read, only whether it came.
import { clockTime } from "./clock.js";

const PAUSE = 15_000; // milliseconds

/** The line that says when we saved: the form's own, or a new one at its end. */
function statusLine(form) {
  const own = form.querySelector("[data-autosave-status]");
  if (own) return own;
  const line = document.createElement("p");
  line.className = "app-saved";
  form.append(line);
  return line;
}

/** The form's fields without files: a draft holds words. */
function fields(form) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") body.append(name, value);
  }
  return body;
}

export function keepDrafts(form) {
  const status = statusLine(form);
  status.setAttribute("role", "status");
  status.setAttribute("aria-live", "polite");
  let changed = false;
  let timer;

  async function save() {
    clearTimeout(timer);
    timer = undefined;
    if (!changed) return;
    changed = false;
    const body = fields(form);
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body,
        credentials: "same-origin",
        keepalive: true, // it may be sent while the page is closing
        redirect: "error", // a redirect means signed out: not saved
        headers: { "X-CSRFToken": body.get("csrf_token") ?? "" },
      });
      if (!answer.ok) throw new Error(String(answer.status));
      status.textContent = `Saved at ${clockTime(new Date())}`;
    } catch {
      changed = true; // the next change or departure tries again; the form itself still saves
    }
  }

  function note() {
    changed = true;
    timer ??= setTimeout(save, PAUSE);
  }

  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener("submit", () => {
    changed = false;
    clearTimeout(timer);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
}
