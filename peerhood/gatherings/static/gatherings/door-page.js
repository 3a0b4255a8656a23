// What a greeter sees of a door: the list as the server told it, and laid over it what is still on this phone.
export class NotLetIn extends Error {}

export class DoorPage extends HTMLElement {
  part(name) { return this.querySelector(`[data-part=${name}]`) }
  get rows() { return [...this.querySelectorAll("[data-rsvp]")] }
  counted(name, n) { return (n === 1 ? this.dataset[`${name}One`] : this.dataset[`${name}Many`]).replace("#", n) }

  become(page) {
    const list = page.getElementById("door-list"), text = list.innerHTML.replace(/value="\w{64}"/g, "")
    for (const field of this.querySelectorAll("[name=csrfmiddlewaretoken]"))
      field.value = page.querySelector("[name=csrfmiddlewaretoken]").value
    if (text === this.text) return
    this.text = text
    const focused = this.querySelector("#door-list :focus")?.id
    this.querySelector("#door-list").replaceChildren(...list.childNodes)
    this.querySelector("#door-counts").replaceChildren(...page.getElementById("door-counts").childNodes)
    this.read()
    document.getElementById(focused)?.focus()
  }

  // What the server said, before anything of ours is laid over it.
  read() {
    for (const row of this.rows) row.seen = row.dataset.here
    this.coming = Number(this.querySelector("[data-number=coming]").textContent)
  }

  async show() {
    const taps = await this.kept.queue.all(), waiting = taps.filter(tap => !tap.refused)
    const tapped = new Map(waiting.filter(tap => tap.rsvp).map(tap => [tap.rsvp, tap.kind === "check-in"]))
    for (const row of this.rows) this.paint(row, tapped.get(row.dataset.rsvp) ?? Boolean(row.seen), tapped.has(row.dataset.rsvp))
    const undone = new Set(waiting.map(tap => tap.of)), walkedIn = waiting.filter(tap => tap.kind === "walk-in" && !undone.has(tap.key))
    this.list("walked-in", walkedIn)
    this.list("refused", taps.filter(tap => tap.refused))
    this.count(walkedIn.length)
    this.tellLost(waiting.length)
    this.filter()
  }

  paint(row, isHere, isKept) {
    row.isHere = isHere
    row.toggleAttribute("data-here", isHere)
    for (const part of row.querySelectorAll("[data-when]")) part.hidden = { here: !isHere, away: isHere, kept: !isKept || !this.lost }[part.dataset.when]
    row.querySelector("form").action = `${this.door}${row.dataset.rsvp}/${isHere ? "undo/" : ""}`
    const { dataset } = row.querySelector("button")
    if (isHere) dataset.kind = "quiet"
    else delete dataset.kind
  }

  list(name, taps) {
    const part = this.part(name), items = taps.map(tap => {
      const item = this.part(`${name}-one`).content.firstElementChild.cloneNode(true)
      item.querySelector("strong").textContent = tap.who
      if (tap.refused) item.querySelector("span").textContent = tap.refused
      return Object.assign(item, { tap })
    })
    ;(part.matches("ul") ? part : part.querySelector("ul")).replaceChildren(...items)
    part.hidden = !items.length
  }

  count(walkedIn) {
    const here = this.rows.filter(row => row.isHere && !row.matches("[data-online]"))
    const people = here.length + walkedIn, guests = here.reduce((sum, row) => sum + Number(row.dataset.guests), 0)
    const coming = this.coming + walkedIn
    const numbers = { people, guests, coming, here: people + guests, "to-come": coming - people - guests }
    for (const number of this.querySelectorAll("[data-number]")) number.textContent = numbers[number.dataset.number]
  }

  tellLost(waiting) {
    const part = this.part("lost"), isShut = this.lost instanceof NotLetIn
    const words = isShut ? this.dataset.signedOut.replace("#", waiting) : waiting ? this.counted("lost", waiting) : this.dataset.lost
    part.hidden = !this.lost
    part.querySelector("a").hidden = !isShut
    if (part.firstElementChild.textContent !== words) part.firstElementChild.textContent = words
  }

  report(lines) {
    this.part("report").replaceChildren(...lines.map(line => Object.assign(document.createElement("p"), { textContent: line })))
    this.part("report").hidden = false
  }

  typed(event) {
    if (!this.kept || event.target.id !== "q") return
    event.stopPropagation()
    this.filter()
  }

  filter() {
    const typed = folded(this.querySelector("#q").value), words = typed.length < 2 ? [] : typed.split(" ")
    for (const row of this.rows) row.hidden = !words.every(word => row.dataset.foundBy.includes(word))
    this.part("nobody").hidden = !words.length || this.rows.some(row => !row.hidden)
  }
}

// As peerhood/search/folding.py does it: Åsa is found by "as".
const folded = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim()
