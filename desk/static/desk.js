// A little comfort; every page works without it. A form is sent once: its buttons rest until the answer is here.
document.addEventListener("submit", (event) => {
  const form = event.target;
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
