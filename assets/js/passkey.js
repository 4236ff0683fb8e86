// Asks the browser for a passkey and sends what it answers with the form.
customElements.define("az-passkey", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.status = document.createElement("p");
    this.status.className = "passkey-status";
    this.status.setAttribute("role", "status");
    this.problem = document.createElement("p");
    this.problem.className = "passkey-problem";
    this.problem.setAttribute("role", "alert");
    this.append(this.status, this.problem);
    this.form.addEventListener("submit", (event) => this.submit(event));
  }

  async submit(event) {
    event.preventDefault();
    if (this.busy) return;
    if (!window.PublicKeyCredential) return this.say("", this.dataset.unsupported);
    this.busy = true;
    this.say(this.dataset.waiting, "");
    try {
      const asked = await this.options();
      if (!asked) return;
      this.keep("ceremony", asked.ceremony);
      this.keep("credential", JSON.stringify(await answer(asked.publicKey)));
      this.form.submit();
    } catch (error) {
      this.say("", this.dataset[words[error.name]] ?? this.dataset.failed);
    } finally {
      this.busy = false;
    }
  }

  async options() {
    const answer = await fetch(this.dataset.options, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams(new FormData(this.form)),
    });
    const body = await answer.json();
    if (answer.ok && !body.error) return body;
    this.say("", body.error ?? this.dataset.failed);
    return null;
  }

  keep(name, value) {
    const kept = this.form.querySelector(`input[name=${name}]`) ?? document.createElement("input");
    kept.type = "hidden";
    kept.name = name;
    kept.value = value;
    this.form.append(kept);
  }

  say(status, problem) {
    this.status.textContent = status;
    this.problem.textContent = problem;
  }
});

const words = { NotAllowedError: "cancelled", AbortError: "cancelled", InvalidStateError: "already" };

async function answer(options) {
  const publicKey = { ...options, challenge: bytes(options.challenge) };
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    if (options[list]) publicKey[list] = options[list].map((one) => ({ ...one, id: bytes(one.id) }));
  }
  if (options.user) {
    publicKey.user = { ...options.user, id: bytes(options.user.id) };
    return written(await navigator.credentials.create({ publicKey }));
  }
  return written(await navigator.credentials.get({ publicKey }));
}

function written(credential) {
  const { response } = credential;
  const parts = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) parts[name] = text(response[name]);
  }
  const transports = response.getTransports?.();
  if (transports) parts.transports = transports;
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: parts,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

function bytes(encoded) {
  const plain = atob(encoded.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
