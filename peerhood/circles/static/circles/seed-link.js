// <seed-link kept-as="7/3fa9c012" link="https://…"> copies a seed's link and letter, and keeps the link in this
// tab for as long as it is open: the server tells it once. Without this file the fields can be copied by hand.
const GAP = "{link}"

customElements.define("seed-link", class extends HTMLElement {
  connectedCallback() {
    const name = `seed-link/${this.getAttribute("kept-as")}`
    const told = this.getAttribute("link")
    if (told) sessionStorage.setItem(name, told)
    const link = told || sessionStorage.getItem(name)
    if (!link) return
    this.hidden = false
    for (const field of this.querySelectorAll("input, textarea")) field.value = field.value.replace(GAP, link)
    const mail = this.querySelector("a[href^='mailto:']")
    mail.href = mail.href.replace(encodeURIComponent(GAP), encodeURIComponent(link))
    for (const button of this.querySelectorAll("[data-copies]")) {
      button.hidden = !navigator.clipboard
      button.addEventListener("click", () => this.copy(button))
    }
  }

  async copy(button) {
    const label = button.textContent
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).value)
    button.textContent = this.getAttribute("copied")
    button.ariaLive = "polite"
    setTimeout(() => { button.textContent = label }, 2500)
  }
})
