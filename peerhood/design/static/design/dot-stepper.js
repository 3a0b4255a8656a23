// <dot-stepper max="3" used="{n} of {max} used" less="One less for" more="One more for"> gives out dots over the
// number fields inside it. Without this file they are number fields, and the server counts.
customElements.define("dot-stepper", class extends HTMLElement {
  connectedCallback() {
    this.fields = [...this.querySelectorAll(".stepper input[type=number]")]
    this.fields.forEach(field => this.dress(field))
    this.output = this.querySelector("output")
    this.count()
  }

  dress(field) {
    const box = document.createElement("span"), dots = document.createElement("span")
    const label = field.labels[0]?.textContent.trim() ?? ""
    dots.className = "dots"
    field.type = "hidden"
    field.before(box)
    field.dots = dots
    field.less = this.button("−", `${this.getAttribute("less")} ${label}`, () => this.give(field, -1))
    field.more = this.button("+", `${this.getAttribute("more")} ${label}`, () => this.give(field, 1))
    box.append(field.less, dots, field.more, field)
  }

  button(sign, name, act) {
    const button = document.createElement("button")
    Object.assign(button, { type: "button", className: "step", textContent: sign, ariaLabel: name })
    button.addEventListener("click", act)
    return button
  }

  give(field, step) {
    if ((step < 0 ? field.less : field.more).ariaDisabled === "true") return
    field.value = Number(field.value) + step
    field.dispatchEvent(new Event("change", { bubbles: true }))
    this.count()
  }

  count() {
    const max = Number(this.getAttribute("max"))
    const used = this.fields.reduce((sum, field) => sum + Number(field.value), 0)
    for (const field of this.fields) {
      const given = Number(field.value)
      field.dots.textContent = "●".repeat(given) || "–"
      field.dots.ariaLabel = String(given)
      // A button that was just pressed keeps the focus, so it is marked rather than disabled.
      field.less.ariaDisabled = String(given <= 0)
      field.more.ariaDisabled = String(used >= max || given >= (field.max || max))
    }
    if (this.output) this.output.textContent = this.getAttribute("used").replace("{n}", used).replace("{max}", max)
  }
})
