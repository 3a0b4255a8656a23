// <note-pot action="/pot/…/"> takes a note and lets it fall in, with no cookie and nothing else that tells who wrote it.
// The phone is the copy that lasts: a draft and what went in stay here until all of it is poured out.
const SIZE = 2048, KEPT = "pot "
export const seal = note => {
  const body = new TextEncoder().encode(JSON.stringify(note)), filled = new Uint8Array(SIZE).fill(32)
  if (body.length > SIZE) return null
  filled.set(body)
  return filled
}
// No cookie goes along, and not the address of this page: the server refuses whoever brings either.
export const send = (address, note) => fetch(address, {
  method: "POST", body: seal(note), credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store",
  headers: { "Content-Type": "application/json" }, signal: AbortSignal.timeout(10_000),
})
// A browser that keeps nothing for a page still hands in; only its copy does not outlive the page.
const memory = new Map(), fallback = { getItem: name => memory.get(name) ?? null, setItem: (name, what) => memory.set(name, what), removeItem: name => memory.delete(name) }
const store = name => { try { return globalThis[name] } catch { return fallback } }
export const phone = store("localStorage")
const page = store("sessionStorage")
// Kept under the pot's own name: its address changes when somebody floods it.
const kept = pot => ({ draft: "", notes: [], ...JSON.parse(phone.getItem(KEPT + pot) ?? "{}") })
const keep = (pot, what) => phone.setItem(KEPT + pot, JSON.stringify(what))
// Above the elements: one that stands in the page already comes to life as soon as it is defined.
const plain = text => text.replace(/\s+/g, " ").trim()
const newToken = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24)))).replaceAll("+", "-").replaceAll("/", "_")

customElements.define("note-pot", class extends HTMLElement {
  static observedAttributes = ["closing", "action"]

  connectedCallback() {
    if (this.form) return
    this.append(this.querySelector("template").content.cloneNode(true))
    this.pot = this.getAttribute("kept")
    this.form = this.querySelector("form")
    this.field = this.querySelector("textarea")
    this.says = this.querySelector("[data-says]")
    this.mine = kept(this.pot)
    this.field.value = this.mine.draft
    this.field.addEventListener("input", () => this.keepDraft(this.field.value))
    this.form.addEventListener("submit", event => { event.preventDefault(); this.handIn() })
    this.addEventListener("click", event => this[event.target.dataset.do]?.())
    this.show(this.mine.notes.length && !this.mine.draft ? "in" : "write")
    this.again()
    this.hurry()
  }

  attributeChangedCallback(name, before, now) {
    if (!this.form || now === null || before === now || name === "closing" && before !== null) return
    this.hurry()
    // What a power cut took from the server, or stayed at an old address, the phones still have.
    setTimeout(() => this.again(), Math.random() * 5_000)
  }

  get address() { return this.getAttribute("action") }

  // Whoever has put the pen down is not hurried.
  hurry() { if (this.hasAttribute("closing") && !this.form.hidden) this.say("closing") }

  keepDraft(draft) { keep(this.pot, Object.assign(this.mine, { draft })) }

  show(when, focus) {
    for (const part of this.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== when
    if (focus) this.querySelector(when === "write" ? "textarea" : `[data-when="${when}"]`).focus()
  }

  say(what) {
    this.says.hidden = !what
    this.says.textContent = what ? this.getAttribute(`say-${what}`) ?? this.getAttribute("say-else") : ""
  }

  async handIn() {
    const text = this.field.value.trim()
    if (!text || this.busy) return this.field.focus()
    // The same token again is the same note: a second try after a lost answer puts nothing in twice.
    this.next ??= newToken()
    const note = { token: this.next, text }
    if (!seal(note)) return this.say(413)
    this.busy = true
    const status = await send(this.address, note).then(answer => answer.status, () => "lost")
    this.busy = false
    if (status !== 200) {
      if (status === 409) this.next = undefined
      return this.say(status)
    }
    this.next = undefined
    this.mine.notes.push(note)
    this.field.value = ""
    this.keepDraft("")
    this.say()
    this.show("in", true)
  }

  async again() {
    for (const note of this.mine.notes) await send(this.address, note).catch(() => {})
  }

  another() { this.say(); this.show("write", true) }

  async back() {
    const note = this.mine.notes.at(-1)
    const status = await send(`${this.address}back/`, { token: note.token, text: "" }).then(answer => answer.status, () => "lost")
    if (status !== 200) return this.say(status)
    this.mine.notes.pop()
    this.field.value = note.text
    this.keepDraft(note.text)
    this.say()
    this.show("write", true)
  }
})

// <poured-pot> holds what was poured out. What this phone put in and is not there is shown to its writer again.
customElements.define("poured-pot", class extends HTMLElement {
  connectedCallback() {
    const address = this.getAttribute("action"), pot = this.getAttribute("kept"), mine = kept(pot)
    const shown = [...this.querySelectorAll(".note-card")].map(card => plain(card.innerText))
    const lost = [mine.draft, ...mine.notes.map(note => note.text)].filter(text => text && !shown.includes(plain(text)))
    for (const text of lost) {
      const told = this.querySelector("template").content.cloneNode(true)
      told.querySelector("blockquote").textContent = text
      this.append(told)
    }
    // The secrets stay as long as this page does: a phone that is taken away later must not tell what it wrote.
    if (mine.notes.length) page.setItem(KEPT + pot, JSON.stringify(mine.notes.map(note => note.token)))
    if (!lost.length) phone.removeItem(KEPT + pot)
    // Offered on every phone, whether it wrote or not: a glance over a shoulder tells nothing.
    const offer = this.querySelector("[data-mine]")
    if (!offer) return
    offer.hidden = false
    offer.addEventListener("click", () => this.takeBack(address, pot))
  }

  async takeBack(address, pot) {
    for (const token of JSON.parse(page.getItem(KEPT + pot) ?? "[]"))
      if ((await send(`${address}back/`, { token, text: "" }).catch(() => ({}))).status !== 200) return
    page.removeItem(KEPT + pot)
    location.reload()
  }
})
