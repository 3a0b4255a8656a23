// What does not fit on the page as it stands: one line for each fault.
// Text runs over the edge of a box it is in or is cut off by one; something lies over the bar at the bottom.
() => {
  const SLACK = 1  // Boxes and letters end on fractions of a pixel,
  const BEARING = .02  // and the room of a letter is a little wider than what is drawn of it.
  const ARROW = 20  // A select keeps this for its arrow.
  const LONGEST = 30  // A longer word may break.
  const WORD = 100  // Narrower than this, a field shows no whole word.
  const faults = new Set()
  const named = node => node.nodeName.toLowerCase() + (node.id && `#${node.id}`) + [...node.classList].map(name => `.${name}`).join("")
  const say = (what, node, text = node.textContent) =>
    faults.add(`${what} ${named(node)}: “${text.trim().replace(/\s+/g, " ").slice(0, 60)}”`)
  // Read aloud only, in this width or in each; or waiting above the page until it has the focus.
  const isClipped = node => node && (getComputedStyle(node).clipPath === "inset(50%)" || isClipped(node.parentElement))
  const isUnseen = node => !node.checkVisibility({ visibilityProperty: true }) || node.closest(".visually-hidden, .skip, noscript, option") || isClipped(node)

  if (document.documentElement.scrollWidth > innerWidth) faults.add(`scrolls sideways: ${document.documentElement.scrollWidth}`)

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let text; text = texts.nextNode();) {
    if (!text.nodeValue.trim() || isUnseen(text.parentElement)) continue
    const range = document.createRange()
    range.selectNodeContents(text)
    const lines = [...range.getClientRects()]
    if (lines.length > 1 && getComputedStyle(text.parentElement).hyphens !== "auto" && !text.parentElement.closest("code")) {
      // An address may break anywhere, a word may not.
      for (const { 0: word, index } of text.nodeValue.matchAll(/(?<![\p{L}\p{N}]|\S[@/_.:])[\p{L}\p{N}]{2,}(?![^\s]*[@/_.:]\S)/gu)) {
        range.setStart(text, index)
        range.setEnd(text, index + word.length)
        if (word.length <= LONGEST && range.getClientRects().length > 1) say(`breaks “${word}” in`, text.parentElement)
      }
    }
    for (const line of lines) for (let box = text.parentElement; box; box = box.parentElement) {
      const { display, overflowX, overflowY, fontSize } = getComputedStyle(box)
      if (display === "inline" || display === "contents") continue
      if (overflowX === "auto" || overflowX === "scroll") break
      const edge = box.getBoundingClientRect(), slack = Math.max(SLACK, parseFloat(fontSize) * BEARING)
      if (line.left < edge.left - slack || line.right > edge.right + slack) say("runs over", box, text.nodeValue)
      if (overflowY !== "visible" && (line.top < edge.top - SLACK || line.bottom > edge.bottom + SLACK)) say("is cut off by", box, text.nodeValue)
    }
  }

  for (const button of document.querySelectorAll("button, .button, .pill, .tabs a, .tab-bar a, .nav a, summary, h1, h2, h3, label, legend, th")) {
    if (isUnseen(button) || getComputedStyle(button).display === "inline") continue
    if (button.scrollWidth > button.clientWidth + 2 * SLACK || button.scrollHeight > button.clientHeight + 2 * SLACK && getComputedStyle(button).overflowY !== "visible") say("is too small", button)
  }

  const ruler = document.createElement("canvas").getContext("2d")
  for (const select of document.querySelectorAll("select")) {
    if (isUnseen(select)) continue
    const { font, paddingInlineStart, paddingInlineEnd } = getComputedStyle(select), text = select.selectedOptions[0]?.text ?? ""
    ruler.font = font
    const room = select.clientWidth - parseFloat(paddingInlineStart) - parseFloat(paddingInlineEnd) - ARROW
    if (ruler.measureText(text).width > room + SLACK) say("is too small", select, text)
  }

  for (const field of document.querySelectorAll("input:is([type=text], [type=search], [type=email], [type=url]), textarea")) {
    if (!isUnseen(field) && field.clientWidth < WORD) say("leaves no room to write in", field, field.name)
  }

  const dock = document.querySelector(".dock")
  if (dock?.offsetHeight > parseFloat(getComputedStyle(document.documentElement).scrollPaddingBlockEnd)) say("hides what holds the focus", dock)
  for (const button of document.querySelectorAll(".dock :is(a, button)")) {
    if (isUnseen(button)) continue
    const { left, right, top, bottom } = button.getBoundingClientRect()
    for (const [x, y] of [[left + 4, (top + bottom) / 2], [right - 4, (top + bottom) / 2], [(left + right) / 2, top + 4], [(left + right) / 2, bottom - 4]]) {
      const hit = document.elementFromPoint(x, y)
      if (!button.contains(hit)) say(`lies under ${hit ? named(hit) : "the edge of the window"}`, button)
    }
  }
  return [...faults]
}
