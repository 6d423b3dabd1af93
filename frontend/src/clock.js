/** "4:40pm", as the Design System writes times. */
export function clockTime(now) {
  const hours = now.getHours() % 12 || 12;
  return `${hours}:${String(now.getMinutes()).padStart(2, "0")}${now.getHours() < 12 ? "am" : "pm"}`;
}
