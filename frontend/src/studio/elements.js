// Elements made in script. Words go in as text, never as markup.

/** An element with attributes (those that are null or false are left out) and what stands in it. */
export function element(name, attributes = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...inside.filter((one) => one !== null && one !== undefined && one !== ""));
  return made;
}

/** A button in words. The main one of a page is filled, all others are not. */
export function button(words, act, { main = false } = {}) {
  const look = main ? "govuk-button" : "govuk-button govuk-button--secondary govuk-button--small";
  const made = element("button", { type: "button", class: look }, words);
  made.addEventListener("click", act);
  return made;
}
