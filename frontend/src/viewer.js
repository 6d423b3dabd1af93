// Replaces the picture the server painted by one that zooms and moves.
// `<div data-drawing="URL" data-state="URL">` holds the painted picture; whatever fails, it stays.
// The state is JSON: {"elements": {id: {"state": "done|now|late|next", "badge": "3 of 4 in"}}}.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import "./viewer.css";

const LEGIBLE = 0.65; // below this scale, words of 12 pixels cannot be read
const STATES = new Set(["done", "now", "late", "next"]);

/** A small label on an element. Case words go in as text, never as markup. */
function label(text, className) {
  const label = document.createElement("div");
  label.className = className;
  label.textContent = text;
  return label;
}

function paint(viewer, elements) {
  const canvas = viewer.get("canvas");
  const overlays = viewer.get("overlays");
  const registry = viewer.get("elementRegistry");
  for (const [id, { state, badge: text }] of Object.entries(elements)) {
    if (!registry.get(id) || !STATES.has(state)) continue; // drawing and case may be different versions
    canvas.addMarker(id, `app-is-${state}`);
    const isTask = registry.get(id).width >= 80;
    if (state === "done" && isTask) overlays.add(id, { position: { top: 2, right: 22 }, html: label("✓", "app-tick") });
    if (text) overlays.add(id, { position: { top: -12, right: 46 }, html: label(text, `app-badge app-badge--${state}`) });
  }
}

/** Three buttons in words: a wheel and two fingers are not for everybody. */
function tools(canvas) {
  const bar = document.createElement("div");
  bar.className = "app-tools";
  const zoom = (factor) => () => canvas.zoom(canvas.zoom() * factor, "auto");
  const acts = { "Larger": zoom(1.3), "Smaller": zoom(1 / 1.3), "Show all": () => canvas.zoom("fit-viewport", "auto") };
  for (const [words, act] of Object.entries(acts)) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary govuk-button--small";
    button.textContent = words;
    button.addEventListener("click", act);
    bar.append(button);
  }
  return bar;
}

/** The whole drawing where it can be read as a whole; else the place where something happens now. */
function look(viewer, elements) {
  const canvas = viewer.get("canvas");
  canvas.zoom("fit-viewport", "auto");
  const [here] = Object.keys(elements)
    .filter((id) => elements[id].state === "now" || elements[id].state === "late")
    .map((id) => viewer.get("elementRegistry").get(id))
    .filter((element) => element?.width && !element.children.some((inner) => inner.width)); // a step, not its frame
  if (!here || canvas.zoom() >= LEGIBLE) return;
  const { inner, outer } = canvas.viewbox();
  const [width, height] = [outer.width / LEGIBLE, outer.height / LEGIBLE];
  const x = start(here.x + here.width / 2, width, inner.x, inner.width);
  const y = start(here.y + here.height / 2, height, inner.y, inner.height);
  canvas.viewbox({ x, y, width, height });
}

/** Where a view of this length begins that has `middle` near its middle and shows nothing beside the drawing. */
function start(middle, length, from, whole) {
  const last = from + Math.max(whole - length, (whole - length) / 2);
  return Math.max(Math.min(middle - length / 2, last), Math.min(from, last));
}

/** The wheel moves the drawing only while it is in use, so that it does not hold up the page. */
function tameWheel(viewer, stage) {
  const wheel = viewer.get("zoomScroll");
  wheel.toggle(false);
  stage.addEventListener("pointerdown", () => wheel.toggle(true));
  stage.addEventListener("pointerleave", () => wheel.toggle(false));
}

async function fetched(url) {
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer;
}

async function enhance(place) {
  const painted = place.querySelector(":scope > svg");
  const stage = document.createElement("div");
  stage.className = "app-drawing__viewer";
  try {
    const [xml, state] = await Promise.all([
      fetched(place.dataset.drawing).then((answer) => answer.text()),
      place.dataset.state ? fetched(place.dataset.state).then((answer) => answer.json()) : { elements: {} },
    ]);
    stage.hidden = true;
    place.append(stage);
    const family = getComputedStyle(place).fontFamily;
    const viewer = new NavigatedViewer({
      container: stage,
      bpmnRenderer: { defaultFillColor: "#fff", defaultStrokeColor: "#526166", defaultLabelColor: "#17262b" },
      textRenderer: { defaultStyle: { fontFamily: family }, externalStyle: { fontFamily: family } },
    });
    await viewer.importXML(xml);
    painted?.remove();
    stage.hidden = false;
    const canvas = viewer.get("canvas");
    canvas.resized();
    paint(viewer, state.elements ?? {});
    look(viewer, state.elements ?? {});
    tameWheel(viewer, stage);
    place.prepend(tools(canvas));
    place.classList.add("app-drawing--viewer");
    // the description stays for those who cannot see the canvas
    stage.setAttribute("role", "group");
    stage.setAttribute("aria-label", painted?.querySelector("desc")?.textContent ?? "Drawing of the procedure");
    place.dataset.ready = "yes";
  } catch {
    stage.remove();
    if (painted && !painted.isConnected) place.append(painted);
  }
}

for (const place of document.querySelectorAll("[data-drawing]")) enhance(place);
