// The drawer with the API calls that the service made.

import { $, arrange, element, get } from "./dom.js";
import { everybody } from "./world.js";
import { WORDS, dayOf, shortDay, timeOf, wall } from "./words.js";

const KEY = "nhacviec.sandbox.calls";
const WIDE = "(min-width: 75rem)";

/** Wires the drawer; it is closed until somebody opens it, and then stays open on a wide screen. */
export function begin(opened) {
  const kept = localStorage.getItem(KEY);
  const wide = matchMedia(WIDE);
  show(wide.matches && kept === "open");
  // Where it would lie over the phone it does not come by itself.
  wide.addEventListener("change", () => { if (!wide.matches) show(false); });
  $("open-calls").addEventListener("click", () => toggle($("calls").hidden, opened));
  $("close-calls").addEventListener("click", () => {
    toggle(false, opened);
    $("open-calls").focus();
  });
}

function toggle(open, opened) {
  show(open);
  localStorage.setItem(KEY, open ? "open" : "closed");
  if (open) opened();
}

function show(open) {
  $("calls").hidden = !open;
  $("open-calls").setAttribute("aria-expanded", String(open));
}

/** Draws the list when somebody can see it. */
export async function refresh() {
  if ($("calls").hidden) return;
  const calls = await get("/sandbox/calls");
  arrange($("call-list"), calls.length ? calls.map(line) : [element("li", "empty", WORDS.noCalls)]);
}

function line(call) {
  const node = element("li", call.ok ? "" : "failed");
  const at = wall(call.at);
  const time = element("time", "", `${shortDay(at)} ${timeOf(at)}`);
  time.title = dayOf(at);
  const head = element("p");
  head.append(time, element("b", "", call.method), element("span", "status", call.status ? String(call.status) : WORDS.dropped));
  const { chat_id: chat, text, caption, ...rest } = call.params;
  const words = text ?? caption ?? (Object.keys(rest).length ? JSON.stringify(rest) : "");
  const name = everybody().find((one) => one.chat === Number(chat))?.name ?? chat;
  node.append(head, element("small", "", [name, words].filter(Boolean).join(" · ")));
  if (call.error) node.append(element("small", "error", call.error));
  return node;
}
