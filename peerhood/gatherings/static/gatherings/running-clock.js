// <running-clock> keeps the times beside the agenda right while minutes are typed; the server says the same on saving.
customElements.define("running-clock", class extends HTMLElement {
  connectedCallback() {
    this.start = document.getElementById("id_starts_at")
    this.count = () => this.tell()
    this.addEventListener("input", this.count)
    this.start?.addEventListener("input", this.count)
  }
  disconnectedCallback() { this.start?.removeEventListener("input", this.count) }
  tell() {
    const [hours, minutes] = (this.start?.value.split("T")[1] ?? "").split(":").map(Number)
    if (Number.isNaN(hours + minutes)) return
    const lengths = [...this.querySelectorAll("input[name$=length_minutes]")].map(field => Math.max(0, parseInt(field.value) || 0))
    let at = hours * 60 + minutes
    this.querySelectorAll("time").forEach((time, line) => {
      time.textContent = [Math.floor(at / 60) % 24, at % 60].map(part => String(part).padStart(2, "0")).join(":")
      at += lengths[line] ?? 0
    })
  }
})
