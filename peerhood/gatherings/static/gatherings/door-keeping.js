// What a phone keeps of a door: the list, and taps that the server has not taken yet. All of it goes a day after the
// gathering. Where it can, the browser sees to that itself (a bucket with an end); elsewhere the next page that looks.
const buckets = navigator.storageBuckets
const NAME = "door-"

const answered = request => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result)
  request.onerror = () => failed(request.error)
})

// Opened once a page, and held: a bucket that nobody holds is closed by Chromium with what it was asked for.
const opened = new Map()

export function open(gathering) {
  if (!opened.has(gathering)) opened.set(gathering, opening(NAME + gathering))
  return opened.get(gathering)
}

async function opening(name) {
  const bucket = await buckets?.open(name), { indexedDB, caches } = bucket ?? globalThis
  const asked = indexedDB.open(name)
  asked.onupgradeneeded = () => asked.result.createObjectStore("taps", { keyPath: "number", autoIncrement: true })
  return { bucket, indexedDB, caches, queue: new Queue(await answered(asked)), pages: await caches.open(name) }
}

class Queue {
  constructor(database) {
    this.database = database
    // Signed out elsewhere: who wants to delete it need not wait for this page.
    database.onversionchange = () => database.close()
  }

  // In the order in which they were tapped.
  all() { return answered(this.database.transaction("taps").objectStore("taps").getAll()) }
  put(tap) { return this.change(taps => taps.put(tap)) }
  remove(tap) { return this.change(taps => taps.delete(tap.number)) }

  // Only what is written to the phone's memory for good counts as kept.
  change(act) {
    return new Promise((done, failed) => {
      const transaction = this.database.transaction("taps", "readwrite", { durability: "strict" })
      transaction.oncomplete = done
      transaction.onabort = () => failed(transaction.error)
      act(transaction.objectStore("taps"))
    })
  }
}

// Gatherings whose door this phone keeps.
export async function doors() {
  const names = buckets ? await buckets.keys() : (await indexedDB.databases()).map(each => each.name)
  return names.filter(name => name.startsWith(NAME)).map(name => name.slice(NAME.length))
}

export async function forget(gathering) {
  const name = NAME + gathering, { queue } = await open(gathering)
  opened.delete(gathering)
  queue.database.close()
  if (buckets) return buckets.delete(name)
  await caches.delete(name)
  await answered(indexedDB.deleteDatabase(name))
}

export const untilOf = response => Date.parse(response?.headers.get("Door-Kept-Until"))

export async function forgetOld() {
  for (const gathering of await doors()) {
    const { pages, queue } = await open(gathering)
    const until = untilOf(await pages.match(`/gatherings/${gathering}/door/kept/`))
    const ends = [until, ...(await queue.all()).map(tap => tap.until)].filter(Boolean)
    if (!ends.some(end => end > Date.now())) await forget(gathering)
  }
}
