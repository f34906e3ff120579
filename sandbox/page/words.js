// The page's words, which stand with every other sentence in data/, and the way a date is said in Vietnamese.

export const WORDS = await (await fetch("/sandbox/words")).json();

const WEEKDAYS = ["Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"];

/** The words under `key` with {names} filled in. */
export function say(key, values = {}) {
  return WORDS[key].replace(/\{\{ (\w+) \}\}/g, (_, name) => values[name]);
}

/** Puts the words where the page asks for them: text, accessible name, hint in a field. */
export function fill(root) {
  for (const node of root.querySelectorAll("[data-word]")) node.textContent = WORDS[node.dataset.word];
  for (const node of root.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", WORDS[node.dataset.label]);
    if (node.matches("button")) node.title = WORDS[node.dataset.label];
  }
  for (const node of root.querySelectorAll("[data-hint]")) node.placeholder = WORDS[node.dataset.hint];
}

/** A wall clock time from the server, as a Date whose UTC fields are that clock's, wherever the browser stands. */
export function wall(iso) {
  return new Date(`${iso.slice(0, 19)}${iso.length > 10 ? "" : "T00:00:00"}Z`);
}

const two = (number) => String(number).padStart(2, "0");

/** "thứ Ba, 14/01/2020" */
export function dayOf(date) {
  return `${WEEKDAYS[date.getUTCDay()]}, ${shortDay(date)}/${date.getUTCFullYear()}`;
}

/** "14/01" */
export function shortDay(date) {
  return `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}`;
}

/** "08:05" */
export function timeOf(date) {
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

/** "12 KB", as phones say it */
export function sizeOf(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  const [size, unit] = bytes < 1024 * 1024 ? [bytes / 1024, "KB"] : [bytes / 1024 / 1024, "MB"];
  return `${size.toLocaleString("vi", { maximumFractionDigits: 1 })} ${unit}`;
}
