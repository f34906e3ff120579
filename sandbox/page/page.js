// The page: asks for news as long as it is open, and hands them to those who show them.

import * as acts from "./acts.js";
import * as calls from "./calls.js";
import * as clock from "./clock.js";
import * as people from "./people.js";
import * as phone from "./phone.js";
import * as steps from "./steps.js";
import { $, attempt, get, toast } from "./dom.js";
import { WORDS, fill } from "./words.js";
import { world } from "./world.js";

const QUIET_MS = 250;
const BUSY_MS = 120;
const LOST_MS = 1500;

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

async function run() {
  let version = "";
  for (;;) {
    try {
      const news = await get(`/sandbox/state?since=${version}`);
      if (document.body.classList.contains("offline")) $("toast").hidden = true;
      document.body.classList.remove("offline");
      const quiet = news.version === version;
      version = news.version;
      await show(news, quiet);
      // A server that stops ends every wait: asking again at once would hold it up.
      await pause(quiet ? QUIET_MS : BUSY_MS);
    } catch {
      document.body.classList.add("offline");
      toast(WORDS.offline);
      await pause(LOST_MS);
      version = "";
    }
  }
}

async function show(news, quiet) {
  world.state = news;
  clock.draw(news);
  steps.draw(news);
  phone.follow();
  people.draw(news, world.open?.chat);
  if (!quiet) await Promise.all([phone.show(), calls.refresh(), acts.answers()]);
}

fill(document);
clock.begin();
steps.begin();
people.begin();
phone.begin();
calls.begin(() => attempt(calls.refresh));
run();
