// Saves a form as a draft while it is being filled in. What can't be saved stays on the page.
const WAIT = 1500;
const LONGEST_WAIT = 60000;

customElements.define("az-autosave", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.status = this.querySelector("[role=status]");
    if (!this.form || !this.status) return;
    this.wait = WAIT;
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.form.addEventListener("input", () => this.later(WAIT), { signal });
    this.form.addEventListener("submit", (event) => this.submit(event), { signal });
    addEventListener("online", () => this.failed && this.save(), { signal });
    addEventListener("beforeunload", (event) => this.failed && event.preventDefault(), { signal });
  }

  disconnectedCallback() {
    this.stop();
  }

  // A draft on its way makes the version of this page stale: the form waits for it, once.
  submit(event) {
    clearTimeout(this.timer);
    if (!this.running || this.leaving) return this.stop();
    event.preventDefault();
    this.leaving = true;
    this.submitter = event.submitter;
  }

  stop() {
    clearTimeout(this.timer);
    this.running?.abort();
    this.listening?.abort();
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  say(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  async save() {
    if (this.running) {
      this.again = true;
      return;
    }
    const running = new AbortController();
    this.running = running;
    this.say(this.dataset.saving);
    try {
      const texts = [...new FormData(this.form)].filter(([, value]) => typeof value === "string");
      const answer = await fetch(this.dataset.url, {
        method: "POST",
        headers: { Accept: "application/json", "X-Requested-With": "fetch" },
        body: new URLSearchParams(texts),
        signal: running.signal,
      });
      await this.read(answer);
    } catch {
      if (!running.signal.aborted) this.retry();
    } finally {
      this.running = null;
    }
    if (this.leaving) return this.form.requestSubmit(this.submitter);
    if (this.again && !running.signal.aborted) {
      this.again = false;
      this.later(WAIT);
    }
  }

  async read(answer) {
    if (answer.status === 409) return this.compare(await answer.json());
    if (answer.status === 422) {
      this.failed = false;
      return this.say(this.dataset.refused);
    }
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const saved = await answer.json();
    const version = this.form.elements.namedItem("version");
    if (version && saved.version != null) version.value = saved.version;
    const time = saved.saved_at ?? new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
    this.failed = false;
    this.wait = WAIT;
    this.say(this.dataset.saved.replace("{time}", time));
  }

  retry() {
    this.failed = true;
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    this.say(this.dataset.failed);
    this.later(this.wait);
  }

  // Somebody else saved first: shows both texts and leaves the choice to the reader.
  compare({ fields = {} }) {
    this.stop();
    this.failed = false;
    this.say("");
    this.querySelector(".conflict")?.remove();
    const region = make("div", "conflict banner banner-warn");
    region.setAttribute("role", "alert");
    region.append(make("p", "banner-title", this.dataset.conflict));
    for (const [name, theirs] of Object.entries(fields)) {
      const field = this.form.elements.namedItem(name);
      if (!field || field.value === theirs) continue;
      const label = this.form.querySelector(`[for="${CSS.escape(name)}"]`)?.firstChild?.textContent;
      const pair = make("dl", "conflict-pair");
      pair.append(make("dt", "", this.dataset.theirs), make("dd", "", theirs));
      pair.append(make("dt", "", this.dataset.yours), make("dd", "", field.value));
      region.append(make("p", "conflict-field", label ?? name), pair);
    }
    const link = make("a", "", this.dataset.reload);
    link.href = location.href;
    region.append(link);
    this.append(region);
  }
});

function make(name, className, text = "") {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}
