/** What stands beside each term of the lists of terms in a part of a page, those of sections inside it left out. */
export function termsIn(part: Element): Record<string, string[]> {
  const lists = [...part.querySelectorAll('dl')].filter((list) => !part.contains(sectionOf(list, part)))
  const terms = lists.flatMap((list) => [...list.querySelectorAll('dt')])
  return Object.fromEntries(terms.map((term) => [textOf(term), definitionsOf(term)]))
}

/** The nearest section, article or aside around an element, below a part of the page; null for none. */
function sectionOf(element: Element, part: Element): Element | null {
  const section = element.closest('section, article')
  return section === part ? null : section
}

function definitionsOf(term: Element): string[] {
  const texts: string[] = []
  for (let next = term.nextElementSibling; next?.tagName === 'DD'; next = next.nextElementSibling)
    texts.push(textOf(next))
  return texts
}

/** The rows of a table below its head, each cell under the head of its column. */
export function rowsOf(table: Element): Record<string, Element>[] {
  const heads = [...table.querySelectorAll('thead th, [role=columnheader]')].map((head) => textOf(head))
  const rows = [...table.querySelectorAll('tr, [role=row]')].map((row) => [...row.querySelectorAll('td, [role=cell]')])
  return rows
    .filter((cells) => cells.length > 0)
    .map((cells) => Object.fromEntries(cells.map((cell, column) => [heads[column] ?? `column ${column}`, cell])))
}

/** A text as it reads, its spaces one each. */
export function textOf(element: Element | null | undefined): string {
  return (element?.textContent ?? '').replaceAll(/\s+/g, ' ').trim()
}

/** The section with a heading. */
export function sectionCalled(page: Element, heading: string): Element {
  const found = [...page.querySelectorAll('section')].find((each) => textOf(each.querySelector('h2, h3')) === heading)
  if (found === undefined) throw new Error(`No section is called “${heading}”.`)
  return found
}
