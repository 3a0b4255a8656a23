// <door-list> lets a greeter go on when the network does not. Every tap gets an id, is kept on the phone first, and sent then;
// what was sent twice the server takes once. Without storage or a worker, the forms and htmx do it as if this were not here.
import { forget, forgetOld, open, untilOf } from "./door-keeping.js"
import { DoorPage, NotLetIn } from "./door-page.js"

const AGAIN = 30_000, PATIENCE = 10_000, SECOND_TAP = 400
class NoNetwork extends Error {}

customElements.define("door-list", class extends DoorPage {
  async connectedCallback() {
    this.door = this.getAttribute("door")
    this.addEventListener("submit", event => this.submitted(event), true)
    this.addEventListener("input", event => this.typed(event), true)
    this.addEventListener("click", event => this.clicked(event))
    try {
      await forgetOld()
      await navigator.serviceWorker.register(`${this.door}worker.js`, { scope: this.door })
      this.kept = await open(this.getAttribute("gathering"))
    } catch { return }
    this.read()
    await this.show()
    this.timer = setInterval(() => document.hidden || this.sync(), AGAIN)
    this.back = () => this.sync()
    for (const [target, name] of this.signs = [[window, "online"], [window, "offline"], [document, "visibilitychange"]])
      target.addEventListener(name, this.back)
    await this.sync()
  }

  disconnectedCallback() {
    clearInterval(this.timer)
    for (const [target, name] of this.signs ?? []) target.removeEventListener(name, this.back)
  }

  // Taps

  async submitted(event) {
    const form = event.target, row = form.closest("[data-rsvp]")
    if (!this.kept || !(row || form.matches("[data-walk-in], [role=search]"))) return
    event.preventDefault()
    event.stopPropagation()
    if (form.matches("[role=search]")) return this.filter()
    if (row && Date.now() - row.tapped < SECOND_TAP) return
    const fields = new FormData(form), name = fields.get("name")?.trim()
    const tap = row
      ? { kind: row.isHere ? "undo" : "check-in", rsvp: row.dataset.rsvp, who: row.dataset.name, seen_at: row.seen ?? "" }
      : { kind: "walk-in", name, email: fields.get("email"), who: name }
    if (row) row.tapped = Date.now()
    try { await this.keepTap(tap) } catch { return form.submit() }
    if (!row) form.reset()
    this.sync()
  }

  async clicked({ target }) {
    const button = target.closest("[data-undo], [data-again], [data-leave]"), tap = button?.closest("li").tap
    if (!tap) return
    if (button.matches("[data-undo]")) await this.keepTap({ kind: "undo", of: tap.key, who: tap.who })
    else if (button.matches("[data-again]")) await this.kept.queue.put({ ...tap, refused: "" })
    else await this.kept.queue.remove(tap)
    await this.show()
    this.sync()
  }

  async keepTap(tap) {
    const tapped_at = new Date().toISOString()
    await this.kept.queue.put({ ...tap, key: crypto.randomUUID(), tapped_at, until: this.until ?? Date.now() + 48 * 3_600_000 })
    this.part("report").hidden = true
    await this.show()
  }

  // The network

  // One page at a time tells the server, in the order of the taps.
  sync() { return navigator.locks.request(`door-${this.getAttribute("gathering")}`, () => this.tellAll()) }

  async tellAll() {
    const wasLost = this.lost, said = []
    let sent = 0
    try {
      for (const tap of (await this.kept.queue.all()).filter(tap => !tap.refused)) {
        const { outcome, why } = await this.send(tap)
        if (outcome === "refused") await this.kept.queue.put({ ...tap, refused: why })
        else await this.kept.queue.remove(tap)
        if (this.dataset[outcome] && !(outcome === "already" && tap.kind === "undo")) said.push(this.dataset[outcome].replace("#", tap.who))
        sent++
      }
      await this.look()
      this.lost = null
    } catch (error) {
      if (!(error instanceof NoNetwork || error instanceof NotLetIn)) throw error
      this.lost = error
    }
    if (sent && wasLost && !this.lost) said.unshift(this.counted("sent", sent))
    if (said.length) this.report(said)
    await this.show()
  }

  async send(tap, isSecond = false) {
    const body = new FormData()
    for (const name of ["key", "kind", "tapped_at", "rsvp", "of", "seen_at", "name", "email"]) body.set(name, tap[name] ?? "")
    body.set("csrfmiddlewaretoken", this.querySelector("[name=csrfmiddlewaretoken]").value)
    const response = await this.ask("taps/", { method: "POST", body })
    if ([200, 409, 422].includes(response.status)) return response.json()
    if (isSecond) throw new NotLetIn()
    // A form token from before the last sign-in: the page has a new one, or says that we are signed out.
    await this.look()
    return this.send(tap, true)
  }

  // Look at the list as it is now, with what other doors did, and keep it.
  async look() {
    const response = await this.ask("kept/")
    if (!response.ok) {
      await this.kept.pages.delete(`${this.door}kept/`)
      throw new NotLetIn()
    }
    this.until = untilOf(response)
    if (!(this.until > Date.now())) return forget(this.getAttribute("gathering"))
    await this.kept.bucket?.setExpires(this.until)
    await this.kept.pages.put(`${this.door}kept/`, response.clone())
    this.become(new DOMParser().parseFromString(await response.text(), "text/html"))
    this.keepLooks()
  }

  async ask(page, options) {
    let response
    try { response = await fetch(this.door + page, { ...options, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) }) }
    catch { throw new NoNetwork() }
    if (response.status >= 500 || response.status === 429) throw new NoNetwork()
    return response
  }

  // What the page looks with: scripts, style and typefaces, as they are since the last upgrade.
  async keepLooks() {
    if (this.looks) return
    const files = performance.getEntriesByType("resource").map(entry => new URL(entry.name))
    const ours = files.filter(file => file.origin === location.origin && /^\/(static|style)\//.test(file.pathname))
    try { await Promise.all(ours.map(file => this.kept.pages.add(file))) } catch { return }
    this.looks = true
    const worker = navigator.serviceWorker
    if (!worker.controller) await new Promise(done => worker.addEventListener("controllerchange", done, { once: true }))
    this.part("ready").hidden = false
  }
})
