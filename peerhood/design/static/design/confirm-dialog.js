// <confirm-dialog question="…" yes="…" no="…"> asks before the form inside it is sent.
// Without this file the form is sent at once, and the page after it offers the way back.
customElements.define("confirm-dialog", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", event => {
      if (event.target.method === "dialog" || this.sure) return
      event.preventDefault()
      event.stopImmediatePropagation()
      this.ask(event.target, event.submitter)
    }, { capture: true })
  }

  ask(form, submitter) {
    const dialog = document.createElement("dialog"), answers = document.createElement("form"), question = document.createElement("p")
    question.textContent = this.getAttribute("question")
    question.id = "question"
    dialog.setAttribute("aria-labelledby", question.id)
    answers.method = "dialog"
    answers.className = "cluster"
    answers.append(this.answer("no", "quiet"), this.answer("yes", "danger"))
    dialog.append(question, answers)
    this.append(dialog)
    dialog.addEventListener("close", () => {
      dialog.remove()
      if (dialog.returnValue !== "yes") return submitter?.focus()
      this.sure = true
      form.requestSubmit(submitter)
      this.sure = false
    })
    dialog.showModal()
  }

  answer(value, kind) {
    const button = document.createElement("button")
    Object.assign(button, { value, className: "button", textContent: this.getAttribute(value) })
    button.dataset.kind = kind
    return button
  }
})
