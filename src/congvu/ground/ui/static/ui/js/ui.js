/* Công Vụ: what the browser adds to pages that already work without it. No dependencies.
   Reader controls, palette, list keys, bulk bar, copy buttons, toasts, focus after partial updates. */
(function () {
  "use strict";
  var root = document.documentElement;
  var COOKIE = "congvu_reader";
  root.dataset.script = "on";

  function all(selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); }
  function byId(id) { return document.getElementById(id); }
  function typing(el) { return el.isContentEditable || /^(TEXTAREA|SELECT)$/.test(el.tagName) || (el.tagName === "INPUT" && !/^(checkbox|radio|button|submit)$/.test(el.type)); }

  /* One polite live region per page: each result is announced once. */
  function say(text) {
    var live = byId("cv-live");
    if (!live) return;
    live.textContent = "";
    setTimeout(function () { live.textContent = text; }, 60);
  }

  /* ---- Reader controls: the same cookie that the server reads ---- */
  function remember() {
    var d = root.dataset;
    var chosen = ["theme", "fs", "lh", "font", "density"].filter(function (k) { return d[k]; });
    var value = chosen.map(function (k) { return k + ":" + d[k]; }).join("|");
    document.cookie = COOKIE + "=" + value + "; path=/; max-age=31536000; samesite=lax" + (location.protocol === "https:" ? "; secure" : "");
  }
  function showPressed() {
    all("[data-set]").forEach(function (button) {
      var pair = button.dataset.set.split(":");
      button.setAttribute("aria-pressed", String(root.dataset[pair[0]] === pair[1]));
    });
  }
  function choose(button) {
    var pair = button.dataset.set.split(":");
    root.dataset[pair[0]] = pair[1];
    remember();
    showPressed();
  }

  /* ---- Toasts: ten seconds, waiting while pointed at or focused ---- */
  function watchToast(toast) {
    if (toast.dataset.watched) return;
    toast.dataset.watched = "on";
    var body = toast.querySelector(".cv-toast__body");
    if (body) say(body.textContent);
    var timer;
    function start() { timer = setTimeout(function () { toast.remove(); }, 10000); }
    function stop() { clearTimeout(timer); }
    toast.addEventListener("mouseenter", stop);
    toast.addEventListener("focusin", stop);
    toast.addEventListener("mouseleave", start);
    toast.addEventListener("focusout", start);
    start();
  }
  function watchToasts() { all("#cv-toasts [data-toast]").forEach(watchToast); }

  /* ---- Copy buttons ---- */
  function copy(button) {
    navigator.clipboard.writeText(button.dataset.copy).then(function () { say(button.dataset.copied); });
  }

  /* ---- Dialogs and the command palette ---- */
  function open(id) {
    var dialog = byId(id);
    if (!dialog || !dialog.showModal || dialog.open) return false;
    if (id === "cv-keys") tellKeys();
    dialog.showModal();
    return true;
  }
  function paletteMove(step) {
    var links = all("[data-palette] a");
    if (!links.length) return;
    var at = links.findIndex(function (a) { return a.classList.contains("is-on"); });
    links.forEach(function (a) { a.classList.remove("is-on"); });
    var to = links[Math.max(0, Math.min(links.length - 1, at + step))];
    to.classList.add("is-on");
    to.scrollIntoView({ block: "nearest" });
    say(to.textContent.trim().replace(/\s+/g, " "));
  }
  function paletteKey(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      paletteMove(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      var chosen = document.querySelector("[data-palette] a.is-on");
      if (chosen) { event.preventDefault(); chosen.click(); }
    }
  }

  /* ---- Lists: J K move, X ticks, Enter opens, O opens in a new tab ---- */
  function currentItem() { return document.querySelector("[data-item].is-current"); }
  function move(step) {
    var items = all("[data-item]");
    if (!items.length) return;
    var to = items[Math.max(0, Math.min(items.length - 1, items.indexOf(currentItem()) + step))];
    items.forEach(function (item) {
      var link = item.querySelector("a");
      item.classList.toggle("is-current", item === to);
      if (link) link.removeAttribute("aria-current");
    });
    var target = to.querySelector("a") || to;
    target.setAttribute("aria-current", "true");
    target.focus({ preventScroll: true });
    to.scrollIntoView({ block: "nearest" });
  }
  function tick() {
    var item = currentItem();
    var box = item && item.querySelector("input[type=checkbox]");
    if (box) { box.checked = !box.checked; box.dispatchEvent(new Event("change", { bubbles: true })); }
  }
  function openNew() {
    var item = currentItem();
    var link = item && item.querySelector("a");
    if (link) window.open(link.href, "_blank", "noopener");
  }
  function keysOff() { try { return localStorage.getItem("congvu.keys") === "off"; } catch (e) { return false; } }
  /* The list under ? names the keys of this page, each with the words of what it presses */
  function tellKeys() {
    var place = document.querySelector("[data-page-keys]");
    if (!place) return;
    all("[data-page-key]").forEach(function (row) { row.remove(); });
    var told = {};
    all("[data-key]").forEach(function (target) {
      var key = target.dataset.key;
      if (told[key]) return;
      told[key] = true;
      var row = document.createElement("div"), dt = document.createElement("dt"), dd = document.createElement("dd");
      row.dataset.pageKey = key;
      key.split("+").forEach(function (part) {
        var kbd = document.createElement("kbd");
        kbd.className = "cv-kbd";
        kbd.textContent = part.charAt(0).toUpperCase() + part.slice(1);
        dt.append(kbd, " ");
      });
      dd.textContent = target.getAttribute("aria-label") || words(target);
      row.append(dt, dd);
      place.before(row);
    });
  }
  /* What an element says, without the key it shows */
  function words(el) {
    var copy = el.cloneNode(true);
    all("kbd", copy).forEach(function (kbd) { kbd.remove(); });
    return copy.textContent.trim().replace(/\s+/g, " ");
  }
  function pageKey(key) {
    var within = document.querySelector("dialog[open]") || document;
    var target = within.querySelector('[data-key="' + CSS.escape(key) + '"]');
    if (!target) return false;
    target.click();
    return true;
  }
  /* G and a letter go to an entry of the navigation */
  var going = 0;
  function goKey(key) {
    if (key === "g") { going = Date.now(); return true; }
    var target = Date.now() - going < 1500 && document.querySelector('[data-go="' + CSS.escape(key) + '"]');
    going = 0;
    if (!target) return false;
    target.click();
    return true;
  }
  function listKey(event) {
    var acts = { j: function () { move(1); }, k: function () { move(-1); }, x: tick, o: openNew, "?": function () { open("cv-keys"); }, "/": function () { open("cmd"); } };
    var key = event.key === " " ? "space" : event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "space" && event.target.closest && event.target.closest("a, button, summary, input")) return;
    if (goKey(key)) { event.preventDefault(); return; }
    if (acts[key]) { event.preventDefault(); acts[key](); return; }
    if (pageKey(key)) event.preventDefault();
  }

  /* ---- Bulk bar: appears on selection, counts, and is announced ---- */
  function countTicked(form) {
    var bulk = form.querySelector("[data-bulk]");
    if (!bulk) return;
    var n = all("[data-item] input[type=checkbox]:checked", form).length;
    bulk.classList.toggle("is-on", n > 0);
    bulk.querySelector("[data-bulk-count]").textContent = String(n);
  }
  function watchBulk() { all("[data-bulk]").forEach(function (bulk) { var form = bulk.closest("form"); if (form) countTicked(form); }); }

  /* ---- Forms: the second press of a button is the same press ---- */
  function once(event) {
    var form = event.target;
    if (form.method !== "post" || form.dataset.sent) { if (form.dataset.sent) event.preventDefault(); return; }
    if (event.defaultPrevented) return;
    form.dataset.sent = "on";
    form.setAttribute("aria-busy", "true");
    setTimeout(function () { delete form.dataset.sent; form.removeAttribute("aria-busy"); }, 8000);
  }

  /* ---- Photos: shrunk to at most 1.5 MB before sending ---- */
  var LIMIT = 1500000, LONGEST = 2400;
  function shrink(input) {
    var file = input.files && input.files[0];
    if (!file || input.multiple || !/^image\/(jpeg|png)$/.test(file.type) || file.size <= LIMIT || !window.createImageBitmap || !window.DataTransfer) return;
    createImageBitmap(file).then(function (image) {
      var scale = Math.min(1, LONGEST / Math.max(image.width, image.height));
      var canvas = document.createElement("canvas");
      canvas.width = Math.round(image.width * scale);
      canvas.height = Math.round(image.height * scale);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(function (blob) {
        if (!blob || blob.size >= file.size) return;
        var files = new DataTransfer();
        files.items.add(new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }));
        input.files = files.files;
      }, "image/jpeg", 0.82);
    });
  }

  /* ---- Wiring ---- */
  var clicks = [
    ["[data-set]", function (el, e) { e.preventDefault(); choose(el); }],
    ["[data-open]", function (el, e) { if (open(el.dataset.open)) e.preventDefault(); }],
    ["[data-copy]", copy],
    ["[data-close-toast]", function (el) { el.closest("[data-toast]").remove(); }],
    ["[data-print]", function () { window.print(); }],
    ["[data-back]", function () { history.back(); }]
  ];
  document.addEventListener("click", function (event) {
    clicks.forEach(function (pair) {
      var el = event.target.closest && event.target.closest(pair[0]);
      if (el) pair[1](el, event);
    });
    if (event.target.tagName === "DIALOG") event.target.close();
    all("details.cv-a11y[open], details.d-menu[open], details.p-menu[open], details.cv-duex[open]").forEach(function (d) { if (!d.contains(event.target)) d.open = false; });
  });
  document.addEventListener("keydown", function (event) {
    var palette = byId("cmd");
    if (palette && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); if (palette.open) palette.close(); else open("cmd"); return; }
    if (palette && palette.open) { paletteKey(event); return; }
    if (event.key === "Escape") { all("details.cv-a11y[open], details.d-menu[open], details.p-menu[open], details.cv-duex[open]").forEach(function (d) { d.open = false; d.querySelector("summary").focus(); }); return; }
    if (event.ctrlKey && event.key === "Enter") { if (pageKey("ctrl+enter")) event.preventDefault(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (/^F\d+$/.test(event.key)) { if (pageKey(event.key.toLowerCase())) event.preventDefault(); return; }
    if (!typing(event.target) && !keysOff()) listKey(event);
  });
  document.addEventListener("change", function (event) {
    var el = event.target;
    if (el.form && el.closest("[data-item]")) countTicked(el.form);
    if (el.matches("[data-shrink]")) shrink(el);
    if (el.matches(".cv-pick__file")) el.toggleAttribute("data-chosen", el.files.length > 0);
    if (el.matches("[data-keys-switch]")) { try { localStorage.setItem("congvu.keys", el.checked ? "on" : "off"); } catch (e) { /* private mode: the choice lasts for this page */ } }
  });
  document.addEventListener("reset", function (event) { setTimeout(function () { countTicked(event.target); }, 0); });
  document.addEventListener("submit", once);
  window.addEventListener("pageshow", function () { all("form[data-sent]").forEach(function (form) { delete form.dataset.sent; form.removeAttribute("aria-busy"); }); });

  /* ---- Partial updates: busy while waiting, announced once, focus never lost ---- */
  document.addEventListener("htmx:beforeRequest", function (event) { event.detail.target.setAttribute("aria-busy", "true"); });
  document.addEventListener("htmx:afterRequest", function (event) { if (event.detail.target) event.detail.target.removeAttribute("aria-busy"); });
  document.addEventListener("htmx:afterSettle", function (event) {
    watchToasts();
    watchBulk();
    var said = event.detail.elt.querySelector && event.detail.elt.querySelector("[data-say]");
    if (said) say(said.dataset.say);
    if (document.activeElement === document.body) {
      var heading = event.detail.elt.querySelector && event.detail.elt.querySelector("[data-autofocus], h1, h2");
      if (heading) { if (!heading.hasAttribute("tabindex")) heading.tabIndex = -1; heading.focus(); }
    }
  });

  showPressed();
  watchToasts();
  watchBulk();
  all("[data-keys-switch]").forEach(function (box) { box.checked = !keysOff(); });
  var first = document.querySelector("[data-autofocus]");
  if (first) first.focus();
})();
