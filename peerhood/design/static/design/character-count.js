// <character-count for="id_note" left="{n} characters left"> says how much room a limited text field still has,
// aloud only near the end. Without this file the field's own limit holds.
customElements.define("character-count", class extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.getAttribute("for"))
    this.className = "hint"
    this.field?.addEventListener("input", () => this.count())
    this.count()
  }

  count() {
    if (!this.field) return
    const left = this.field.maxLength - this.field.value.length
    this.ariaLive = left <= 20 ? "polite" : "off"
    this.textContent = this.getAttribute("left").replace("{n}", left)
  }
})
