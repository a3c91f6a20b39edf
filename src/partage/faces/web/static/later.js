/* What is written without a connection: sealed on this device, sent once there is one, done once.
   Kept here: the entries that were not sent (sealed with a key that the office gives to one person in
   one role), that key while the person is signed in, and copies of the pages of a run for a day. What was
   sent from a page stays sealed beside its copy until the copy is newer. */
"use strict";
(() => {
  if (!self.isSecureContext || !navigator.locks || !self.indexedDB) return; /* forms go as they are */
  const box = document.getElementById("later");
  const store = "partage-later";
  const pages = "partage-pages";
  const wait = 20000;
  const every = 15000;

  const open = () => new Promise((done, failed) => {
    const asked = indexedDB.open(store, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("entries", { keyPath: "no", autoIncrement: true });
      asked.result.createObjectStore("keys");
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  const ask = async (name, mode, call) => {
    const db = await open();
    try {
      return await new Promise((done, failed) => {
        const act = db.transaction(name, mode);
        const request = call(act.objectStore(name));
        act.oncomplete = () => done(request.result);
        act.onerror = act.onabort = () => failed(act.error);
      });
    } finally { db.close(); }
  };
  const drop = (no) => ask("entries", "readwrite", (all) => all.delete(no));
  const entries = () => ask("entries", "readonly", (all) => all.getAll());
  const forget = async () => {
    await ask("keys", "readwrite", (keys) => keys.clear());
    for (const entry of await entries()) if (entry.sent) await drop(entry.no);
    await caches.delete(pages);
  };

  /* signing out, or finding oneself signed out, takes the key and the copies away; entries stay sealed */
  if (document.querySelector("[data-signed-out]")) forget().catch(() => {});
  if (!box) return;
  const t = box.dataset;
  const root = t.root;
  const out = document.querySelector('form[action$="/sign-out"]');
  if (out) out.addEventListener("submit", (event) => {
    event.preventDefault();
    const soon = new Promise((done) => setTimeout(done, 2000)); /* a full disk keeps nobody signed in */
    Promise.race([forget().catch(() => {}), soon]).then(() => out.submit());
  });

  const bytes = (hex) => new Uint8Array(hex.match(/../g).map((two) => parseInt(two, 16)));
  const fresh = () => [...crypto.getRandomValues(new Uint8Array(12))]
    .map((one) => one.toString(16).padStart(2, "0")).join("");
  const mine = () => ask("keys", "readonly", (keys) => keys.get("mine"));
  const seal = async (said) => {
    const { who, key } = (await mine()) || {};
    if (!key) throw new Error("no key");
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(said));
    return { who, iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain) };
  };
  const opened = async (entry) => {
    const held = await mine();
    if (!held || held.who !== entry.who) return null;
    try {
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: entry.iv }, held.key, entry.data);
      return JSON.parse(new TextDecoder().decode(plain));
    } catch { return null; }
  };

  /* null: no connection; false: nobody is signed in */
  const hello = async () => {
    let answer;
    try {
      answer = await fetch(`${root}/later`, {
        headers: { "X-Later": "1" }, cache: "no-store", redirect: "error", signal: AbortSignal.timeout(wait),
      });
    } catch { return null; }
    if (answer.status === 401) { await forget(); return false; }
    if (!answer.ok) return null;
    const said = await answer.json();
    const held = await mine();
    if (!held || held.who !== said.who) {
      if (held) await forget();
      const key = await crypto.subtle.importKey("raw", bytes(said.key), "AES-GCM", false, ["encrypt", "decrypt"]);
      await ask("keys", "readwrite", (keys) => keys.put({ who: said.who, key }, "mine"));
    }
    return said;
  };
  const send = async (said, csrf) => {
    const body = new URLSearchParams([...said.fields, ["csrf", csrf]]);
    let answer;
    try {
      answer = await fetch(said.path, {
        method: "POST", body, headers: { "X-Later": "1" }, redirect: "error", signal: AbortSignal.timeout(wait),
      });
      return { status: answer.status, ...(await answer.json()) };
    } catch { return { status: 0 }; }
  };

  let online = true;
  let here = true;
  const done = [];
  const sent = {}; /* answers by key: whichever flush came first to an entry, whoever waits for it finds it */
  const flush = () => navigator.locks.request("partage-later", async () => {
    const me = await hello();
    online = me !== null;
    here = me !== false;
    if (me) for (const entry of await entries()) {
      const said = await opened(entry);
      if (!said || entry.sent || entry.who !== me.who || said.why) continue;
      const answer = await send(said, me.csrf);
      if (answer.status === 401) { here = false; await forget(); break; }
      if (!answer.status || answer.status === 429 || answer.status >= 500) { online = !!answer.status; break; }
      if (answer.ok) {
        if (said.path.endsWith("/mark")) await ask("entries", "readwrite", (all) => all.put({ ...entry, sent: 1 }));
        else await drop(entry.no);
        done.push(said.label);
        sent[said.key] = answer;
        await sweep(said.path);
      } else {
        said.why = `${answer.title} ${answer.what} ${answer.do}`.trim();
        sent[said.key] = answer;
        const again = { no: entry.no, ...(await seal(said)) };
        await ask("entries", "readwrite", (all) => all.put(again));
      }
    }
    await show();
  });
  /* once a run has arrived, its pages are not kept here any more */
  const sweep = async (path) => {
    const run = /^\/\w\w(\/run\/R-\w+)\/arrive$/.exec(path);
    if (!run) return;
    const kept = await caches.open(pages);
    for (const one of await kept.keys()) if (new URL(one.url).pathname.includes(run[1])) await kept.delete(one);
  };

  /* -- what is seen */
  const line = (label, state, kind) => {
    const item = document.createElement("li");
    item.className = kind;
    const words = document.createElement("p");
    const strong = document.createElement("strong");
    strong.textContent = state;
    words.append(strong, " ", label);
    item.append(words);
    return item;
  };
  const show = async () => {
    const list = box.querySelector("ul");
    const all = await entries();
    const items = [];
    const waiting = [];
    const sent = [];
    let sealed = 0;
    for (const entry of all) {
      const said = await opened(entry);
      if (said && entry.sent) { sent.push(said); continue; }
      if (!said) { sealed += entry.sent ? 0 : 1; continue; }
      if (!said.why) waiting.push(said);
      const item = line(said.label, said.why ? `${t.refused} ${said.why}` : t.waiting, said.why ? "fault" : "warning");
      if (said.why) {
        const away = document.createElement("button");
        away.type = "button";
        away.className = "second";
        away.textContent = t.drop;
        away.addEventListener("click", async () => { await drop(entry.no); await show(); });
        item.append(away);
      }
      items.push(item);
    }
    items.push(...done.slice(-5).map((label) => line(label, t.sent, "note")));
    list.replaceChildren(...items);
    const say = (name, on) => { box.querySelector(`[data-say="${name}"]`).hidden = !on; };
    say("off", !online);
    say("out", online && !here);
    say("sealed", sealed > 0 && here);
    box.querySelector("button[data-now]").hidden = !waiting.length;
    box.hidden = !(items.length || sealed || !online || !here);
    apply(waiting, sent);
  };

  /* lines of a manifest as they are with what was not sent yet */
  const bare = (code) => code.toUpperCase().replace(/[\s-]/g, "").replace(/[IL]/g, "1").replace(/O/g, "0");
  const row = (code) => [...document.querySelectorAll("tr[data-code]")]
    .find((one) => bare(code).length >= 4 && bare(one.dataset.case).endsWith(bare(code).slice(-10)));
  const apply = (waiting, sent) => {
    const table = document.querySelector("[data-run]");
    if (!table) return;
    const marked = (all, how) => {
      for (const said of all) {
        const fields = Object.fromEntries(said.fields);
        const found = said.path.endsWith(`/run/${table.dataset.run}/mark`) && row(fields.code);
        if (found) how(found.dataset, fields.mark);
      }
    };
    marked(sent, (line, mark) => { line.mark = mark; });
    for (const one of table.querySelectorAll("tr[data-code]")) { one.dataset.now = one.dataset.mark; one.dataset.unsent = ""; }
    marked(waiting, (line, mark) => { line.now = mark; line.unsent = "yes"; });
    const sums = {};
    for (const one of table.querySelectorAll("tr[data-code]")) {
      const mark = one.dataset.now;
      const sum = sums[mark] || (sums[mark] = [0, 0]);
      sum[0] += 1;
      sum[1] += Number(one.dataset.persons);
      const cell = one.querySelector("[data-state]");
      if (cell) cell.textContent = table.dataset[mark.replace("-", "")];
      const unsent = one.querySelector("[data-unsent-mark]");
      if (unsent) unsent.hidden = one.dataset.unsent !== "yes";
    }
    for (const cell of document.querySelectorAll("[data-sum]")) {
      const sum = sums[cell.dataset.sum] || [0, 0];
      cell.textContent = String(sum[cell.dataset.of === "persons" ? 1 : 0]);
    }
  };

  /* -- forms that may be sent later */
  const keep = async (form, submitter) => {
    const data = new FormData(form, submitter);
    const fields = [...data].filter(([name, value]) => name !== "csrf" && typeof value === "string");
    const key = form.querySelector('[name="idempotency-key"]');
    const label = (form.dataset.label || "").replace(/\[(\w+)\]/g, (_, name) => {
      const field = form.querySelector(`[name="${name}"]:checked, select[name="${name}"]`);
      if (field && field.labels && field.labels[0] && field.type === "radio") return field.labels[0].textContent.trim();
      return String(data.get(name) || "");
    });
    const at = new Date().toTimeString().slice(0, 5);
    const said = { path: form.dataset.later, fields, label: `${at} ${label}`.trim(), key: key.value };
    const entry = await seal(said);
    const no = await ask("entries", "readwrite", (all) => all.add(entry));
    key.value = fresh();
    return { ...said, no };
  };
  const tell = (form, text) => {
    let place = form.querySelector("[data-tell]");
    if (!place) {
      place = document.createElement("p");
      place.dataset.tell = "";
      place.className = "error";
      place.setAttribute("role", "alert");
      form.prepend(place);
    }
    place.textContent = text;
  };
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.dataset.later) return;
    event.preventDefault();
    tell(form, "");
    const code = form.querySelector('[name="code"]');
    if (code && document.querySelector("[data-run]") && !row(code.value)) { tell(form, t.nocode); code.focus(); return; }
    let said;
    try { said = await keep(form, event.submitter); } catch {
      const me = await hello(); /* the first page after signing in has no key yet */
      if (me === false) { tell(form, t.again); return; }
      try { said = await keep(form, event.submitter); } catch { tell(form, t.nokey); return; }
    }
    if (form.dataset.unless === "connected") { /* with a connection it is looked at before it is kept */
      const me = await hello();
      if (me) {
        await drop(said.no);
        form.querySelector('[name="csrf"]').value = me.csrf;
        form.submit();
        return;
      }
    }
    if (form.dataset.clear) { /* at once: the next one may be typed while this one is sent */
      form.reset();
      if (code) { code.value = ""; code.focus(); }
    }
    await show();
    await flush();
    const answer = sent[said.key];
    if (answer && answer.ok && form.dataset.go) { location.assign(answer.to); return; }
    box.scrollIntoView({ block: "nearest" });
  });
  for (const key of document.querySelectorAll('form[data-later] [name="idempotency-key"]')) key.value = fresh();
  const code = new URLSearchParams(location.search).get("code");
  const field = document.querySelector('form[data-later] [name="code"]');
  if (code && field && !field.value) field.value = code;
  box.querySelector("button[data-now]").addEventListener("click", flush);
  addEventListener("online", flush);
  setInterval(async () => { if (!online || (await entries()).length) await flush(); }, every);

  /* -- pages that open without a connection */
  const copy = async (path) => {
    const answer = await fetch(path);
    if (!answer.ok || answer.redirected) return;
    const headers = new Headers(answer.headers);
    headers.set("x-kept-at", String(Date.now()));
    await (await caches.open(pages)).put(path, new Response(await answer.blob(), { headers }));
  };
  const ready = flush().catch(() => {}); /* whose device it is comes before what is kept on it */
  if (t.worker && "serviceWorker" in navigator) {
    ready.then(() => navigator.serviceWorker.register(t.worker)).then(async () => {
      const old = (await entries()).filter((entry) => entry.sent);
      for (const path of new Set([location.pathname, ...t.keep.split(" ").filter(Boolean)])) await copy(path);
      for (const entry of old) { /* the copies of this run are newer than what was sent before */
        const said = await opened(entry);
        if (!said || location.pathname.startsWith(said.path.replace(/mark$/, ""))) await drop(entry.no);
      }
      document.documentElement.dataset.kept = "yes";
    }).catch(() => {});
  }
})();
