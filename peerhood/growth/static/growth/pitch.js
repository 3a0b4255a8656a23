// <pitch-clock seconds="60"> counts a minute down, by its one button: start, stop, and again from the start.
// Nothing moves but the digits. Without this file the page says to use a watch.
customElements.define("pitch-clock", class extends HTMLElement {
  connectedCallback() {
    this.digits = this.querySelector("[data-digits]")
    this.voice = this.querySelector("[data-voice]")
    this.button = this.querySelector("button")
    this.button.addEventListener("click", () => this.next ? this.stop() : this.start())
    this.querySelector("[data-without]").hidden = true
    this.querySelector("[data-with]").hidden = false
    this.show(Number(this.getAttribute("seconds")))
  }

  disconnectedCallback() { clearTimeout(this.next) }

  start() {
    this.ends = Date.now() + Number(this.getAttribute("seconds")) * 1000
    this.voice.textContent = this.getAttribute("say-start")
    this.button.textContent = this.getAttribute("stop")
    this.tick()
  }

  stop(said = "say-stop") {
    clearTimeout(this.next)
    this.next = undefined
    this.voice.textContent = this.getAttribute(said)
    this.button.textContent = this.getAttribute("again")
  }

  tick() {
    const left = Math.max(0, (this.ends - Date.now()) / 1000), seconds = Math.ceil(left - .05)
    this.show(seconds)
    if (seconds === 10) this.voice.textContent = this.getAttribute("say-seconds")
    if (left <= 0) return this.stop("say-end")
    this.next = setTimeout(() => this.tick(), (left % 1 || 1) * 1000 + 5)
  }

  show(seconds) {
    this.digits.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
  }
})
