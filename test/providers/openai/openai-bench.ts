import { AdminApiKey } from '../../../shared/domain/admin-api-key.ts'
import { openOpenAiOrganization, type OpenAiOptions } from '../../../shared/providers/openai/organization.ts'
import { noTimeout } from '../../watchdog.ts'
import { NOW } from '../scripted-server.ts'

export const SECRET = 'sk-admin-verysecretverysecret-wxyz'

/** An organization at a server. Pauses take no time and are recorded. */
export function openOrganization(baseUrl: string, options: Partial<OpenAiOptions> = {}) {
  const waits: number[] = []
  const organization = openOpenAiOrganization({
    baseUrl,
    key: new AdminApiKey(SECRET),
    deadline: new Date('2026-03-10T12:10:00.000Z'),
    sleep: (ms) => {
      waits.push(ms)
      return Promise.resolve()
    },
    timeout: noTimeout,
    now: () => NOW,
    ...options,
  })
  return { organization, waits }
}

/** Midnight UTC of a day in March 2026, in unix seconds. Day 0 is the last of February. */
export function march(day: number): number {
  return Date.UTC(2026, 2, day) / 1000
}

export function bucket(day: number, results: unknown[] = [], overrides: Record<string, unknown> = {}) {
  return { object: 'bucket', start_time: march(day), end_time: march(day + 1), results, ...overrides }
}

export function row(overrides: Record<string, unknown> = {}) {
  return {
    object: 'organization.usage.completions.result',
    user_id: 'user-1',
    model: 'gpt-5',
    num_model_requests: 2,
    input_tokens: 30,
    input_cached_tokens: 10,
    output_tokens: 5,
    ...overrides,
  }
}
