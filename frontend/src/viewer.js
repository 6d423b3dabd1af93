// Replaces the picture the server painted by one that zooms and moves.
// `<div data-drawing="URL" data-state="URL">` holds the painted picture; whatever fails, it stays.
// The state is JSON: {"elements": {id: {"state": "done|now|late|next", "badge": "3 of 4 in"}}}.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import "./viewer.css";

const STATES = new Set(["done", "now", "late", "next"]);

/** A small label on an element. Case words go in as text, never as markup. */
function badge(text, state) {
  const label = document.createElement("div");
  label.className = `app-badge app-badge--${state}`;
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
    if (text) overlays.add(id, { position: { top: -12, right: 46 }, html: badge(text, state) });
  }
}

async function fetched(url) {
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer;
}

async function enhance(place) {
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
      textRenderer: { defaultStyle: { fontFamily: family }, externalStyle: { fontFamily: family } },
    });
    await viewer.importXML(xml);
    stage.hidden = false;
    const painted = place.querySelector(":scope > svg");
    const canvas = viewer.get("canvas");
    canvas.resized();
    canvas.zoom("fit-viewport", "auto");
    paint(viewer, state.elements ?? {});
    // the description stays for those who cannot see the canvas
    stage.setAttribute("role", "img");
    stage.setAttribute("aria-label", painted?.querySelector("desc")?.textContent ?? "Drawing of the procedure");
    painted?.remove();
    place.dataset.ready = "yes";
  } catch {
    stage.remove(); // the painted picture is still there
  }
}

for (const place of document.querySelectorAll("[data-drawing]")) enhance(place);
