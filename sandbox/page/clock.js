// The clock that everybody lives by, and the hands that move it.

import { $, attempt, post } from "./dom.js";
import { dayOf, say, timeOf, wall, WORDS } from "./words.js";

let shown = null;

/** Wires the buttons; called once. */
export function begin() {
  for (const each of document.querySelectorAll("[data-jump]")) {
    each.addEventListener("click", () => move("/sandbox/jump", { to: each.dataset.jump }));
  }
  $("jump-date").addEventListener("submit", (event) => {
    event.preventDefault();
    move("/sandbox/jump", { to: $("date").value });
  });
  $("play").addEventListener("click", () => move("/sandbox/play"));
  $("stop").addEventListener("click", () => move("/sandbox/stop"));
  $("open-clock").addEventListener("click", () => {
    const open = document.body.classList.toggle("clock-open");
    $("open-clock").setAttribute("aria-expanded", String(open));
  });
  setInterval(tick, 1000);
}

async function move(path, body) {
  await attempt(() => post(path, body));
}

/** Shows the service's time, which runs on here until the next news. */
export function draw(state) {
  shown = { at: wall(state.now).getTime(), heard: performance.now(), moving: Boolean(state.moving) };
  tick();
  const moving = state.moving ? say("moving", { words: state.moving }) : "";
  const next = state.next_reminder ? wall(state.next_reminder) : null;
  const waiting = next ? say("nextReminder", { day: dayOf(next) }) : WORDS.noReminder;
  $("clock-note").textContent = moving || waiting;
  for (const each of document.querySelectorAll("[data-jump], #jump-date input, #jump-date button")) {
    each.disabled = shown.moving;
  }
  swap(shown.moving);
}

/** Play and Stop take each other's place; whoever stood on one with the keyboard stands on the other. */
function swap(moving) {
  const [gone, here] = moving ? [$("play"), $("stop")] : [$("stop"), $("play")];
  const held = document.activeElement === gone;
  gone.hidden = true;
  here.hidden = false;
  if (held) here.focus();
}

function tick() {
  if (!shown) return;
  const now = new Date(shown.at + (shown.moving ? 0 : performance.now() - shown.heard));
  $("clock-day").textContent = dayOf(now);
  $("clock-time").textContent = timeOf(now);
}
