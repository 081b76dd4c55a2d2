import type { Page } from 'playwright-core'

/**
 * Runs in an empty page: a search field and a list without a framework, a style or a component. It asks the API what it
 * is told to ask, and shows the first answers as rows of plain text.
 */
const BARE_LIST = `({ address, rowCount }) => {
  document.body.innerHTML = '<input type="search"><div></div>'
  const [field, list] = document.body.children
  const cellOf = (value) => {
    const cell = document.createElement('span')
    cell.role = 'cell'
    cell.textContent = typeof value === 'object' ? JSON.stringify(value) : String(value)
    return cell
  }
  const rowOf = (item) => {
    const row = document.createElement('div')
    row.role = 'row'
    row.append(...Object.values(item).map(cellOf))
    return row
  }
  field.addEventListener('input', async () => {
    const url = new URL(address)
    url.searchParams.set('q', field.value)
    const { items } = await (await fetch(url)).json()
    list.replaceChildren(...items.slice(0, rowCount).map(rowOf))
  })
}`

/** Makes a page of the API's origin the least that finds and shows people: as many rows, of the same answers. */
export async function showBareList(
  page: Page,
  options: { readonly address: string; readonly rowCount: number },
): Promise<void> {
  await page.evaluate(`(${BARE_LIST})(${JSON.stringify(options)})`)
}
