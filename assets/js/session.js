// Says calmly that the session is about to end, and keeps it where it may be kept. What was typed
// stays on the page whatever happens.
const SECOND = 1000;

customElements.define("az-session", class extends HTMLElement {
  connectedCallback() {
    const { idle, rest } = this.dataset;
    this.region = this.querySelector("[role=status]");
    this.button = this.querySelector("button");
    this.form = this.querySelector("form");
    if (!this.region || !this.form) return;
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.last = Date.now() + rest * SECOND;
    this.idle = undefined;
    this.used(Date.now() + idle * SECOND);
    this.form.addEventListener("submit", (event) => this.keep(event), { signal });
    // What is done in another tab keeps the session too.
    this.others = new BroadcastChannel("azukari-session");
    this.others.addEventListener("message", (event) => this.used(event.data), { signal });
    this.others.postMessage(this.idle);
    // A tab that slept looks at once when it is seen again.
    document.addEventListener("visibilitychange", () => document.hidden || this.tell(), { signal });
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.listening?.abort();
    this.others?.close();
  }

  used(until) {
    if (this.idle >= until) return;
    this.idle = Math.min(until, this.last);
    this.tell();
  }

  // Shows what holds now, and comes back when that changes.
  tell() {
    clearTimeout(this.timer);
    const now = Date.now();
    const warning = this.dataset.warning * SECOND;
    const byLast = this.last <= this.idle;
    const end = byLast ? this.last : this.idle;
    if (now >= end) return this.say(this.dataset.over, false);
    if (now < end - warning) {
      this.say("", false);
    } else {
      const { lastSoon, idleSoon } = this.dataset;
      this.say((byLast ? lastSoon : idleSoon).replace("%time%", timeOfDay(end)), !byLast);
    }
    const next = now < end - warning ? end - warning : end;
    this.timer = setTimeout(() => this.tell(), Math.min(next - now, 60 * SECOND) + 50);
  }

  say(text, keeps) {
    if (this.region.textContent !== text) this.region.textContent = text;
    this.button.hidden = !keeps;
  }

  async keep(event) {
    event.preventDefault();
    try {
      const answer = await fetch(this.form.action, {
        method: "POST",
        headers: { Accept: "application/json", "X-Requested-With": "fetch" },
        body: new URLSearchParams(new FormData(this.form)),
      });
      if (answer.status === 401) {
        this.idle = this.last = Date.now();
        return this.tell();
      }
      if (!answer.ok) throw new Error(answer.status);
      this.used(Date.now() + this.dataset.unused * SECOND);
      this.others.postMessage(this.idle);
      this.say(this.dataset.kept, false);
      setTimeout(() => this.tell(), 5 * SECOND);
    } catch {
      this.region.textContent = this.dataset.failed;
    }
  }
});

// As all pages show it: Japan's.
function timeOfDay(moment) {
  const style = { hour: "numeric", minute: "2-digit", timeZone: "Asia/Tokyo" };
  return new Date(moment).toLocaleTimeString(document.documentElement.lang, style);
}
