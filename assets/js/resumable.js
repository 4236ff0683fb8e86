// Sends files in parts (tus 1.0.0) and goes on where it stopped when the connection comes back.
// Without this the form sends itself as ever.
const PART = 8 * 1024 * 1024;
const LONGEST_WAIT = 30000;

// What the server says no to; trying again would not help.
class Refused extends Error {}

customElements.define("az-resumable", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.input = this.form?.querySelector("input[type=file]");
    if (!this.input) return;
    this.status = document.createElement("p");
    this.status.className = "upload-status";
    this.status.setAttribute("role", "status");
    this.bar = document.createElement("progress");
    this.bar.className = "progress-bar";
    this.bar.max = 100;
    this.bar.hidden = true;
    this.bar.setAttribute("aria-label", this.querySelector("label").firstChild.textContent.trim());
    this.append(this.status, this.bar);
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    this.input.addEventListener("change", () => this.tooLarge(), { signal });
    this.form.addEventListener("submit", (event) => this.submit(event), { signal });
    addEventListener("beforeunload", (event) => this.running && event.preventDefault(), { signal });
  }

  disconnectedCallback() {
    this.leaving?.abort();
  }

  say(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  tooLarge() {
    const limit = Number(this.dataset.limit) || Infinity;
    const file = [...this.input.files].find(({ size }) => size > limit);
    this.say(file ? this.dataset.tooLarge.replace("{name}", file.name) : "");
    return Boolean(file);
  }

  async submit(event) {
    // What isn't chosen and what is empty, the page says.
    const files = [...this.input.files];
    if (event.defaultPrevented || !files.length || files.some(({ size }) => !size)) return;
    event.preventDefault();
    if (this.running || this.tooLarge()) return;
    this.running = true;
    this.bar.hidden = false;
    try {
      for (const file of files) await this.send(file);
      this.running = false;
      location.assign(this.dataset.done);
    } catch (error) {
      this.running = false;
      this.bar.hidden = true;
      this.say(error instanceof Refused && error.message ? error.message : this.dataset.failed);
      this.input.focus();
    }
  }

  // Tries until it is through; what was known before is gone on with.
  async send(file) {
    const key = `upload:${this.dataset.uploads}:${file.name}:${file.size}:${file.lastModified}`;
    let wait = 1000;
    for (;;) {
      try {
        await this.parts(file, key);
        sessionStorage.removeItem(key);
        return;
      } catch (error) {
        if (error instanceof Refused || this.leaving.signal.aborted) throw error;
        this.say(this.dataset.lost);
        await this.pause(wait);
        wait = Math.min(wait * 2, LONGEST_WAIT);
      }
    }
  }

  async parts(file, key) {
    let url = sessionStorage.getItem(key);
    let offset = url ? await this.offset(url) : null;
    if (offset === null) {
      url = await this.create(file);
      sessionStorage.setItem(key, url);
      offset = 0;
    }
    while (offset < file.size) {
      this.progress(file, offset);
      offset = await this.patch(url, file, offset);
    }
    this.progress(file, offset);
  }

  // How far it has come; nothing when it is gone by now.
  async offset(url) {
    const answer = await this.ask("HEAD", url);
    return answer.ok ? Number(answer.headers.get("Upload-Offset")) : null;
  }

  async create(file) {
    const to = this.form.elements.namedItem("delivery_id")?.value ?? "";
    const pairs = [`filename ${encoded(file.name)}`];
    if (to) pairs.push(`delivery ${encoded(to)}`);
    const answer = await this.ask("POST", this.dataset.uploads, {
      "Upload-Length": String(file.size),
      "Upload-Metadata": pairs.join(","),
    });
    await accepted(answer);
    return answer.headers.get("Location");
  }

  async patch(url, file, offset) {
    const answer = await this.ask("PATCH", url, {
      "Content-Type": "application/offset+octet-stream",
      "Upload-Offset": String(offset),
    }, file.slice(offset, offset + PART));
    // Somewhere else by now: the next try asks where.
    if (answer.status === 409) throw new Error("offset");
    await accepted(answer);
    return Number(answer.headers.get("Upload-Offset"));
  }

  ask(method, url, headers = {}, body = undefined) {
    return fetch(url, {
      method,
      body,
      redirect: "error",
      signal: this.leaving.signal,
      headers: {
        Accept: "application/json",
        "Tus-Resumable": "1.0.0",
        "X-CSRF-Token": this.form.elements.namedItem("csrf").value,
        ...headers,
      },
    });
  }

  progress(file, offset) {
    const percent = Math.floor((offset / file.size) * 100);
    this.bar.value = percent;
    this.say(this.dataset.progress.replace("{name}", file.name).replace("{percent}", percent - (percent % 10)));
  }

  pause(time) {
    const { signal } = this.leaving;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, time);
      addEventListener("online", resolve, { once: true, signal });
      signal.addEventListener("abort", () => {
        clearTimeout(timer);
        reject(new Refused());
      }, { once: true });
    });
  }
});

// Busy or broken is worth another try; everything else is the answer.
async function accepted(answer) {
  if (answer.ok) return;
  if ([408, 429, 502, 503, 504].includes(answer.status)) throw new Error(String(answer.status));
  const said = await answer.json().catch(() => ({}));
  throw new Refused(said.error ?? "");
}

function encoded(text) {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
}
