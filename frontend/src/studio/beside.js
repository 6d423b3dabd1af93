// Who else has the same file open. The server is told while this page is looked at.
import { post, record } from "./asking.js";

const EVERY = 30_000; // milliseconds

/** Tell the server, and write who else is there into `line`. */
export function watch(address, line) {
  const tell = async () => {
    if (document.visibilityState === "hidden") return;
    try {
      const answer = await post(address, {});
      if (!answer.ok) return;
      const { others = [] } = await record(answer);
      const words = others.length ? `${others.join(" and ")} ${others.length === 1 ? "has" : "have"} this open as well.` : "Only you have this open.";
      if (line.textContent !== words) line.textContent = words;
    } catch {
      // the next time
    }
  };
  tell();
  setInterval(tell, EVERY);
  document.addEventListener("visibilitychange", tell);
}
