// Shows how far a file has been sent. Without this the form sends itself as ever.
customElements.define("az-upload", class extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    this.form = this.input?.form;
    if (!this.form) return;
    this.status = document.createElement("p");
    this.status.className = "upload-status";
    this.status.setAttribute("role", "status");
    this.bar = document.createElement("progress");
    this.bar.className = "progress-bar";
    this.bar.max = 100;
    this.bar.hidden = true;
    this.bar.setAttribute("aria-label", this.dataset.progress.split("{")[0].trim());
    this.append(this.status, this.bar);
    this.input.addEventListener("change", () => this.tooLarge());
    this.form.addEventListener("submit", (event) => this.send(event));
  }

  tooLarge() {
    const limit = Number(this.dataset.limit) || Infinity;
    const file = [...this.input.files].find(({ size }) => size > limit);
    this.status.textContent = file ? this.dataset.tooLarge.replace("{name}", file.name) : "";
    return Boolean(file);
  }

  send(event) {
    if (event.defaultPrevented) return;
    if (this.tooLarge()) {
      event.preventDefault();
      this.input.focus();
      return;
    }
    if (!this.input.files.length) return;
    event.preventDefault();
    const request = new XMLHttpRequest();
    request.open("POST", event.submitter?.getAttribute("formaction") ?? this.form.action);
    request.responseType = "document";
    request.upload.onprogress = ({ loaded, total }) => this.progress(Math.floor((loaded / total) * 100));
    request.onload = () => (request.response?.body ? show(request) : this.fail());
    request.onerror = () => this.fail();
    request.send(new FormData(this.form, event.submitter));
    this.bar.hidden = false;
    this.progress(0);
  }

  progress(percent) {
    this.bar.value = percent;
    const text = this.dataset.progress.replace("{percent}", percent - (percent % 10));
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  fail() {
    this.bar.hidden = true;
    this.status.textContent = this.dataset.failed;
  }
});

// Shows the page that answered, as the browser would have done.
function show({ response, responseURL }) {
  history.pushState(null, "", responseURL);
  document.title = response.title;
  document.body.replaceWith(document.importNode(response.body, true));
  scrollTo(0, 0);
  if (!document.querySelector("az-error-summary")) document.getElementById("main")?.focus();
}

addEventListener("popstate", () => location.reload());
