// A message's text with Telegram's entities as DOM nodes: text stays text, whatever it holds.

import { element } from "./dom.js";
import { WORDS, say } from "./words.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};

/** The nodes of `text`. Offsets count UTF-16 units, as JavaScript does. `act` has command(words), toType(words) and link(event, address). */
export function rich(text, entities = [], act = {}) {
  const whole = document.createDocumentFragment();
  build(whole, text, 0, text.length, [...entities], act);
  return whole;
}

function build(parent, text, from, to, rest, act) {
  let at = from;
  while (rest.length && rest[0].offset < to) {
    const entity = rest.shift();
    const begin = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (end <= begin) continue;
    parent.append(text.slice(at, begin));
    const node = wrapper(entity, text.slice(begin, end), act);
    build(node, text, begin, end, rest, act);
    parent.append(node);
    at = end;
  }
  parent.append(text.slice(at, to));
}

function wrapper(entity, covered, act) {
  switch (entity.type) {
    case "bot_command":
      return pressable("command", () => act.command?.(covered));
    case "to_type":
      return toType(covered, act);
    case "url":
      return link(covered, act);
    case "text_link":
      return link(entity.url, act);
    case "spoiler":
      return spoiler();
    default:
      return element(TAGS[entity.type] ?? "span");
  }
}

/** A link that only http and https open; anything else stays text. */
export function link(address, act) {
  if (!/^https?:\/\//i.test(address)) return element("span");
  const node = element("a");
  node.href = address;
  node.target = "_blank";
  node.rel = "noopener noreferrer";
  node.addEventListener("click", (event) => act.link?.(event, address));
  return node;
}

/** A sentence to type: a tap fills the field, as nothing on that phone sends it. */
function toType(covered, act) {
  const words = covered.replace(/^«|»$/g, "");
  const node = pressable("command", () => act.toType?.(words));
  node.title = say("toType", { words });
  return node;
}

function spoiler() {
  const node = pressable("spoiler", () => {
    node.classList.add("seen");
    node.removeAttribute("aria-label");
  });
  node.setAttribute("aria-label", WORDS.spoiler);
  return node;
}

function pressable(className, press) {
  const node = element("button", className);
  node.type = "button";
  node.addEventListener("click", press);
  return node;
}
