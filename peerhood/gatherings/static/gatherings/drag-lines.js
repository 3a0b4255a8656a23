// <drag-lines> lets lines of the agenda be dragged by a handle, with a mouse or a finger. The buttons beside it do the same.
customElements.define("drag-lines", class extends HTMLElement {
  connectedCallback() {
    for (const kind of ["pointerdown", "pointermove", "pointerup", "pointercancel"]) this.addEventListener(kind, this)
    for (const handle of this.querySelectorAll("[data-handle]")) {
      handle.hidden = false
      Object.assign(handle.style, { cursor: "grab", touchAction: "none" })
    }
  }
  handleEvent(event) { this[event.type](event) }
  pointerdown(event) {
    this.line = event.target.closest("[data-handle]")?.closest("li")
    if (!this.line) return
    event.preventDefault()
    this.setPointerCapture(event.pointerId)
    this.line.style.opacity = ".6"
    // Short enough to be dragged past one another on a phone; the one that is held stays under the finger.
    this.toggleAttribute("data-dragging", true)
    scrollBy(0, this.middle(this.line) - event.clientY)
  }
  pointermove(event) {
    // The line that is held stays in the page, or the pointer would let go of it: its neighbours move past it.
    const above = this.line?.previousElementSibling, below = this.line?.nextElementSibling
    if (above && event.clientY < this.middle(above)) this.line.after(above)
    else if (below && event.clientY > this.middle(below)) this.line.before(below)
  }
  pointerup() {
    if (!this.line) return
    this.line.style.opacity = ""
    this.toggleAttribute("data-dragging", false)
    this.line.scrollIntoView({ block: "nearest" })
    this.line = null
    this.querySelectorAll("li").forEach((line, at) => line.querySelectorAll("[name^=line-]").forEach(field => {
      field.name = field.name.replace(/\d+/, at)
    }))
    this.querySelector("button[value=look]").click()
  }
  pointercancel() { this.pointerup() }
  middle(line) { const box = line.getBoundingClientRect(); return box.top + box.height / 2 }
})
