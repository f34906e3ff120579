// The phone in the middle: whose it is, its messages, and where it is scrolled to.

import * as composer from "./composer.js";
import * as messages from "./messages.js";
import * as people from "./people.js";
import { actsOf, command } from "./acts.js";
import { $, attempt, element, get, paintAvatar, post } from "./dom.js";
import { say } from "./words.js";
import { current, everybody, place, world } from "./world.js";

const STEP = 100;
const SPEAKER = "nhacviec.sandbox.speaker";
const NEAR_PX = 80;

const scroll = $("scroll");
const toEnd = () => { scroll.scrollTop = scroll.scrollHeight; };
const atEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_PX;

// Whether the newest message is in sight: then it stays so when the composer grows or another one comes.
let following = true;
let height = 0;

function look() {
  following = atEnd();
  $("newest").hidden = following;
  if (following) $("newest").classList.remove("fresh");
}

/** Wires the phone; called once. */
export function begin() {
  composer.begin(place);
  addEventListener("hashchange", choose);
  $("back").addEventListener("click", () => { location.hash = ""; });
  $("speaker").addEventListener("change", () => {
    localStorage.setItem(SPEAKER, $("speaker").value);
    attempt(show);
  });
  $("starter").addEventListener("submit", start);
  $("earlier").addEventListener("click", earlier);
  $("newest").addEventListener("click", toEnd);
  scroll.addEventListener("scroll", () => {
    // While the field below grows, the end is out of sight for a moment, and nobody has scrolled.
    if (scroll.clientHeight === height) look();
  });
  new ResizeObserver(() => {
    height = scroll.clientHeight;
    if (following) toEnd();
    look();
  }).observe(scroll);
}

/** Opens what the address names, so that Back and a reload do what one expects. */
export function follow() {
  const chat = Number(location.hash.slice(1));
  const found = everybody().find((one) => one.chat === chat);
  document.body.classList.toggle("chatting", Boolean(found));
  $("phone").hidden = !found;
  $("demo").hidden = Boolean(found);
  $("to-steps").hidden = !found || !world.state.steps;
  $("starter").hidden = Boolean(found?.members) || Boolean(found?.started);
  $("composer").hidden = !$("starter").hidden;
  if (world.open?.chat === found?.chat) return;
  world.open = found ? { chat, last: STEP, heard: null } : null;
  messages.clear();
  composer.clear();
  if (!found) return;
  $("name").textContent = found.name;
  paintAvatar($("avatar"), found.name, found.chat, found.kind);
  $("phone").dataset.kind = found.kind ?? "";
  $("about").textContent = found.about ?? say("members", { count: found.members.length, bot: world.state.bot.name });
  speakers(found);
}

async function choose() {
  if (!world.state) return;
  follow();
  people.draw(world.state, world.open?.chat);
  if (!world.open) return;
  // On a phone the field would bring up the keyboard over the messages.
  const field = $("composer").hidden ? $("payload") : $("text");
  const typing = matchMedia("(hover: hover) and (min-width: 48rem)").matches;
  (typing ? field : $("name")).focus({ preventScroll: true });
  await attempt(show);
}

function speakers(one) {
  $("speaker-row").hidden = !one.members;
  if (!one.members) return;
  const members = world.state.people.filter((each) => one.members.includes(each.chat));
  $("speaker").replaceChildren(...members.map((each) => new Option(each.name, each.chat)));
  const kept = localStorage.getItem(SPEAKER);
  if (members.some((each) => String(each.chat) === kept)) $("speaker").value = kept;
}

/** Brings the open chat up to date. */
export async function show() {
  const asked = world.open;
  if (!asked) return;
  const view = await get(`/sandbox/chat/${asked.chat}?last=${asked.last}`);
  if (asked !== world.open) return;
  const one = current();
  $("earlier").hidden = !view.earlier;
  $("earlier").textContent = say("earlier", { count: Math.min(STEP, view.earlier) });
  messages.draw(view, place().user, Boolean(one.members), actsOf(one));
  composer.offer(view.commands, command);
  const news = asked.heard === null ? [] : view.messages.filter((each) => each.id > asked.heard);
  if (asked.heard === null) toFirstUnread(one, view);
  else if (following || news.some((each) => each.from === place().user)) toEnd();
  if (news.length) $("newest").classList.add("fresh");
  look();
  asked.heard = view.messages.at(-1)?.id ?? 0;
  readOut(news);
  people.markRead(one);
  people.draw(world.state, asked.chat);
}

/** Shows a chat that was just opened from its first unread message on, as phones do. */
function toFirstUnread(one, view) {
  toEnd();
  const missed = people.unread(one);
  const first = missed && view.messages.filter((each) => each.from === world.state.bot.id).at(-missed);
  const node = first && $("messages").querySelector(`[data-id="${first.id}"]`);
  if (node && node.offsetTop < scroll.scrollTop) scroll.scrollTop = node.offsetTop - 8;
}

function readOut(news) {
  const words = news.filter((each) => !each.service).map((each) => `${each.name}: ${messages.gist(each)}`);
  if (words.length) $("heard").replaceChildren(...words.map((line) => element("p", "", line)));
}

async function earlier() {
  const below = scroll.scrollHeight - scroll.scrollTop;
  world.open.last += STEP;
  await attempt(show);
  scroll.scrollTop = scroll.scrollHeight - below;
}

async function start(event) {
  event.preventDefault();
  const payload = $("payload").value.trim().split("start=").at(-1);
  const started = await attempt(() => post("/sandbox/start", { user: world.open.chat, payload }));
  if (started) $("payload").value = "";
}
