import assert from 'node:assert/strict'
import { join } from 'node:path'
import type * as z from 'zod'
import { startRollcall } from '../../infra/local/run-local.ts'
import { buildDashboard, installChromium } from './browser-tool.ts'
import { breaksNoAccessibilityRule } from './dashboard/accessibility.ts'
import { openPage, startBrowser } from './dashboard/browser.ts'
import { connectsByKeyboard, findsIdlePeople, showsTheApisFigures } from './dashboard/connecting.ts'
import { downloadsExactlyTheFiltered, filtersMembersByKeyboard, showsAMember } from './dashboard/members.ts'
import { startRevocableOrganization } from './dashboard/revocable-organization.ts'
import { changesSettings, disconnects, replacesARevokedKey } from './dashboard/settings.ts'
import { signsInAndOut } from './dashboard/signing-in.ts'
import type { Stage } from './dashboard/stage.ts'
import type { Step } from './step.ts'
import { hidesWhatWritesFromViewers } from './dashboard/viewer.ts'

const MEMBERS = 240
const VIEWER_TOKEN = 'the-viewers-token'

/** What people do in the dashboard, done in a real browser, mostly without a mouse. */
export const dashboardStep: Step = {
  name: 'dashboard',
  shows:
    'people connect, read, filter, export, repair and remove in a real browser; viewers only read; axe finds nothing',
  run: async (bench) => {
    const { say, folder, onEnd } = bench
    await installChromium(bench)
    await buildDashboard(bench)
    const openai = await startRevocableOrganization({ members: MEMBERS })
    onEnd(() => openai.close())
    const settings = {
      port: 0,
      dataDir: join(folder, 'data'),
      encryptionKey: undefined,
      syncIntervalSeconds: undefined,
      adminKey: undefined,
      baseUrl: openai.baseUrl,
      empty: true,
    }
    let rollcall = await startRollcall({ ...settings, tokens: undefined }, () => undefined)
    onEnd(() => rollcall.close())
    const browser = await startBrowser()
    onEnd(() => browser.close())
    const open = async () => {
      const { page, troubles } = await openPage(browser, { url: rollcall.url })
      const stage: Stage = {
        browser,
        page,
        url: rollcall.url,
        openai,
        say,
        integrationPath,
        api: readApi(rollcall.url),
      }
      return { stage, troubles }
    }
    let integrationPath = ''
    const first = await open()
    const tell = async (name: string, story: () => Promise<void>) => {
      const startedMs = performance.now()
      await story()
      say(`${name} (${((performance.now() - startedMs) / 1000).toFixed(1)} s)`)
    }
    await tell('connects by keyboard, after wrong keys', () => connectsByKeyboard(first.stage))
    await tell('shows the figures of the API', () => showsTheApisFigures(first.stage))
    await tell('finds idle people', () => findsIdlePeople(first.stage))
    await tell('filters members by keyboard', () => filtersMembersByKeyboard(first.stage))
    await tell('downloads exactly the filtered members', () => downloadsExactlyTheFiltered(first.stage))
    await tell('shows a member', () => showsAMember(first.stage))
    await tell('breaks no accessibility rule', () => breaksNoAccessibilityRule(first.stage))
    await tell('signs in and out', () => signsInAndOut(first.stage))
    await tell('replaces a revoked key', () => replacesARevokedKey(first.stage))
    await tell('changes settings', () => changesSettings(first.stage))
    assert.deepEqual(first.troubles, [])
    integrationPath = first.stage.integrationPath

    await rollcall.close()
    const tokens = [
      { token: VIEWER_TOKEN, role: 'viewer' },
      { token: 'the-admins-token', role: 'admin' },
    ] as const
    rollcall = await startRollcall({ ...settings, tokens }, () => undefined)
    const guarded = { url: rollcall.url, viewerToken: VIEWER_TOKEN }
    await tell('hides what writes from viewers', () =>
      hidesWhatWritesFromViewers({ ...first.stage, integrationPath }, guarded),
    )

    await rollcall.close()
    rollcall = await startRollcall({ ...settings, tokens: undefined }, () => undefined)
    const last = await open()
    await last.stage.page.goto(rollcall.url + integrationPath)
    await tell('disconnects', () => disconnects(last.stage))
    assert.deepEqual(last.troubles, [])
  },
}

function readApi(url: string): Stage['api'] {
  return async <Schema extends z.ZodType>(schema: Schema, path: string) => {
    const response = await fetch(`${url}/v1${path}`)
    return schema.parse(await response.json())
  }
}
