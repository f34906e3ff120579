// The bubbles of one chat: made once per message, made anew when it was edited.

import { $, arrange, button, element, icon, paintAvatar, viewPicture } from "./dom.js";
import { link, rich } from "./entities.js";
import { WORDS, dayOf, say, sizeOf, timeOf, wall } from "./words.js";

const fileAddress = (id) => `/sandbox/file/${encodeURIComponent(id)}`;
let made = new Map();

/** Forgets the bubbles of the chat that was open. */
export function clear() {
  made = new Map();
  arrange($("messages"), []);
}

/**
 * Draws a chat. `me` is whose phone it is, `group` whether names are shown.
 * `act` has tap(message, data, button), reply(message) or null, command(words), toType(words), link(event, address).
 */
export function draw(view, me, group, act) {
  const kept = new Map();
  const keep = (key, mark, make) => {
    const old = made.get(key);
    const one = old && old.mark === mark ? old : { mark, node: make() };
    kept.set(key, one);
    return one.node;
  };
  const nodes = [];
  let before = null;
  for (const message of view.messages) {
    const day = message.at.slice(0, 10);
    if (before?.at.slice(0, 10) !== day) {
      nodes.push(keep(`day ${day}`, "", () => element("li", "day", dayOf(wall(message.at)))));
      before = null;
    }
    const joined = before?.from === message.from && !before.service;
    const mark = JSON.stringify([message, me, joined]);
    nodes.push(keep(message.id, mark, () => item(message, me, group, joined, act)));
    before = message;
  }
  if (!nodes.length) nodes.push(keep("nothing", "", () => element("li", "day", WORDS.nothing)));
  made = kept;
  arrange($("messages"), nodes);
}

function item(message, me, group, joined, act) {
  if (message.service) return element("li", "day", say(message.service.kind, { names: message.service.names.join(", ") }));
  const own = message.from === me;
  const node = element("li", `message ${own ? "own" : "other"}${joined ? " joined" : ""}`);
  node.dataset.id = message.id;
  const bubble = element("div", `bubble${message.photo ? " pictured" : ""}`);
  bubble.append(...parts(message, group && !own && !joined, act));
  bubble.addEventListener("click", (event) => {
    const chosen = String(document.getSelection());
    if (!chosen && !event.target.closest("button, a")) act.reply?.(message);
  });
  node.append(bubble);
  if (act.reply) node.append(replyKey(message, act));
  if (message.buttons) node.append(keyboard(message, act));
  return node;
}

function parts(message, named, act) {
  const found = [];
  if (named) {
    const name = element("p", "sender", message.name);
    paintAvatar(name, message.name, message.from);
    name.textContent = message.name;
    found.push(name);
  }
  if (message.forwarded) found.push(element("p", "forwarded", say("forwarded", { name: message.forwarded })));
  if (message.reply_to) found.push(quote(message.reply_to));
  if (message.photo) found.push(photo(message));
  if (message.document) found.push(file(message.document));
  const text = message.text ?? message.caption;
  if (text) {
    const words = element("div", "text");
    words.append(rich(text, message.entities ?? message.caption_entities, act));
    found.push(words);
  }
  found.push(foot(message));
  return found;
}

function foot(message) {
  const line = element("span", "foot", message.edited ? `${WORDS.edited} ` : "");
  const time = element("time", "", timeOf(wall(message.at)));
  time.dateTime = message.at;
  line.append(time);
  return line;
}

/** For who cannot tap the bubble itself. */
function replyKey(message, act) {
  const key = button("icon small answer", "", () => act.reply(message));
  key.setAttribute("aria-label", WORDS.reply);
  key.title = WORDS.reply;
  key.append(icon("reply"));
  return key;
}

/** A line on a message for those that refer to it. */
export function gist(message) {
  return message.text ?? message.caption ?? message.document?.file_name ?? WORDS.photo;
}

function quote(message) {
  const node = element("button", "quote");
  node.type = "button";
  node.append(element("b", "", message.name), element("span", "", gist(message).split("\n")[0]));
  node.addEventListener("click", () => made.get(message.id)?.node.scrollIntoView({ block: "center" }));
  return node;
}

function photo(message) {
  const { file_id: id, width, height } = message.photo;
  const words = message.caption ?? WORDS.photo;
  const node = button("photo", "", () => viewPicture(fileAddress(id), words));
  node.setAttribute("aria-label", WORDS.openPhoto);
  const picture = element("img");
  Object.assign(picture, { src: fileAddress(id), alt: words, width, height, loading: "lazy" });
  node.append(picture);
  return node;
}

function file(document_) {
  const name = document_.file_name ?? WORDS.photo;
  const node = element("a", "file");
  node.href = fileAddress(document_.file_id);
  node.target = "_blank";
  node.setAttribute("aria-label", say("save", { name }));
  const words = element("span");
  words.append(element("b", "", name), element("small", "", sizeOf(document_.file_size)));
  node.append(icon("file"), words);
  return node;
}

function keyboard(message, act) {
  const board = element("div", "keyboard");
  for (const row of message.buttons) {
    const line = element("div", "row");
    for (const each of row) {
      const node = each.url ? link(each.url, act) : button("", "", () => act.tap(message, each.callback_data, node));
      node.classList.add("key");
      node.textContent = each.text;
      node.title = each.text;
      line.append(node);
    }
    board.append(line);
  }
  return board;
}
