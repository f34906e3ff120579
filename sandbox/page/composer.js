// What a person writes: the text field, files, the reply bar and the command menu.

import { $, attempt, button, element, icon, post, toast } from "./dom.js";
import { gist } from "./messages.js";
import { WORDS, say } from "./words.js";

const MAX_FILES = 10;
const PHOTOS = new Set(["image/jpeg", "image/png", "image/gif", "image/webp"]);
let files = [];
let replyTo = null;
let where = () => null;

/** Wires the composer; `place` gives {user, chat} of who is writing now. Called once. */
export function begin(place) {
  where = place;
  $("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  $("text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    } else if (event.key === "Escape") {
      reply(null);
      menu(false);
    }
  });
  $("text").addEventListener("input", grow);
  $("reply-end").addEventListener("click", () => reply(null));
  $("attach").addEventListener("click", () => $("choose").click());
  $("choose").addEventListener("change", () => {
    add($("choose").files);
    $("choose").value = "";
  });
  $("text").addEventListener("paste", (event) => {
    if (event.clipboardData.files.length) {
      event.preventDefault();
      add(event.clipboardData.files);
    }
  });
  $("open-menu").addEventListener("click", () => menu($("menu").hidden));
  dropping();
}

function dropping() {
  const phone = $("phone");
  phone.addEventListener("dragover", (event) => {
    if ($("composer").hidden || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    phone.classList.add("dropping");
  });
  phone.addEventListener("dragleave", (event) => {
    if (!phone.contains(event.relatedTarget)) phone.classList.remove("dropping");
  });
  phone.addEventListener("drop", (event) => {
    event.preventDefault();
    phone.classList.remove("dropping");
    if (!$("composer").hidden) add(event.dataTransfer.files);
  });
}

/** Empties everything: another chat is open. */
export function clear() {
  $("text").value = "";
  empty();
}

function empty() {
  for (const each of files) URL.revokeObjectURL(each.picture);
  files = [];
  reply(null);
  menu(false);
  tray();
  grow();
}

/** Replies to a message from now on; null ends it. */
export function reply(message) {
  replyTo = message?.id ?? null;
  $("reply").hidden = !message;
  if (!message) return;
  $("reply-name").textContent = message.name;
  $("reply-text").textContent = gist(message).split("\n")[0];
  $("text").focus();
}

/** Puts a sentence into the field; it is sent by hand. */
export function fillIn(words) {
  $("text").value = words;
  grow();
  $("text").focus();
}

/** Sends words as the one who is writing. */
export function write(text) {
  return attempt(() => post("/sandbox/say", { ...where(), text, reply_to: null }));
}

async function send() {
  const text = $("text").value.trim();
  if (!text && !files.length) return;
  $("send").disabled = true;
  const sent = await attempt(() => (files.length ? parcel(text) : post("/sandbox/say", { ...where(), text, reply_to: replyTo })));
  $("send").disabled = false;
  if (sent) {
    $("text").value = "";
    empty();
  }
  $("text").focus();
}

function parcel(caption) {
  const { user, chat } = where();
  const form = new FormData();
  form.append("user", user);
  form.append("chat", chat);
  form.append("as", $("as-document").checked ? "document" : "photo");
  if (caption) form.append("caption", caption);
  if (replyTo !== null) form.append("reply_to", replyTo);
  for (const each of files) form.append("file", each.file, each.file.name);
  return post("/sandbox/file", form);
}

function add(list) {
  if (files.length + list.length > MAX_FILES) toast(say("tooMany", { count: MAX_FILES }));
  for (const file of [...list].slice(0, MAX_FILES - files.length)) {
    files.push({ file, picture: PHOTOS.has(file.type) ? URL.createObjectURL(file) : "" });
  }
  tray();
  $("text").focus();
}

function tray() {
  $("tray").hidden = !files.length;
  $("as-row").hidden = !files.some((each) => each.picture);
  if (!files.length) $("as-document").checked = false;
  $("text").placeholder = files.length ? WORDS.caption : WORDS.write;
  $("files").replaceChildren(...files.map(chosen));
}

function chosen(each) {
  const node = element("li");
  if (each.picture) {
    const picture = element("img");
    Object.assign(picture, { src: each.picture, alt: "" });
    node.append(picture);
  } else {
    node.append(icon("file"));
  }
  const remove = button("icon small", "", () => {
    URL.revokeObjectURL(each.picture);
    files = files.filter((other) => other !== each);
    tray();
    $("text").focus();
  });
  remove.setAttribute("aria-label", say("remove", { name: each.file.name }));
  remove.append(icon("close"));
  node.append(element("span", "", each.file.name), remove);
  return node;
}

/** The field is as high as its text, up to what the style allows. */
function grow() {
  $("text").style.height = "";
  if ($("text").value) $("text").style.height = `${$("text").scrollHeight + 2}px`;
}

/** Puts the bot's commands into the menu; `call` sends one. */
export function offer(commands, call) {
  $("open-menu").hidden = !commands.length;
  if ($("menu").dataset.made === JSON.stringify(commands)) return;
  $("menu").dataset.made = JSON.stringify(commands);
  $("menu").replaceChildren(
    ...commands.map(({ command, description }) => {
      const node = element("li");
      const key = button("", "", () => {
        menu(false);
        call(`/${command}`);
        $("text").focus();
      });
      key.append(element("b", "", `/${command}`), element("span", "", description));
      node.append(key);
      return node;
    }),
  );
}

function menu(open) {
  $("menu").hidden = !open;
  $("open-menu").setAttribute("aria-expanded", String(open));
}
