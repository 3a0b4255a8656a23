// <vote-pot action="/pot/…/" draw="/r/…/draw/"> takes one vote. A ticket is drawn by the phone's cookie, and the vote handed
// in with it, later and with no cookie: who knows the one does not know the other. Only this phone remembers that it voted.
import { phone, send } from "./pot.js"
import "../design/dot-stepper.js"
const KEPT = "vote ", WAIT = 6_000, HURRY = 1_000
const pause = most => new Promise(done => setTimeout(done, Math.random() * most))
// What was kept of earlier votes has done its work: a phone that is taken away must not tell how it voted.
const forget = (but = "") => {
  for (const name of Object.keys(phone)) if (name.startsWith(KEPT) && name !== but) phone.removeItem(name)
}

// <vote-over> stands where a vote was, once it is counted.
customElements.define("vote-over", class extends HTMLElement {
  connectedCallback() { forget() }
})

customElements.define("vote-pot", class extends HTMLElement {
  static observedAttributes = ["closing", "action"]

  connectedCallback() {
    if (this.form) return
    const content = this.querySelector("template").content.cloneNode(true)
    this.remember()
    this.fill(content)
    this.append(content)
    this.form = this.querySelector("form")
    this.says = this.querySelector("[data-says]")
    this.form.addEventListener("submit", event => { event.preventDefault(); this.handIn() })
    this.form.addEventListener("change", () => this.keep({ draft: this.chosen() }))
    this.begin()
  }

  // One address, one vote: when it begins anew there is another.
  attributeChangedCallback(name, before, now) {
    if (!this.form || now === null || before === now || name === "closing" && before !== null) return
    if (name === "action") this.remember()
    this.begin()
  }

  get name() { return KEPT + this.getAttribute("action") }

  remember() {
    forget(this.name)
    this.mine = JSON.parse(phone.getItem(this.name) ?? "{}")
  }

  keep(what) { phone.setItem(this.name, JSON.stringify(Object.assign(this.mine, what))) }

  begin() {
    this.show(this.mine.isIn ? "in" : "vote")
    if (this.hasAttribute("closing") && !this.mine.isIn) this.say("closing")
    // What a power cut took from the server, and what a reload interrupted, the phone still has.
    if (this.mine.isIn || this.mine.isGoing) this.handIn(this.mine.vote)
  }

  fill(content) {
    for (const key of (this.mine.draft ?? "").split(" ").filter(Boolean)) {
      const box = content.querySelector(`[name="choice"][value="${key}"]`), dots = content.querySelector(`[name="dots-${key}"]`)
      if (box) box.checked = true
      if (dots) dots.value = Number(dots.value) + 1
    }
  }

  chosen() {
    const keys = []
    for (const [name, value] of new FormData(this.form)) {
      if (name === "choice") keys.push(value)
      if (name.startsWith("dots-")) keys.push(...Array(Math.max(0, Number(value))).fill(name.slice(5)))
    }
    return keys.join(" ")
  }

  show(when, focus) {
    for (const part of this.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== when
    if (focus) this.querySelector(`[data-when="${when}"]`).focus()
  }

  say(what) {
    this.says.hidden = !what
    this.says.textContent = what ? this.getAttribute(`say-${what}`) ?? this.getAttribute("say-else") : ""
  }

  async handIn(vote = this.chosen()) {
    const most = this.querySelector("dot-stepper")?.getAttribute("max")
    if (!vote) return this.say("none")
    if (most && vote.split(" ").length > most) return this.say("many")
    if (this.busy) return
    this.busy = true
    const said = await this.given(vote).catch(() => "lost")
    this.busy = false
    if (said !== 200) {
      this.keep({ isGoing: false, isIn: false })
      this.show("vote")
      return this.say(said)
    }
    const isNew = !this.mine.isIn
    this.keep({ isGoing: false, isIn: true })
    this.say()
    this.show("in", isNew)
  }

  async given(vote) {
    const again = this.mine.isIn
    if (!again) {
      this.keep({ vote, isGoing: true })
      this.say("going")
    }
    for (const _try of [1, 2]) {
      if (!this.mine.ticket) {
        const { ticket, said } = await this.draw()
        if (!ticket) return said
        // Kept before anything else: it is not given twice.
        this.keep({ ticket })
      }
      if (!again) await pause(this.hasAttribute("closing") ? HURRY : WAIT)
      const { status } = await send(this.getAttribute("action"), { token: this.mine.ticket, text: vote })
      if (status !== 403) return status
      // The hat it was drawn from is gone with the power; the new one knows nobody yet.
      this.keep({ ticket: undefined })
    }
    return 403
  }

  async draw() {
    const token = new FormData(this.form).get("csrfmiddlewaretoken")
    const body = new URLSearchParams({ csrfmiddlewaretoken: token })
    const answer = await fetch(this.getAttribute("draw"), { method: "POST", body, signal: AbortSignal.timeout(10_000) })
    return answer.ok ? answer.json() : { said: "else" }
  }
})
