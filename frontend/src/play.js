// What the pages for trying a draft gain where scripts run: a slider over days, and scenarios that go on by themselves.
const DAY = 86_400_000; // milliseconds

/** The slider beside the box of days: each follows the other, and both say which day it will be. */
function slide(form) {
  const slider = form.querySelector("[type=range]");
  const box = form.querySelector("[name=days]");
  const says = form.querySelector("[data-days-to]");
  const from = new Date(form.dataset.days);
  const words = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "Europe/London" });
  function tell() {
    const days = Number.parseInt(box.value, 10);
    says.textContent = days > 0 && days < 5000 ? `to ${words.format(new Date(from.getTime() + days * DAY)).replace(",", "")}` : "";
  }
  slider.hidden = false;
  slider.value = box.value;
  slider.addEventListener("input", () => { box.value = slider.value; tell(); });
  box.addEventListener("input", () => { slider.value = box.value; tell(); });
  tell();
}

/** Asks for the page again until every scenario has run, and puts what came of it in the place of what stood there. */
async function goOn(place) {
  while (place && Number(place.dataset.goingOn) > 0) {
    const answer = await fetch(window.location.href, { headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector("[data-going-on]");
    if (!next) return;
    place.replaceWith(next);
    place = next;
  }
}

for (const form of document.querySelectorAll("form[data-days]")) slide(form);
goOn(document.querySelector("[data-going-on]"));
