// Small hands for the page: elements, requests, the notices over everything.

import { WORDS } from "./words.js";

export const $ = (id) => document.getElementById(id);

/** A new element; text is always text, never markup. */
export function element(tag, className = "", text = "") {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

/** A button with words. */
export function button(className, text, press) {
  const node = element("button", className, text);
  node.type = "button";
  node.addEventListener("click", press);
  return node;
}

/** One of the page's drawn icons. */
export function icon(name) {
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${name}`);
  picture.append(use);
  picture.setAttribute("aria-hidden", "true");
  return picture;
}

/** Makes `nodes` the children of `parent` and moves none that is in its place already, so that focus stays. */
export function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  let at = parent.firstElementChild;
  for (const node of nodes) {
    if (node === at) at = at.nextElementSibling;
    else parent.insertBefore(node, at);
  }
}

async function answered(response) {
  if (response.ok) return response.json();
  const words = await response.text();
  let error = words;
  try {
    error = JSON.parse(words).error;
  } catch {
    // Not one of the page's own refusals: its words are the best there are.
  }
  throw new Error(error || response.statusText);
}

export const get = async (path) => answered(await fetch(path));

/** Sends JSON or a form. */
export async function post(path, body = {}) {
  const form = body instanceof FormData;
  const headers = form ? {} : { "Content-Type": "application/json" };
  return answered(await fetch(path, { method: "POST", headers, body: form ? body : JSON.stringify(body) }));
}

let fading = 0;

/** Shows a line for some seconds. */
export function toast(words) {
  $("toast").textContent = words;
  $("toast").hidden = false;
  clearTimeout(fading);
  fading = setTimeout(() => { $("toast").hidden = true; }, Math.max(4000, words.length * 80));
}

/** Does something that may be refused, and shows why; gives whether it was done. */
export async function attempt(work) {
  try {
    await work();
    return true;
  } catch (error) {
    toast(error instanceof TypeError ? WORDS.offline : error.message);
    return false;
  }
}

/** The answer to a tap that must be closed by hand. */
export function alertBox(words) {
  $("alert-text").textContent = words;
  $("alert").showModal();
}

/** A picture in its full size. */
export function viewPicture(address, words) {
  $("viewer-picture").src = address;
  $("viewer-picture").alt = words;
  $("viewer").showModal();
}

const COLOURS = 7;

/** The letters and the colour that stand for somebody; `kind` is the platform where it is not Telegram. */
export function paintAvatar(node, name, id, kind = "") {
  const letters = name.replace(/[^\p{L}\p{N} ]/gu, " ").trim().split(/\s+/).slice(-2).map((word) => word[0]);
  node.textContent = letters.join("").toUpperCase();
  node.dataset.colour = Math.abs(id) % COLOURS;
  node.dataset.kind = kind;
}
