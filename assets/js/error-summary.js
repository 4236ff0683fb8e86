// Takes the reader to the summary of errors, and from there to the fields.
customElements.define("az-error-summary", class extends HTMLElement {
  connectedCallback() {
    this.querySelector(".error-summary")?.focus();
    this.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#"]');
      const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!field) return;
      event.preventDefault();
      field.closest(".field")?.scrollIntoView({ block: "start" });
      field.focus({ preventScroll: true });
    });
  }
});
