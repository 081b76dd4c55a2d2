import { allKindsAnswer, kindAnswer } from '../model/kinds-answers.ts'
import { DRAWN_AT } from './drawn-at.ts'
import { type Compared, compareRead, get, rangeWithin, same } from './compared.ts'

const GROUPINGS = ['day', 'model', 'user', 'kind'] as const

/** Compares answers about all kinds of usage, and about some of them, with the model's. Returns the number of compared answers. */
export async function compareKinds(compared: Compared): Promise<number> {
  const { api, model, draw } = compared
  const nowMs = api.clock.now.getTime()
  const range = draw.chance(0.5) ? {} : rangeWithin(model.published, draw)
  for (const groupBy of GROUPINGS) {
    const path = `/usage?${new URLSearchParams({ kind: 'all', groupBy, ...range }).toString()}`
    const expected = allKindsAnswer(model, nowMs, groupBy, range)
    if (expected !== null) same(path, await get(compared, path), expected)
  }
  const kind = draw.pick(DRAWN_AT[model.provider].kinds)
  const days = draw.chance(0.5) ? {} : rangeWithin(model.published?.others ?? null, draw)
  for (const groupBy of GROUPINGS) {
    const path = `/usage?${new URLSearchParams({ kind, groupBy, ...days }).toString()}`
    await compareRead(compared, path, kindAnswer(model, nowMs, { kind, groupBy }, days))
  }
  return 2 * GROUPINGS.length
}
