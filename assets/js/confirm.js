// Asks once more before a form is sent.
customElements.define("az-confirm", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => this.ask(event), true);
  }

  ask(event) {
    if (this.agreed) {
      this.agreed = false;
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const dialog = document.createElement("dialog");
    dialog.className = "dialog";
    const text = document.createElement("p");
    text.id = "dialog-text";
    text.textContent = this.dataset.text;
    dialog.setAttribute("aria-labelledby", text.id);
    const actions = document.createElement("div");
    actions.className = "actions";
    const label = event.submitter?.textContent.trim() || this.dataset.confirm;
    actions.append(
      choice(label, "primary", () => {
        dialog.close();
        this.agreed = true;
        event.target.requestSubmit(event.submitter);
      }),
      choice(this.dataset.cancel, "secondary", () => dialog.close()),
    );
    dialog.append(text, actions);
    dialog.addEventListener("close", () => dialog.remove());
    this.append(dialog);
    dialog.showModal();
  }
});

function choice(label, kind, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `button button-${kind}`;
  button.textContent = label;
  button.addEventListener("click", act);
  return button;
}
