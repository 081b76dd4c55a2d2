import { expect, test } from '@jest/globals'
import type { SimulatedOrganization } from '../../local/simulated-openai/server.ts'
import { AS_DOCUMENTED } from '../../local/simulated-openai/switches.ts'
import { ask, DAY, MIDNIGHT, NOW, withOrganization } from './organization-bench.ts'

/* What people who call OpenAI's API reported, each behind a switch. */

const USAGE = `usage/completions?start_time=${MIDNIGHT - 3 * DAY}`

async function json(organization: SimulatedOrganization, path: string) {
  return JSON.parse((await ask(organization, path)).text)
}

test('An end after now is refused; an end at now or no end is accepted', () =>
  withOrganization({ switches: { futureEndRefused: true } }, async (organization) => {
    const now = NOW.getTime() / 1000
    const statusOf = async (end: string) => (await ask(organization, `${USAGE}${end}`)).status
    expect(await statusOf(`&end_time=${MIDNIGHT + DAY}`)).toBe(400)
    expect(await statusOf(`&end_time=${now}`)).toBe(200)
    const { data } = await json(organization, USAGE)
    expect(data.at(-1)).toMatchObject({ start_time: MIDNIGHT, end_time: now })
    organization.set(AS_DOCUMENTED)
    expect(await statusOf(`&end_time=${MIDNIGHT + DAY}`)).toBe(200)
  }))

test('Days are omitted together with their usage', () =>
  withOrganization({ switches: { daysLeftOut: ['2026-11-22'] } }, async (organization) => {
    const starts = async () =>
      (await json(organization, USAGE)).data.map((bucket: { start_time: number }) => bucket.start_time)
    expect(await starts()).toEqual([MIDNIGHT - 3 * DAY, MIDNIGHT - DAY, MIDNIGHT])
    organization.set({ daysLeftOut: [] })
    expect(await starts()).toHaveLength(4)
  }))

test('A page after a person who has left is 400 or 404', () =>
  withOrganization({}, async (organization) => {
    const { last_id: border } = await json(organization, 'users?limit=5')
    expect((await ask(organization, `users?after=${border}`)).status).toBe(200)
    organization.company.remove(border)
    expect((await ask(organization, `users?after=${border}`)).status).toBe(400)
    organization.set({ unknownCursorStatus: 404 })
    expect((await ask(organization, `users?after=${border}`)).status).toBe(404)
  }))

test('A person’s times are missing', () =>
  withOrganization({ switches: { absentTimes: true } }, async (organization) => {
    const { data } = await json(organization, 'users')
    expect(data[7]).not.toHaveProperty('added_at')
    expect(data[6]).toHaveProperty('added_at')
    organization.set({ nestedUserOnly: true })
    expect((await json(organization, 'users')).data[7]).not.toHaveProperty('added_at')
  }))
