// <file-drop> takes a file dropped anywhere on it and says its name. Without this file the field inside is a file field.
customElements.define("file-drop", class extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input[type=file]")
    this.panel = this.querySelector(".drop") || this
    for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) this.addEventListener(kind, this)
  }

  handleEvent(event) {
    event.preventDefault()
    this.panel.toggleAttribute("data-over", event.type === "dragenter" || event.type === "dragover")
    if (event.type !== "drop" || !event.dataTransfer.files.length) return
    this.field.files = event.dataTransfer.files
    this.field.dispatchEvent(new Event("change", { bubbles: true }))
  }
})
