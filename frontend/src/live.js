// A page that keeps itself up to date. `<p data-live data-tag="…">` says how old it is; what stands in
// `[data-live-part]` is put in anew when the server says that it is different. Without scripts it stays as it was.
import { clockTime } from "./clock.js";

const EVERY = 15_000; // milliseconds

/** The rows of a part by their names, as they look. */
function rows(part) {
  return new Map([...part.querySelectorAll("[data-row]")].map((row) => [row.dataset.row, row.outerHTML]));
}

/** How many rows came, went or look different. */
function changes(before, after) {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).length;
}

/** What somebody stands on, so that it can be found again: a link by where it leads, anything else by its id. */
function place(part) {
  const here = document.activeElement;
  if (!here || !part.contains(here)) return null;
  const row = here.closest("[data-row]")?.dataset.row;
  return (now) => {
    const within = row ? [...now.querySelectorAll("[data-row]")].find((one) => one.dataset.row === row) ?? now : now;
    if (here.id) return now.querySelector(`#${CSS.escape(here.id)}`);
    return [...within.querySelectorAll(here.localName)].find((one) => one.getAttribute("href") === here.getAttribute("href"));
  };
}

/** Puts in what is new, and leaves what is open open and the focus where it was. Gives how many rows changed. */
function renew(part, fresh) {
  if (part.innerHTML === fresh.innerHTML) return 0;
  const before = rows(part);
  const find = place(part);
  const open = [...part.querySelectorAll("details[open][id]")].map((one) => one.id);
  part.replaceChildren(...fresh.childNodes);
  for (const id of open) part.querySelector(`#${CSS.escape(id)}`)?.setAttribute("open", "");
  find?.(part)?.focus({ preventScroll: true });
  return changes(before, rows(part));
}

/** Asks again and again while the page is looked at, until somebody stops it. */
function keepUp(line) {
  const says = line.querySelector("[data-live-says]");
  const told = document.createElement("span");
  const button = document.createElement("button");
  told.className = "govuk-visually-hidden";
  told.setAttribute("role", "status");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary govuk-button--small";
  line.append(button, told);
  let tag = line.dataset.tag;
  let updated = clockTime(new Date());
  let isPaused = false;

  const tell = () => {
    says.textContent = isPaused ? `Stopped at ${updated}.` : `Updated ${updated}.`;
    button.textContent = isPaused ? "Go on updating" : "Stop updating";
  };

  async function put(answer) {
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (isPaused) return; // meanwhile
    let number = 0;
    for (const part of document.querySelectorAll("[data-live-part]")) {
      const next = fresh.querySelector(`[data-live-part="${part.dataset.livePart}"]`);
      if (next) number += renew(part, next);
    }
    tag = (answer.headers.get("ETag") ?? "").replaceAll('"', "");
    if (number) told.textContent = number === 1 ? "1 case changed" : `${number} cases changed`;
  }

  async function ask() {
    if (isPaused || document.visibilityState === "hidden") return;
    const headers = { "X-Requested-With": "fetch", "If-None-Match": `"${tag}"` };
    try {
      const answer = await fetch(window.location.href, { headers, cache: "no-store", redirect: "error" });
      if (answer.status === 200) await put(answer);
      if (answer.status !== 200 && answer.status !== 304) throw new Error(`${answer.status}`);
      updated = clockTime(new Date());
      tell();
    } catch {
      if (!isPaused) says.textContent = `Not updated since ${updated}. Load the page again if this stays.`;
    }
  }

  button.addEventListener("click", () => { isPaused = !isPaused; tell(); ask(); });
  document.addEventListener("visibilitychange", ask);
  setInterval(ask, EVERY);
  tell();
  line.dataset.ready = "yes";
}

for (const line of document.querySelectorAll("[data-live]")) keepUp(line);
