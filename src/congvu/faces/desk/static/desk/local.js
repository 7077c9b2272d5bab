/* Công Vụ — documents signed one after the other by the tool on this machine. The server prepares each, the tool fetches
   it, signs, and sends it back to the server; here they are only brought together. Without an answer nothing is signed. */
(() => {
  "use strict";
  const root = document.getElementById("may-ky");
  if (!root) return;
  const words = root.dataset, start = root.querySelector("[data-start]"), told = root.querySelector("[data-told]");
  const token = root.querySelector("[name=csrfmiddlewaretoken]").value;

  class Stop extends Error {}

  /* Ask the server; what it refuses comes back as words. */
  async function ask(url, fields) {
    let answer, found;
    try {
      answer = await fetch(url, {
        method: "POST", body: new URLSearchParams(fields), headers: { "X-CSRFToken": token }, redirect: "error",
      });
      found = await answer.json();
    } catch {
      throw new Stop(words.server);
    }
    return { good: answer.ok, ...found };
  }

  /* One call of the tool: what it is told, what it answers. */
  function call(address, parameter) {
    return new Promise((resolve, reject) => {
      let socket, open = false;
      try {
        socket = new WebSocket(address);
      } catch {
        return reject(new Stop(words.away));
      }
      const end = (finish, value) => {
        clearTimeout(late);
        socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null;
        socket.close();
        finish(value);
      };
      const late = setTimeout(() => end(reject, new Stop(words.late)), Number(words.patience) * 1000);
      socket.onopen = () => { open = true; socket.send(JSON.stringify(parameter)); };
      socket.onmessage = (event) => {
        try {
          end(resolve, JSON.parse(event.data));
        } catch {
          end(reject, new Stop(words.lost));
        }
      };
      socket.onclose = socket.onerror = () => end(reject, new Stop(open ? words.lost : words.away));
    });
  }

  /* One document, from its task to the word of the server that it is signed. */
  async function sign(row) {
    const state = row.querySelector("[data-state]");
    state.textContent = root.querySelector("[data-say]").textContent = words.running;
    const task = await ask(row.dataset.task, {});
    if (!task.good) {
      state.textContent = task.words;
      if (task.stop) throw new Stop(task.words);
      return false;
    }
    const answer = await call(task.address, task.parameter);
    const done = await ask(row.dataset.done, { status: answer.Status, message: answer.Message || "" });
    if (!done.good) throw new Stop(done.words);
    state.textContent = done.label;
    return true;
  }

  async function all() {
    const open = [...root.querySelectorAll("[data-item]:not([data-over])")];
    start.disabled = true;
    told.hidden = true;
    for (const [place, row] of open.entries()) {
      const before = row.querySelector("[data-state]").textContent;
      try {
        row.dataset.over = String(await sign(row));
      } catch (stop) {
        if (!(stop instanceof Stop)) throw stop;
        row.querySelector("[data-state]").textContent = before;
        told.querySelector("[data-told-words]").textContent = stop.message;
        const rest = told.querySelector("[data-told-rest]");
        rest.textContent = words.rest;
        rest.hidden = place === open.length - 1;
        told.hidden = false;
        start.querySelector("[data-words]").textContent = words.again;
        start.disabled = false;
        start.focus();
        return;
      }
    }
    location.assign(words.next);
  }

  start.addEventListener("click", all);
})();
