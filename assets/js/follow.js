// Follows a page on which something is still being done: its regions are shown anew, what was typed
// elsewhere stays. When it is done and nothing was typed, the whole page is loaded.
const WAIT = 3000;
const LONGEST_WAIT = 30000;
let wait = WAIT;

customElements.define("az-follow", class extends HTMLElement {
  connectedCallback() {
    this.later();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.request?.abort();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), wait);
    wait = Math.min(wait * 1.3, LONGEST_WAIT);
  }

  look() {
    if (document.hidden) return this.later();
    this.request = new XMLHttpRequest();
    this.request.open("GET", location.pathname + location.search);
    this.request.responseType = "document";
    this.request.onload = () => this.show(this.request);
    this.request.onerror = () => this.later();
    this.request.send();
  }

  show({ status, response }) {
    if (status !== 200 || !response?.querySelector("[data-follow]")) return this.later();
    const done = !response.querySelector("az-follow");
    if (done && !typed()) return location.reload();
    for (const region of document.querySelectorAll("[data-follow]")) {
      const now = document.importNode(response.getElementById(region.id) ?? region, true);
      const reading = region.contains(document.activeElement);
      if (!region.isEqualNode(now) && !reading) region.replaceWith(now);
    }
    if (this.isConnected) this.later();
  }
});

// Whether a form of the page holds what its reader entered.
function typed() {
  const changed = (field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.type === "file") return field.files.length > 0;
    if (field.options) return [...field.options].some((one) => one.defaultSelected && !one.selected);
    return "defaultValue" in field && field.value !== field.defaultValue;
  };
  return [...document.querySelectorAll("main form")].some((form) => [...form.elements].some(changed));
}
