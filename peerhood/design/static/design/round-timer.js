// <round-timer ends-at="…" server-now="…" total="180" left="161" [paused] [warns="120"]> counts a round down to zero.
// The server is the clock: what this device thinks of the time is corrected by server-now, once, on arrival.
// Without this file the page shows the time that was left when it was made.
customElements.define("round-timer", class extends HTMLElement {
  static observedAttributes = ["ends-at", "server-now", "paused", "left", "total"]

  connectedCallback() {
    this.voice = this.parentElement.querySelector(":scope > [data-voice]") || document.createElement("p")
    Object.assign(this.voice, { className: "visually-hidden", role: "status" })
    this.voice.dataset.voice = ""
    this.after(this.voice)
    this.awake = () => this.tick()
    document.addEventListener("visibilitychange", this.awake)
    this.set()
  }

  disconnectedCallback() {
    clearTimeout(this.next)
    document.removeEventListener("visibilitychange", this.awake)
  }

  attributeChangedCallback() { if (this.voice) this.set() }

  set() {
    this.skew = Date.parse(this.getAttribute("server-now")) - Date.now() || 0
    this.ends = Date.parse(this.getAttribute("ends-at"))
    this.total = Number(this.getAttribute("total"))
    this.last = undefined
    this.tick()
  }

  get left() {
    if (this.hasAttribute("paused")) return Number(this.getAttribute("left"))
    return Math.max(0, (this.ends - Date.now() - this.skew) / 1000)
  }

  tick() {
    clearTimeout(this.next)
    const left = this.left, seconds = Math.ceil(left - .05)
    this.show(seconds)
    this.say(seconds)
    // On the turn of the second, so that phones side by side change together.
    if (left > 0 && !this.hasAttribute("paused")) this.next = setTimeout(() => this.tick(), (left % 1 || 1) * 1000 + 5)
  }

  show(seconds) {
    const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
    this.setAttribute("aria-label", text)
    this.replaceChildren(...[...text].map(sign => {
      const box = document.createElement(sign === ":" ? "i" : "span")
      box.textContent = sign
      return box
    }))
    const bar = this.parentElement.querySelector(".round-bar")
    if (bar) bar.value = seconds
    this.toggleAttribute("ended", seconds <= 0)
    this.toggleAttribute("warned", seconds > 0 && seconds <= Number(this.getAttribute("warns")))
  }

  say(seconds) {
    const warns = Number(this.getAttribute("warns"))
    const passed = mark => this.last > mark && seconds <= mark
    const told = this.last === undefined ? seconds >= this.total - 1 && "start"
      : passed(0) ? "end" : passed(10) ? "seconds" : passed(60) ? "minute" : warns && passed(warns) ? "warning" : passed(Math.floor(this.total / 2)) && "half"
    this.last = seconds
    if (told && this.hasAttribute(`say-${told}`)) this.voice.textContent = this.getAttribute(`say-${told}`)
    if (told === "end") this.dispatchEvent(new CustomEvent("round-ended", { bubbles: true }))
  }
})
