// <contact-picker> reads a list of contacts in the browser, to search and tick. Nothing in it has a name or stands
// in a form, so nothing of the list is ever sent: the button copies ticked addresses to the field #id_addresses.
// Without this file the element stays hidden, and addresses are typed.
import { contactsIn } from "./contacts.js"

const SHOWN = 30
const folded = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()

customElements.define("contact-picker", class extends HTMLElement {
  connectedCallback() {
    this.hidden = false
    this.parts = Object.fromEntries([...this.querySelectorAll("[data-part]")].map(part => [part.dataset.part, part]))
    this.search = this.querySelector("input[type=search]")
    this.field = document.getElementById("id_addresses")
    this.querySelector("input[type=file]").addEventListener("change", event => this.read(event.target.files[0]))
    this.search.addEventListener("input", () => this.show())
    // Enter looks, it does not send.
    this.search.addEventListener("keydown", event => { if (event.key === "Enter") event.preventDefault() })
    this.parts.found.addEventListener("change", event => this.tick(event.target))
    this.parts.take.addEventListener("click", () => this.take())
  }

  async read(file) {
    if (!file) return
    const contacts = contactsIn(await file.arrayBuffer())
    this.parts.list.hidden = !contacts
    this.parts.status.textContent = contacts ? this.say("read", contacts.length) : this.getAttribute("unread")
    if (!contacts) return
    this.contacts = contacts.map(contact => ({ ...contact, words: folded(`${contact.name} ${contact.work}`) }))
    this.show()
    this.count()
    this.search.focus()
  }

  show() {
    const words = folded(this.search.value).split(/\s+/)
    const found = this.contacts.filter(contact => words.every(word => contact.words.includes(word)))
    // Who is ticked stays in sight, whatever is looked for.
    const ticked = this.ticked()
    const others = found.filter(contact => !contact.isTicked)
    this.parts.found.replaceChildren(...[...ticked, ...others.slice(0, SHOWN)].map(contact => this.row(contact)))
    const left = others.length - SHOWN
    this.parts.more.textContent = left > 0 ? this.say("more", left) : found.length ? "" : this.getAttribute("none")
  }

  row(contact) {
    const row = document.createElement("li"), label = document.createElement("label"), box = document.createElement("input")
    const words = document.createElement("span"), name = document.createElement("strong"), work = document.createElement("span")
    Object.assign(box, { type: "checkbox", checked: contact.isTicked ?? false })
    box.contact = contact
    name.textContent = contact.name
    work.className = "quiet"
    work.textContent = [contact.work, contact.address].filter(Boolean).join(" · ")
    words.append(name, work)
    label.append(box, words)
    row.append(label)
    return row
  }

  tick(box) {
    box.contact.isTicked = box.checked
    this.count()
  }

  ticked() {
    return this.contacts.filter(contact => contact.isTicked)
  }

  count() {
    const ticked = this.ticked(), addresses = ticked.filter(contact => contact.address)
    this.parts.ticked.textContent = ticked.length ? this.say("ticked", ticked.length, addresses.length) : ""
    // A button that holds the focus is marked rather than disabled.
    this.parts.take.ariaDisabled = String(!addresses.length)
    this.offerMail(addresses)
    const elsewhere = ticked.filter(contact => !contact.address && contact.profile)
    this.parts.elsewhere.hidden = !elsewhere.length
    this.parts.elsewhere.lastElementChild.replaceChildren(...elsewhere.map(contact => this.profile(contact)))
  }

  offerMail(addresses) {
    // Only where the link is known; the letter stands in the mail that seed-link.js has made ready.
    const letter = document.querySelector("seed-link:not([hidden]) a[href^='mailto:']")?.href.split("?")[1]
    const hidden = addresses.map(contact => contact.address).join(",")
    this.parts.mail.hidden = !letter || !addresses.length
    if (letter) this.parts.mail.href = `mailto:?bcc=${encodeURIComponent(hidden)}&${letter}`
  }

  profile(contact) {
    const item = document.createElement("li"), link = document.createElement("a")
    Object.assign(link, { href: contact.profile, textContent: contact.name, target: "_blank", rel: "noreferrer noopener" })
    item.append(link)
    return item
  }

  take() {
    const known = this.field.value.split(/[\s,;]+/).filter(Boolean)
    const all = new Set([...known, ...this.ticked().map(contact => contact.address).filter(Boolean)])
    if (all.size === known.length) return
    this.field.value = [...all].join("\n")
    this.field.focus()
  }

  say(sentence, n, m) {
    return this.getAttribute(sentence).replace("{n}", n).replace("{m}", m)
  }
})
