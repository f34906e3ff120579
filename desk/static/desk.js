// A little comfort; every page works without it. A form is sent once: its buttons rest until the answer is here.
document.addEventListener("submit", (event) => {
  const form = event.target;
  setTimeout(() => form.querySelectorAll("button").forEach((each) => { each.disabled = true; }), 0);
});
addEventListener("pageshow", () => document.querySelectorAll("button[disabled]").forEach((each) => { each.disabled = false; }));
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const text = document.getElementById(button.dataset.copy);
  text.select();
  // Outside of TLS a browser has no clipboard for pages; what is marked it copies anyway.
  if (document.execCommand("copy")) button.textContent = button.dataset.done;
});
document.querySelectorAll("[data-print]").forEach((each) => { each.hidden = false; });
