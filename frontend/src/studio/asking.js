// How an editor speaks with the server.

const MOST_WHILE_LEAVING = 60_000; // bytes: browsers send no more from a page that is being left

/** The text of a file, with its SHA-256 in hexadecimal ("" where the browser works none out). */
export async function fetched(address) {
  const answer = await fetch(address, { credentials: "same-origin", redirect: "error" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const bytes = await answer.arrayBuffer();
  return { content: new TextDecoder().decode(bytes), hash: await sha256(bytes) };
}

/** Posts a record as JSON with the page's token. A redirect (nobody is signed in) has the status 0. */
export function post(address, record, { leaving = false } = {}) {
  const body = JSON.stringify(record);
  return fetch(address, {
    method: "POST",
    body,
    credentials: "same-origin",
    redirect: "manual",
    keepalive: leaving && body.length < MOST_WHILE_LEAVING,
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": document.querySelector("meta[name=csrf-token]")?.content ?? "",
    },
  });
}

/** The record in an answer; {} where there is none. */
export async function record(answer) {
  try {
    return await answer.json();
  } catch {
    return {};
  }
}

async function sha256(bytes) {
  if (!crypto.subtle) return ""; // only where the page came over https or from this machine
  const found = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(found, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
