import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { integrationListSchema } from '../../shared/contracts/integration-contract.ts'
import { userListSchema } from '../../shared/contracts/data-contract.ts'
import { peopleSchema } from '../../shared/contracts/people-contract.ts'
import { reviewItemsSchema } from '../../shared/contracts/review-items-contract.ts'
import { reviewListSchema, reviewSchema, type WireReview } from '../../shared/contracts/reviews-contract.ts'
import { openPage, settled, startBrowser } from './dashboard/browser.ts'

const FOLDER = fileURLToPath(new URL('../../docs/images/', import.meta.url))
const VIEWPORTS = { wide: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } }

/** The decisions on the first items of the review that is shown. */
const DECIDED = ['keep', 'keep', 'remove', 'keep'] as const

/** Takes the pictures in `docs/images` from a product that runs with its simulated organizations. Its address is the argument. */
async function takePictures(url: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  const browser = await startBrowser()
  const pages = await pagesOf(url)
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [size, viewport] of Object.entries(VIEWPORTS)) {
      for (const [name, path] of Object.entries(pages)) {
        const { page, close } = await openPage(browser, {
          url: url + path,
          colorScheme,
          viewport,
          reducedMotion: 'reduce',
        })
        await settled(page)
        if (name === 'connect') await page.getByRole('button', { name: /^OpenAI/ }).click()
        await page.screenshot({ path: `${FOLDER}${name}-${colorScheme}-${size}.png` })
        await close()
      }
    }
  }
  await browser.close()
}

async function pagesOf(url: string): Promise<Record<string, string>> {
  const list = integrationListSchema.parse(await (await fetch(`${url}/v1/integrations`)).json())
  const path = `/integrations/${list.items[0]?.id}`
  const users = userListSchema.parse(await (await fetch(`${url}/v1${path}/users?sort=-requests&limit=1`)).json())
  const people = peopleSchema.parse(
    await (await fetch(`${url}/v1/people?minOrganizations=2&sort=-requests&limit=1`)).json(),
  )
  const [user] = users.items
  const [person] = people.items
  const review = await openReview(url)
  if (user === undefined || person === undefined)
    throw new Error('Nothing is synced yet: take the pictures after the first syncs.')
  return {
    overview: '/',
    findings: '/findings',
    people: '/people',
    person: `/people/${person.id}`,
    roster: '/people/roster',
    'all-spend': '/spend?by=person',
    'all-keys': '/keys',
    organizations: '/organizations',
    connect: '/connect',
    organization: path,
    members: `${path}/members`,
    member: `${path}/members/${user.id}`,
    keys: `${path}/keys`,
    spend: `${path}/spend`,
    settings: `${path}/settings`,
    reviews: '/reviews',
    review: `/reviews/${review.id}`,
    help: '/help',
  }
}

/** A review of which some items are decided, so that there is something to see. One that was created before is taken again. */
async function openReview(url: string): Promise<WireReview> {
  const { items } = reviewListSchema.parse(await (await fetch(`${url}/v1/reviews`)).json())
  const open = items.find(({ state }) => state === 'open')
  if (open !== undefined) return open
  const body = { name: 'Access, fourth quarter', population: 'everyone', acceptIncomplete: true }
  const review = reviewSchema.parse(await post(`${url}/v1/reviews`, body))
  const address = `${url}/v1/reviews/${review.id}`
  const page = reviewItemsSchema.parse(await (await fetch(`${address}/items?limit=${DECIDED.length}`)).json())
  for (const [place, { id }] of page.items.entries())
    await post(`${address}/decisions`, { itemIds: [id], decision: DECIDED[place] })
  return review
}

async function post(address: string, body: unknown): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}.`)
  return answer.json()
}

await takePictures(process.argv[2] ?? 'http://127.0.0.1:3000')
