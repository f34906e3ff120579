// The list of people and groups, with what each has not read; what was read is kept in this browser.

import { $, arrange, element, paintAvatar } from "./dom.js";
import { WORDS, say } from "./words.js";

const KEY = "nhacviec.sandbox.read";
const rows = new Map();
let read = {};

/** Wires the field that narrows the list; called once. */
export function begin() {
  try {
    read = JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    read = {};
  }
  $("filter").addEventListener("input", narrow);
}

/** How many messages of the bot in this chat nobody has looked at. */
export function unread(one) {
  // Fewer than were read: the sandbox began again.
  if (one.arrived < (read[one.chat] ?? 0)) delete read[one.chat];
  return Math.max(0, one.arrived - (read[one.chat] ?? 0));
}

/** Counts everything in this chat as read. */
export function markRead(one) {
  if (read[one.chat] === one.arrived) return;
  read[one.chat] = one.arrived;
  localStorage.setItem(KEY, JSON.stringify(read));
}

/** Draws the list; `open` is the chat on the phone. */
export function draw(state, open) {
  arrange($("rooms"), state.rooms.map((one) => row(one, say("members", { count: one.members.length, bot: state.bot.name }), open)));
  arrange($("residents"), state.people.map((one) => row(one, one.about, open, !one.started)));
  const total = [...state.rooms, ...state.people].reduce((sum, one) => sum + unread(one), 0);
  document.title = `${total ? `(${total}) ` : ""}SANDBOX – ${state.bot.name}`;
  narrow();
}

function row(one, about, open, fresh = false) {
  const node = rows.get(one.chat) ?? made(one.chat);
  const [avatar, words, count] = node.firstElementChild.children;
  paintAvatar(avatar, one.name, one.chat, one.kind);
  words.firstElementChild.textContent = one.name;
  words.lastElementChild.textContent = fresh ? WORDS.fresh : about;
  const missed = unread(one);
  count.hidden = !missed;
  count.textContent = missed > 99 ? "99+" : missed;
  count.setAttribute("aria-label", say("unread", { count: missed }));
  node.title = about ? `${one.name}\n${about}` : one.name;
  node.dataset.words = plain(`${one.name} ${about}`);
  if (one.chat === open) node.firstElementChild.setAttribute("aria-current", "true");
  else node.firstElementChild.removeAttribute("aria-current");
  return node;
}

function made(chat) {
  const node = element("li");
  const link = element("a", "person");
  link.href = `#${chat}`;
  const avatar = element("span", "avatar");
  avatar.setAttribute("aria-hidden", "true");
  const words = element("span", "words");
  words.append(element("b"), element("small"));
  const count = element("span", "count");
  count.setAttribute("role", "img");
  link.append(avatar, words, count);
  node.append(link);
  rows.set(chat, node);
  return node;
}

/** Letters without marks, for who types without them. */
function plain(words) {
  return words.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
}

function narrow() {
  const wanted = plain($("filter").value).trim();
  let found = 0;
  for (const node of rows.values()) {
    node.hidden = !node.dataset.words.includes(wanted);
    found += !node.hidden;
  }
  $("nobody").hidden = found > 0 || !rows.size;
}
