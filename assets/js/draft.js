// Keeps what is typed into a form in this browser until it has arrived, so that a lost connection
// loses nothing. Names, hidden fields, files and what may be a My Number are not kept; after half a
// day, and by signing out, it is forgotten.
const LIFE = 12 * 60 * 60 * 1000;
const PREFIX = "azukari-draft:";
// Twelve digits, with whatever stands between them.
const NUMBER = /\d(?:[^\p{L}\p{N}]?\d){11}/u;

customElements.define("az-draft", class extends HTMLElement {
  connectedCallback() {
    if (this.dataset.clear) return drop(this.dataset.clear);
    this.form = this.querySelector("form");
    this.status = this.querySelector(":scope > [role=status]");
    if (!this.form || !this.status) return;
    this.listening = new AbortController();
    const { signal } = this.listening;
    if (!this.dataset.typed) this.restore();
    this.form.addEventListener("input", () => this.keep(), { signal });
    this.form.addEventListener("change", () => this.keep(), { signal });
    this.form.addEventListener("submit", (event) => this.submit(event), { signal });
    addEventListener("online", () => this.say(""), { signal });
  }

  disconnectedCallback() {
    this.listening?.abort();
  }

  fields() {
    const skipped = (this.dataset.skip ?? "").split(" ");
    return [...this.form.elements].filter(
      (field) => field.name && !["hidden", "file", "submit", "button"].includes(field.type) && !skipped.includes(field.name),
    );
  }

  keep() {
    const values = {};
    for (const field of this.fields()) {
      if (["checkbox", "radio"].includes(field.type)) {
        if (field.checked) values[field.name] = field.value;
      } else if (!NUMBER.test(field.value.normalize("NFKC"))) values[field.name] = field.value;
    }
    try {
      localStorage.setItem(PREFIX + this.dataset.key, JSON.stringify({ at: Date.now(), values }));
    } catch {
      // Where nothing may be stored, the form works as without scripts.
    }
  }

  restore() {
    const kept = read(this.dataset.key);
    if (!kept) return;
    for (const field of this.fields()) {
      const value = kept[field.name];
      if (["checkbox", "radio"].includes(field.type)) field.checked = value === field.value;
      else if (typeof value === "string") field.value = value;
    }
    // Before the form: whoever goes on has to know that not all of it is of now.
    this.form.before(this.status);
    this.say(this.dataset.found);
  }

  submit(event) {
    this.keep();
    if (navigator.onLine) return;
    event.preventDefault();
    this.form.after(this.status);
    this.say(this.dataset.offline);
  }

  say(text) {
    this.status.textContent = text;
  }
});

function read(key) {
  try {
    const { at, values } = JSON.parse(localStorage.getItem(PREFIX + key)) ?? {};
    if (values && Date.now() - at < LIFE) return values;
    drop(key);
  } catch {
    drop(key);
  }
  return null;
}

function drop(key) {
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // Nothing is stored there.
  }
}
