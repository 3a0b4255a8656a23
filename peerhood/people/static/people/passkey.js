// <passkey-sign-in> and <passkey-add> fill in a form with what the browser's passkeys say, then send it.
// They show themselves only where passkeys work; a code by mail works everywhere.

const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0))
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")
const withBytes = list => (list ?? []).map(one => ({ ...one, id: bytes(one.id) }))

// Safari before 18.4 and Chrome before 129 do not read or write the JSON form themselves.
const forSignIn = json => PublicKeyCredential.parseRequestOptionsFromJSON?.(json) ??
  { ...json, challenge: bytes(json.challenge), allowCredentials: withBytes(json.allowCredentials) }
const forAdding = json => PublicKeyCredential.parseCreationOptionsFromJSON?.(json) ??
  { ...json, challenge: bytes(json.challenge), user: { ...json.user, id: bytes(json.user.id) }, excludeCredentials: withBytes(json.excludeCredentials) }

function written(credential) {
  if (credential.toJSON) return credential.toJSON()
  const { id, type, authenticatorAttachment, rawId, response } = credential
  const said = { clientDataJSON: text(response.clientDataJSON) }
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) said[name] = text(response[name])
  }
  return { id, type, authenticatorAttachment, rawId: text(rawId), response: said, clientExtensionResults: credential.getClientExtensionResults() }
}

class PasskeyForm extends HTMLElement {
  connectedCallback() {
    // A passkey belongs to a name; at a bare network address there can be none.
    const isBare = /^[\d.]+$|:/.test(location.hostname)
    if (!window.PublicKeyCredential || isBare) return
    this.form = this.querySelector("form")
    this.hidden = this.form.hidden = false
    this.querySelector("[data-missing]")?.remove()
    this.form.addEventListener("submit", event => { event.preventDefault(); this.ask() })
  }

  async ask() {
    const failed = this.querySelector("[role=alert]")
    failed.hidden = true
    try {
      this.form.elements.credential.value = JSON.stringify(written(await this.credential()))
      this.form.submit()
    } catch (error) {
      console.warn(error)
      failed.hidden = false
    }
  }
}

customElements.define("passkey-sign-in", class extends PasskeyForm {
  async credential() {
    const answer = await fetch(this.form.action, { headers: { Accept: "application/json" } })
    const { request_options } = await answer.json()
    return navigator.credentials.get({ publicKey: forSignIn(request_options.publicKey) })
  }
})

customElements.define("passkey-add", class extends PasskeyForm {
  credential() {
    const { publicKey } = JSON.parse(document.getElementById(this.getAttribute("options")).textContent).creation_options
    // A key that finds its owner by itself, so that signing in needs no address.
    const authenticatorSelection = { ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" }
    return navigator.credentials.create({ publicKey: forAdding({ ...publicKey, authenticatorSelection }) })
  }
})
