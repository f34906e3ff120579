// What the page knows: the server's last state and the chat that is on the phone.

import { $ } from "./dom.js";

/** `open` is {chat, last, heard}: how many messages to show, and the newest one that was read out. */
export const world = { state: null, open: null };

export const everybody = () => [...world.state.rooms, ...world.state.people];

/** The person or group on the phone, if any. */
export const current = () => world.open && everybody().find((one) => one.chat === world.open.chat);

/** Who is writing, and where. */
export function place() {
  const { chat } = world.open;
  return { user: current().members ? Number($("speaker").value) : chat, chat };
}
