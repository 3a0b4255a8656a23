// Read LinkedIn's Connections.csv: some notes, a header, then a contact in each row, most of them without an address.
const COLUMNS = {
  first: "first name", last: "last name", profile: "url", address: "email address", employer: "company", title: "position",
}
const PROFILE = /^https:\/\/([a-z]+\.)?linkedin\.com\//

export function contactsIn(bytes) {
  const rows = cells(decoded(bytes))
  const at = rows.findIndex(row => ["first name", "connected on"].every(title => row.some(cell => tidy(cell) === title)))
  if (at < 0) return null
  const header = rows[at].map(tidy)
  const columns = Object.entries(COLUMNS).map(([name, title]) => [name, header.indexOf(title)])
  return rows.slice(at + 1).map(row => contact(Object.fromEntries(
    columns.map(([name, column]) => [name, (row[column] ?? "").trim()])
  ))).filter(contact => contact.name)
}

function contact({ first, last, profile, address, employer, title }) {
  return {
    name: `${first} ${last}`.trim(), work: [title, employer].filter(Boolean).join(", "),
    address: address.includes("@") ? address : "", profile: PROFILE.test(profile) ? profile : "",
  }
}

function decoded(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder("windows-1252").decode(bytes)
  }
}

const tidy = cell => cell.replace("\ufeff", "").trim().toLowerCase()

// Commas, quotes and line breaks as RFC 4180 has them.
function cells(text) {
  const rows = [[]]
  let cell = "", quoted = false
  const end = () => { rows.at(-1).push(cell); cell = "" }
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]
    if (quoted) {
      if (letter !== '"') cell += letter
      else if (text[i + 1] === '"') { cell += '"'; i++ } else quoted = false
    } else if (letter === '"' && !cell.trim()) { cell = ""; quoted = true }
    else if (letter === ",") end()
    else if (letter === "\n") { end(); rows.push([]) }
    else if (letter !== "\r") cell += letter
  }
  end()
  return rows
}
