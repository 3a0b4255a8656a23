// The worker below one door: when the network does not answer, it shows what the page has kept (door-keeping.js).
// It keeps nothing itself, and sends nothing: that is the page's part (door.js).
const DOOR = new URL(registration.scope).pathname, NAME = `door-${DOOR.split("/")[2]}`
const PATIENCE = 5_000

addEventListener("install", () => skipWaiting())
addEventListener("activate", event => event.waitUntil(clients.claim()))
addEventListener("fetch", event => {
  const { method, destination } = event.request
  // What the page asks for itself has no destination: it must know whether the network is there.
  if (method === "GET" && destination) event.respondWith(answer(event.request))
})

async function answer(request) {
  const fetched = fetch(request)
  try {
    const response = await (request.mode === "navigate" ? Promise.race([fetched, tooLate()]) : fetched)
    if (new URL(request.url).pathname === DOOR && isClosed(response)) await forgetList()
    return response
  } catch {
    return await kept(request) ?? fetched
  }
}

const tooLate = () => new Promise((_, failed) => setTimeout(failed, PATIENCE))

// Signed out, or not a greeter any more: who is expected is no longer this phone's to know.
const isClosed = response => response.type === "opaqueredirect" || response.status === 403 || response.status === 404

// Opened anew each time, for the page may have deleted it meanwhile; and held, or Chromium closes it before it answers.
let held
async function pages() {
  held = await navigator.storageBuckets?.open(NAME) ?? self
  return held.caches.open(NAME)
}

const forgetList = async () => (await pages()).delete(`${DOOR}kept/`)

async function kept(request) {
  if (request.mode !== "navigate") return await (await pages()).match(request) ?? (request.destination === "image" ? noPhoto() : undefined)
  const list = await (await pages()).match(`${DOOR}kept/`)
  if (Date.parse(list?.headers.get("Door-Kept-Until")) > Date.now()) return list
  await forgetList()
}

const noPhoto = () => new Response('<svg xmlns="http://www.w3.org/2000/svg"/>', { headers: { "Content-Type": "image/svg+xml" } })
