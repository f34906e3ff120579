// The three steps of the demo, and the way back to its first day.

import { $, attempt, post, toast } from "./dom.js";
import { WORDS } from "./words.js";

const READ = "nhacviec.sandbox.read";

/** Wires the buttons; called once. */
export function begin() {
  for (const each of document.querySelectorAll("[data-step]")) {
    each.addEventListener("click", () => attempt(() => take(each.dataset.step)));
  }
  $("again").addEventListener("click", ask);
}

/** Steps wait while days fly past. */
export function draw(state) {
  $("steps").hidden = !state.steps;
  for (const each of document.querySelectorAll("[data-step]")) each.disabled = Boolean(state.moving);
}

async function take(step) {
  const { chat } = await post("/sandbox/step", { step });
  location.hash = chat;
}

function ask() {
  $("again-ask").returnValue = "";
  $("again-ask").onclose = () => {
    if ($("again-ask").returnValue === "yes") attempt(again);
  };
  $("again-ask").showModal();
}

async function again() {
  await post("/sandbox/again");
  // What was read of the old town says nothing of the new one.
  localStorage.removeItem(READ);
  location.hash = "";
  toast(WORDS.againWait);
}
