// <values-sort name="values KAFFE-42 7" most="5" used="{n} of {max} chosen"> keeps which cards somebody chose, on this phone only.
// Nothing of it is sent. Without this file the boxes can be ticked and are forgotten with the page.
customElements.define("values-sort", class extends HTMLElement {
  connectedCallback() {
    this.kept = new Set(JSON.parse(localStorage.getItem(this.getAttribute("name")) ?? "[]"))
    for (const box of this.boxes) box.checked = this.kept.has(box.value)
    this.addEventListener("change", event => this.choose(event.target))
    this.show()
  }

  get boxes() { return this.querySelectorAll("input") }

  choose(box) {
    if (box.checked) this.kept.add(box.value)
    else this.kept.delete(box.value)
    localStorage.setItem(this.getAttribute("name"), JSON.stringify([...this.kept]))
    this.show()
  }

  // When all are chosen, one has to go before another comes.
  show() {
    const most = Number(this.getAttribute("most"))
    for (const box of this.boxes) box.disabled = !box.checked && this.kept.size >= most
    this.querySelector("output").value = this.getAttribute("used").replace("{n}", this.kept.size).replace("{max}", most)
  }
})
