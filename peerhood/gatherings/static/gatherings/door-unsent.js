// <unsent-arrivals> says, before somebody signs out, that this phone keeps taps at a door which the server has not taken.
import { doors, forgetOld, open } from "./door-keeping.js"

customElements.define("unsent-arrivals", class extends HTMLElement {
  async connectedCallback() {
    try {
      await forgetOld()
      for (const gathering of await doors()) {
        const { queue } = await open(gathering)
        if ((await queue.all()).length) this.say(gathering)
      }
    } catch { /* Where nothing can be kept, nothing is. */ }
  }

  say(gathering) {
    this.querySelector("a").href = `/gatherings/${gathering}/door/`
    this.hidden = false
  }
})
