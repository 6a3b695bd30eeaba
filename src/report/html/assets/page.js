"use strict";
// What the other scripts share: the page's data, nodes made of text, and finding a place that a link names.

const gainsay = {
  /** The data of the page, unpacked when it is first asked for. */
  data() {
    this.unpacked ??= (async () => {
      const bytes = Uint8Array.from(atob(document.getElementById("data").textContent), (letter) => letter.charCodeAt(0));
      const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
      return new Response(plain).json();
    })();
    return this.unpacked;
  },

  /** An element with attributes and text. */
  node(name, attributes = {}, text = "") {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text) element.textContent = text;
    return element;
  },

  /** Tells readers and screen readers what has happened. */
  say(text) {
    const said = document.getElementById("said");
    said.textContent = text;
    clearTimeout(this.saying);
    this.saying = setTimeout(() => said.replaceChildren(), 4000);
  },

  /** Opens what is folded around the place that the address names, shows it if a filter hides it, and goes there. */
  arrive() {
    const id = decodeURIComponent(location.hash.slice(1));
    const place = id && document.getElementById(id);
    if (!place) return;
    document.dispatchEvent(new CustomEvent("gainsay:arrive", { detail: place }));
    for (let around = place; around; around = around.parentElement) {
      if (around.tagName === "DETAILS") around.open = true;
    }
    this.settle(place);
  },

  /** Goes to a place and stays there while what lies above it is laid out and its charts are drawn. */
  settle(place) {
    let frames = 30;
    const stop = () => { frames = 0; };
    ["wheel", "touchstart", "keydown", "pointerdown"].forEach((kind) => addEventListener(kind, stop, { once: true, passive: true }));
    const hold = () => {
      if (frames <= 0) return;
      frames -= 1;
      place.scrollIntoView({ block: "start" });
      requestAnimationFrame(hold);
    };
    hold();
  },
};

document.documentElement.classList.add("js");
addEventListener("hashchange", () => gainsay.arrive());
addEventListener("DOMContentLoaded", () => gainsay.arrive());

// Paper cannot be unfolded: what belongs to the findings is opened before printing, and closed again.
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details.agreed:not([open]), details.wordings:not([open])")) {
    folded.open = true;
    folded.dataset.printed = "";
  }
});
addEventListener("afterprint", () => {
  for (const opened of document.querySelectorAll("details[data-printed]")) {
    opened.open = false;
    delete opened.dataset.printed;
  }
});
