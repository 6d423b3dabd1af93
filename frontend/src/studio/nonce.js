// CodeMirror, in which FEEL is typed, puts <style> elements into the page while it is used. They get the page's own
// nonce here, so that the policy need not let in styles of just anybody. To be imported before any editor.
const nonce = document.querySelector("meta[name=csp-nonce]")?.content;

if (nonce) {
  const { createElement } = Document.prototype;
  Document.prototype.createElement = function (name, options) {
    const made = createElement.call(this, name, options);
    if (String(name).toLowerCase() === "style") made.nonce = nonce;
    return made;
  };
}
