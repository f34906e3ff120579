// The queue by the keyboard, what was typed kept, and whether something changed; without it every form works as well.
(() => {
  const queue = document.getElementById("queue"), news = document.getElementById("news");
  const cards = [...queue.querySelectorAll(".card")];
  const kept = "queue.typed", place = "queue.place";

  const card = () => document.activeElement && document.activeElement.closest(".card");
  const go = (step) => {
    const at = cards.indexOf(card());
    const next = cards[Math.min(cards.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
    if (next) next.focus();
  };
  const form = (key) => card() && card().querySelector(`form[data-key="${key}"]`);
  const typing = (target) => target.closest("textarea, select, input:not([type=checkbox])");

  // What was typed, by its form and card: another form's answer loads the page anew.
  const read = () => { try { return JSON.parse(sessionStorage.getItem(kept)) || {}; } catch { return {}; } };
  const name = (field) => `${field.closest(".card").id} ${field.form.getAttribute("action")}`;
  const fields = [...queue.querySelectorAll("input[name=note]")];
  const keep = (changed) => {
    const all = read();
    changed(all);
    sessionStorage.setItem(kept, JSON.stringify(all));
  };
  const typed = read();
  fields.forEach((field) => { field.value ||= typed[name(field)] || ""; });
  queue.addEventListener("input", ({ target }) => {
    if (target.name === "note") keep((all) => { all[name(target)] = target.value; });
  });

  const act = (key) => {
    const own = form(key), field = own && own.querySelector("input[name=note]");
    if (!own) return;
    if (field && (key === "r" || field.required)) field.focus();
    else own.requestSubmit();
  };
  const confirm = () => {
    const ticked = queue.querySelector("input[name=ticked]:checked");
    if (ticked) ticked.form.requestSubmit();
    else act("c");
  };
  const open = () => { const link = card().querySelector("h3 a"); if (link) link.click(); };
  const tick = () => { const box = card() && card().querySelector("input[name=ticked]"); if (box) box.click(); };
  const keys = { j: () => go(1), k: () => go(-1), x: tick, c: confirm, r: () => act("r") };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.key === "Escape" && card()) card().focus();
    else if (event.key === "Enter" && cards.includes(event.target)) open();
    else if (keys[event.key] && !typing(event.target)) { event.preventDefault(); keys[event.key](); }
  });
  document.addEventListener("submit", ({ target }) => {
    if (!queue.contains(target)) return;
    const own = target.closest(".card");
    if (own) keep((all) => { delete all[`${own.id} ${target.getAttribute("action")}`]; });
    sessionStorage.setItem(place, String(Math.max(0, cards.indexOf(own || cards[0]))));
  });
  const at = sessionStorage.getItem(place);
  sessionStorage.removeItem(place);
  if (at !== null && cards.length) cards[Math.min(cards.length - 1, Number(at))].focus();

  queue.querySelectorAll("[data-all]").forEach((all) => {
    all.parentElement.hidden = false;
    all.addEventListener("change", () => {
      queue.querySelectorAll(`input[form="${all.dataset.all}"]`).forEach((box) => { box.checked = all.checked; });
    });
  });

  asksAgain(() => queue.dataset.news, ({ mark }) => { if (mark !== queue.dataset.mark) news.hidden = false; });
})();
