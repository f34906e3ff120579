// Says which rows of an open page changed, and takes what was typed along when the page is loaded anew.
(() => {
  const news = document.getElementById("news"), live = document.querySelector("[data-live]");
  const rows = [...document.querySelectorAll("[data-mark]")];
  if (!live || !news) return;
  const kept = `typed ${location.pathname}`;
  const fields = () => [...document.querySelectorAll("main form :is(textarea, select, input:not([type=hidden]))")];
  const name = (field) => `${field.form.getAttribute("action")} ${field.name} ${field.type === "checkbox" ? field.value : ""}`;
  const isTyped = (field) => {
    if (field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (!field.options) return field.value !== field.defaultValue;
    return field.selectedIndex !== Math.max(0, [...field.options].findIndex((each) => each.defaultSelected));
  };
  const open = () => [...document.querySelectorAll("main details")].map((each) => each.open);

  news.querySelector("a").addEventListener("click", () => {
    const typed = fields().filter(isTyped).map((each) => [name(each), each.type === "checkbox" ? each.checked : each.value]);
    sessionStorage.setItem(kept, JSON.stringify({ typed, open: open() }));
  });
  try {
    const { typed, open: were } = JSON.parse(sessionStorage.getItem(kept)) || { typed: [], open: [] };
    const held = new Map(typed);
    fields().filter((each) => held.has(name(each))).forEach((each) => {
      if (each.type === "checkbox") each.checked = held.get(name(each)); else each.value = held.get(name(each));
    });
    document.querySelectorAll("main details").forEach((each, place) => { each.open ||= Boolean(were[place]); });
  } catch { /* what was kept is no longer readable */ }
  sessionStorage.removeItem(kept);

  asksAgain(
    () => `${live.dataset.live}?v=${rows.map((each) => each.dataset.mark).join("_")}`,
    ({ changed, words }) => {
      if (!words) return;
      const numbers = new Set(changed);
      rows.forEach((each) => each.classList.toggle("has-changed", numbers.has(each.dataset.mark.split("-")[0])));
      news.querySelector("span").textContent = words;
      news.hidden = false;
    },
  );
})();
