// <copy-text copied="Copied"><textarea>…</textarea><button hidden>Copy</button></copy-text> copies what the field
// holds. Without this file, or where a browser lends no clipboard, the field is selected and copied by hand.
customElements.define("copy-text", class extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("textarea")
    field.addEventListener("focus", () => field.select())
    const button = this.querySelector("button")
    button.hidden = !navigator.clipboard
    button.addEventListener("click", () => this.copy(field, button))
  }

  async copy(field, button) {
    const label = button.textContent
    await navigator.clipboard.writeText(field.value)
    button.textContent = this.getAttribute("copied")
    button.ariaLive = "polite"
    setTimeout(() => { button.textContent = label }, 2500)
  }
})
