// <live-room src="/r/KAFFE-42/" stream="/r/KAFFE-42/stream/" version="7"> follows a room.
// The stream says only that the room has changed; what it looks like is asked of src. Without a stream,
// or when it falls silent, src is asked every five seconds. What somebody ticked or wrote stays.
const POLL = 5_000, SILENCE = 30_000, PATIENCE = 10_000

customElements.define("live-room", class extends HTMLElement {
  connectedCallback() {
    this.version = this.wanted = Number(this.getAttribute("version"))
    this.step = this.querySelector("[data-step]")?.dataset.step
    this.lost = document.querySelector("[data-lost]")
    this.awake = () => { if (!document.hidden) { this.slept = true; this.listen(); this.ask() } }
    this.addEventListener("submit", event => this.send(event))
    document.addEventListener("visibilitychange", this.awake)
    addEventListener("online", this.awake)
    const { requestStart, responseStart } = performance.getEntriesByType("navigation")[0]
    this.correct(this, (requestStart + responseStart) / 2)
    this.bring()
    this.listen()
    this.wait(POLL)
  }

  disconnectedCallback() {
    this.source.close()
    clearTimeout(this.timer)
    document.removeEventListener("visibilitychange", this.awake)
    removeEventListener("online", this.awake)
  }

  // A slow network brings an answer late. The server read its clock half way between question and answer.
  correct(within, read) {
    const late = performance.now() - read
    for (const clock of within.querySelectorAll("[server-now]"))
      clock.setAttribute("server-now", new Date(Date.parse(clock.getAttribute("server-now")) + late).toISOString())
  }

  get isSilent() { return this.source?.readyState === EventSource.CLOSED || !(Date.now() - this.heard < SILENCE) }

  listen() {
    const state = this.source?.readyState
    if (state === EventSource.CONNECTING || state === EventSource.OPEN && !this.isSilent) return
    this.source?.close()
    this.source = new EventSource(this.getAttribute("stream"))
    this.source.addEventListener("changed", event => {
      this.heard = Date.now()
      this.wanted = Math.max(this.wanted, event.data)
      if (this.wanted > this.version) this.ask()
    })
    // Signed out from another device: what stands here is not for whoever holds this one.
    this.source.addEventListener("signed-out", () => location.reload())
  }

  // Jittered, so that a room full of phones does not ask in one breath.
  wait(pause) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      if (document.hidden || this.wanted <= this.version && !this.isSilent) return this.wait(POLL)
      this.listen()
      this.ask()
    }, pause * (.75 + Math.random() / 2))
  }

  async ask() {
    if (this.asking || this.sending) return
    this.asking = true
    // A phone that slept may have had its clock put right meanwhile: it asks for all, unchanged or not.
    const pause = await this.fetch(this.getAttribute("src") + (this.slept ? "" : `?since=${this.version}`))
    this.asking = false
    this.wait(this.wanted > this.version ? POLL / 10 : pause || POLL)
  }

  async send(event) {
    const form = event.target
    if (event.defaultPrevented || form.method !== "post") return
    event.preventDefault()
    // The stream hears of the act before its answer is here; to ask meanwhile would only slow the answer down.
    this.sending = (this.sending ?? 0) + 1
    // A second tap goes out too: the version it carries tells the server that it is one.
    await this.fetch(form.getAttribute("action"), { method: "POST", body: new FormData(form, event.submitter) })
    this.sending--
    if (this.wanted > this.version) this.ask()
  }

  // Answers how long to wait before asking again, where the server has a wish.
  async fetch(address, options) {
    try {
      const signal = AbortSignal.timeout(PATIENCE), asked = performance.now()
      const response = await fetch(address, { ...options, signal, headers: { "HX-Request": "true" } })
      await this.show(response, (asked + performance.now()) / 2)
      this.tell(response.status >= 500)
      return response.headers.get("Retry-After") * 1000
    } catch {
      this.tell(true)
    }
  }

  async show(response, read) {
    if (response.status === 204 || response.status >= 500) return
    const version = response.headers.get("Room-Version"), arrived = document.createElement("template")
    arrived.innerHTML = await response.text()
    if (response.status === 409) this.prepend(...arrived.content.children)
    // Signed out, or the room is gone: the whole page says it better than a part of it.
    else if (version === null) location.reload()
    else if (version >= this.version) {
      this.slept = false
      this.correct(arrived.content, read)
      become(this, arrived.content)
      this.version = Number(version)
      this.bring()
      this.turnTo(this.querySelector("[data-step]")?.dataset.step)
    }
  }

  // What a pot, a vote or cards need is brought when there is the first one.
  bring() {
    if (this.querySelector("note-pot, poured-pot")) import("./pot.js")
    if (this.querySelector("vote-pot, vote-over")) import("./vote.js")
    if (this.querySelector("values-sort")) import("./values-sort.js")
  }

  // A new item, a new table, a result: it begins at the top, wherever somebody had scrolled.
  turnTo(step) {
    if (step !== this.step) scrollTo(0, 0)
    this.step = step
  }

  tell(isLost) { if (this.lost) this.lost.hidden = !isLost }
})

// Make the children of here equal to those of there, and leave alone what is the same already:
// so the focus, a half-filled form and a running clock live through every change around them.
function become(here, there) {
  let at = here.firstChild
  for (const wanted of [...there.childNodes]) {
    const found = seek(at, wanted)
    while (found && at !== found) at = drop(at)
    if (!found) here.insertBefore(wanted, at)
    else {
      at = found.nextSibling
      if (!found.isEqualNode(wanted)) equal(found, wanted)
    }
  }
  while (at) at = drop(at)
}

// A box to tick is told from its neighbours by its value; the value of a hidden field changes every time.
const key = node => node.nodeName + (node.id || (node.name ?? "") + (/^(radio|checkbox)$/.test(node.type) ? node.value : ""))

function seek(at, wanted) {
  for (; at; at = at.nextSibling) {
    if (key(at) === key(wanted)) return at
    // What has an id is somebody else's place: nothing without one is looked for beyond it.
    if (at.id && !wanted.id) return null
  }
}

function equal(node, wanted) {
  if (node.nodeType !== Node.ELEMENT_NODE) return void (node.nodeValue = wanted.nodeValue)
  // What an element gave itself goes first: it gives it to itself again when it is told something new.
  for (const { name } of [...node.attributes]) if (name !== "open" && !wanted.hasAttribute(name)) node.removeAttribute(name)
  for (const { name, value } of wanted.attributes) if (node.getAttribute(name) !== value) node.setAttribute(name, value)
  // A custom element fills itself from its attributes.
  if (!node.nodeName.includes("-")) become(node, wanted)
}

// What a clock says aloud is put beside it by the clock, not by the server.
const isVoice = node => node.dataset && "voice" in node.dataset

function drop(node) {
  const next = node.nextSibling
  if (!isVoice(node)) node.remove()
  return next
}
