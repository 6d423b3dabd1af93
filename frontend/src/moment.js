// Looking back: while the slider is moved, the page shows the moment it stands at. Without scripts a button does.
// What is replaced is all that stands in `data-moment`; the slider keeps the focus.
const WAIT = 200; // milliseconds after the last move

export function lookBack(region) {
  let waiting, latest = 0;
  region.addEventListener("input", ({ target }) => {
    if (target.type !== "range") return;
    clearTimeout(waiting);
    waiting = setTimeout(() => show(target.form, ++latest), WAIT);
  });

  async function show(form, number) {
    const url = new URL(form.action);
    url.search = new URLSearchParams(new FormData(form));
    region.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-moment]");
      if (!answer.ok || !fresh || number !== latest) return;
      region.replaceChildren(...fresh.childNodes);
      region.querySelector("input[type=range]")?.focus();
      history.replaceState(null, "", url);
    } catch {
      form.submit(); // the page itself says what is wrong
    } finally {
      region.removeAttribute("aria-busy");
    }
  }
}
