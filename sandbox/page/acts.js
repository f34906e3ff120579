// What a visitor does to a message: taps a button, a command, an invite link.

import { $, alertBox, attempt, get, post, toast } from "./dom.js";
import { fillIn, reply, write } from "./composer.js";
import { current, place, world } from "./world.js";

const waiting = new Map();

async function tap(message, data, key) {
  key.setAttribute("aria-busy", "true");
  const done = await attempt(async () => {
    const { query } = await post("/sandbox/tap", { ...place(), message: message.id, data });
    waiting.set(query, key);
    await answers();
  });
  if (!done) key.removeAttribute("aria-busy");
}

/** Shows what the bot has answered to the taps that wait. */
export async function answers() {
  for (const [query, key] of waiting) {
    const answer = await get(`/sandbox/answer/${query}`);
    if (answer && waiting.delete(query)) {
      key.removeAttribute("aria-busy");
      if (answer.text) (answer.show_alert ? alertBox : toast)(answer.text);
    }
  }
}

/** Sends a command; in a group with the bot's name, as phones do, since it sees no others there. */
export function command(words) {
  const bot = current().members && !words.includes("@") ? `@${world.state.bot.username}` : "";
  return write(words + bot);
}

/** An invite link is opened by one of the people here; any other address is the browser's affair. */
function link(event, address) {
  const found = /^https?:\/\/t\.me\/(\w+)\?start=([\w-]+)$/i.exec(address);
  if (found?.[1].toLowerCase() !== world.state.bot.username.toLowerCase()) return;
  event.preventDefault();
  const people = [...world.state.people].sort((one, other) => one.started - other.started);
  $("opener-person").replaceChildren(...people.map((one) => new Option(one.name, one.chat)));
  $("opener").returnValue = "";
  $("opener").onclose = async () => {
    const user = Number($("opener-person").value);
    if ($("opener").returnValue !== "open") return;
    if (await attempt(() => post("/sandbox/start", { user, payload: found[2] }))) location.hash = user;
  };
  $("opener").showModal();
}

const acts = { tap, reply, command, link, toType: fillIn };

/** What can be done on somebody's phone: on Zalo nobody points at a message. */
export const actsOf = (one) => (one.kind === "zalo" ? { ...acts, reply: null } : acts);
