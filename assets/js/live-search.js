// Filters a list while its form is being filled in: #results is replaced, the focus stays.
const WAIT = 400;

customElements.define("az-live-search", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form || !document.getElementById("results")) return;
    this.status = document.createElement("p");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    this.append(this.status);
    this.form.addEventListener("input", (event) => this.later(event));
    this.form.addEventListener("compositionend", (event) => this.later(event));
    this.form.addEventListener("submit", () => this.stop());
  }

  later(event) {
    if (event.isComposing) return;
    this.stop();
    this.timer = setTimeout(() => this.load(), WAIT);
  }

  stop() {
    clearTimeout(this.timer);
    this.request?.abort();
  }

  load() {
    const filled = [...new FormData(this.form)].filter(([, value]) => value !== "");
    const address = `${new URL(this.form.action).pathname}?${new URLSearchParams(filled)}`;
    this.request = new XMLHttpRequest();
    this.request.open("GET", address);
    this.request.responseType = "document";
    this.request.onload = () => this.show(address);
    this.request.send();
  }

  show(address) {
    const found = this.request.response?.getElementById("results");
    if (this.request.status !== 200 || !found) return;
    document.getElementById("results").replaceWith(document.importNode(found, true));
    history.replaceState(null, "", address);
    const told = document.querySelector("#results .page-count, #results .empty-title");
    this.status.textContent = told?.textContent ?? "";
  }
});
