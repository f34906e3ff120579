// A little comfort; every page works without it. A form is sent once: its buttons rest until the answer is here.
document.addEventListener("submit", (event) => {
  const form = event.target;
  // Who leaves takes along what was typed on any page.
  if (new URL(form.action).pathname.endsWith("/ra")) sessionStorage.clear();
  setTimeout(() => form.querySelectorAll("button").forEach((each) => { each.disabled = true; }), 0);
});
addEventListener("pageshow", () => document.querySelectorAll("button[disabled]").forEach((each) => { each.disabled = false; }));
// Copies the text beside the button; a page that came without TLS has no clipboard but the old way. Prints on demand.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-print]");
  if (!button) return;
  if (button.hasAttribute("data-print")) { print(); return; }
  const text = button.dataset.copy ? document.getElementById(button.dataset.copy) : button.closest(".copy").querySelector("textarea");
  text.select();
  if (navigator.clipboard) await navigator.clipboard.writeText(text.value); else document.execCommand("copy");
  button.textContent = button.dataset.done;
});
document.querySelectorAll("[data-print]").forEach((each) => { each.hidden = false; });
// Asks every 15 seconds what an open page does not show yet. Where it was locked meanwhile, or signed out, the page is
// covered as soon as nobody is in the middle of something.
const AGAIN_MS = 15000, BUSY_MS = 60000;
let busy = 0;
["keydown", "pointerdown", "input"].forEach((each) => addEventListener(each, () => { busy = Date.now(); }));
const asksAgain = (address, told) => setInterval(async () => {
  if (document.hidden) return;
  try {
    const answer = await fetch(address(), { headers: { Accept: "application/json" } });
    const isNews = (answer.headers.get("content-type") || "").includes("json");
    if (isNews) told(await answer.json());
    else if (answer.ok && Date.now() - busy > BUSY_MS) location.reload();
  } catch { /* the network is away: the next time says it */ }
}, AGAIN_MS);
