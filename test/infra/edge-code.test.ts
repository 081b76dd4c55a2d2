import { runInNewContext } from 'node:vm'
import { describe, expect, test } from '@jest/globals'
import type { Template } from 'aws-cdk-lib/assertions'
import * as fc from 'fast-check'
import * as z from 'zod'
import { apiCode, bitsOf, EDGE_CODE_BYTES, filesCode } from '../../infra/site/edge-code.ts'
import { rangesOf } from '../../infra/settings/site-schema.ts'
import { synthesized } from './synthesized.ts'

const refusalSchema = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.object({ value: z.string() })),
  body: z.object({ encoding: z.literal('text'), data: z.string() }),
})

/** What a function of CloudFront makes of a request: what it answers itself, or where the request goes. */
function run(code: string, { ip, uri = '/' }: { readonly ip?: string | undefined; readonly uri?: string }): unknown {
  const event = {
    version: '1.0',
    context: { eventType: 'viewer-request' },
    viewer: { ip },
    request: { method: 'GET', uri, querystring: {}, headers: {}, cookies: {} },
  }
  const result: unknown = JSON.parse(runInNewContext(`${code}; JSON.stringify(handler(event))`, { event }))
  return result
}

function isLetIn(allowedAddresses: readonly string[], ip: string): boolean {
  return !refusalSchema.safeParse(run(apiCode(rangesOf(allowedAddresses)), { ip })).success
}

/** The code of the function that a path’s requests run through first; undefined when there is none. */
function codeFor(template: Template, path: string | undefined): string | undefined {
  const behaviorSchema = z.object({
    PathPattern: z.string().optional(),
    FunctionAssociations: z
      .array(
        z.object({
          EventType: z.literal('viewer-request'),
          FunctionARN: z.object({ 'Fn::GetAtt': z.array(z.string()) }),
        }),
      )
      .optional(),
  })
  const [distribution] = Object.values(template.findResources('AWS::CloudFront::Distribution'))
  const { CacheBehaviors, DefaultCacheBehavior } = distribution?.['Properties'].DistributionConfig ?? {}
  const behaviors = z.array(behaviorSchema).parse([DefaultCacheBehavior, ...CacheBehaviors])
  const [association] = behaviors.find(({ PathPattern }) => PathPattern === path)?.FunctionAssociations ?? []
  if (association === undefined) return undefined
  const [id = ''] = association.FunctionARN['Fn::GetAtt']
  const { FunctionCode, FunctionConfig } = template.findResources('AWS::CloudFront::Function')[id]?.['Properties'] ?? {}
  expect(FunctionConfig).toMatchObject({ Runtime: 'cloudfront-js-2.0' })
  return z.string().parse(FunctionCode)
}

const everything = await synthesized('everything')
const paths = [undefined, '/docs/*', '/v1/*']

test('Without an allow list pages lead to the dashboard’s document, and no code runs before API calls', async () => {
  const production = await synthesized('production')
  expect(paths.map((path) => codeFor(production, path))).toEqual([
    filesCode(undefined),
    filesCode(undefined),
    undefined,
  ])
  expect(run(filesCode(undefined), { uri: '/connect' })).toMatchObject({ uri: '/index.html' })
})

describe('The allow list', () => {
  test.each(paths)('admits only the listed addresses (%s)', (path) => {
    const code = codeFor(everything, path) ?? ''
    for (const ip of ['203.0.113.0', '203.0.113.255', '198.51.100.7', '2001:db8:40::', '2001:db8:4f:ffff::1']) {
      expect(run(code, { ip })).toMatchObject({ method: 'GET' })
    }
    for (const ip of ['203.0.112.255', '203.0.114.0', '198.51.100.8', '2001:db8:50::', '2001:db8:3f::', '::1']) {
      expect(run(code, { ip })).toMatchObject({ statusCode: 403 })
    }
  })

  test('refuses pages with a sentence and API calls with a problem', () => {
    const [files, api] = [undefined, '/v1/*'].map((path) =>
      refusalSchema.parse(run(codeFor(everything, path) ?? '', { ip: '192.0.2.1' })),
    )
    const sentence =
      'This network may not use Rollcall. Connect through a network of your company, or ask the operator.'
    expect(files?.headers['content-type']?.value).toBe('text/plain; charset=utf-8')
    expect(files?.body.data).toBe(`${sentence}\n`)
    expect(api?.headers['content-type']?.value).toBe('application/problem+json; charset=utf-8')
    expect(JSON.parse(api?.body.data ?? '')).toEqual({
      type: 'urn:rollcall:problem:forbidden',
      title: 'Not allowed',
      status: 403,
      detail: sentence,
      code: 'forbidden',
    })
    for (const refusal of [files, api]) expect(refusal?.headers['cache-control']?.value).toBe('no-store')
  })

  test('still leads pages to the dashboard, and keeps API addresses unchanged', () => {
    const ip = '203.0.113.1'
    expect(run(codeFor(everything, undefined) ?? '', { ip, uri: '/integrations/1/users' })).toMatchObject({
      uri: '/index.html',
    })
    expect(run(codeFor(everything, '/v1/*') ?? '', { ip, uri: '/v1/integrations' })).toMatchObject({
      uri: '/v1/integrations',
    })
  })

  test('admits nobody whose address CloudFront does not report', () => {
    for (const ip of [undefined, '', 'unknown', '1.2.3', '1.2.3.4.5', '1:2:3:4:5:6:7:8:9']) {
      const attempt = () => run(apiCode(rangesOf(['203.0.113.0/24', '2001:db8::/32'])), { ip })
      let answer: unknown = { statusCode: 403 }
      try {
        answer = attempt()
      } catch (error) {
        // CloudFront answers 503 when a function throws.
        expect(error).toBeDefined()
      }
      expect(answer).toMatchObject({ statusCode: 403 })
    }
  })
})

test.each([
  [['0.0.0.0/0'], '255.255.255.255', true],
  [['0.0.0.0/0'], '2001:db8::1', false],
  [['::/0'], '2001:db8::1', true],
  [['::/0'], '203.0.113.1', false],
  [['128.0.0.0/1'], '127.255.255.255', false],
  [['203.0.113.4/31'], '203.0.113.5', true],
  [['203.0.113.4/31'], '203.0.113.6', false],
  [['2001:db8::/33'], '2001:db8:7fff:ffff::', true],
  [['2001:db8::/33'], '2001:db8:8000::', false],
  [['2001:db8::1'], '2001:0db8:0000:0000:0000:0000:0000:0001', true],
  [['2001:DB8::1:0:0:1'], '2001:db8:0:0:1::1', true],
  [['::1'], '0:0:0:0:0:0:0:1', true],
  [['::'], '::1', false],
])('With %j, %s is admitted: %s', (allowed, ip, expected) => {
  expect(isLetIn(allowed, ip)).toBe(expected)
})

test('An address is in a range when the range’s prefix bits match', () => {
  const byte = fc.integer({ min: 0, max: 255 })
  const anyAddress = fc.array(byte, { minLength: 4, maxLength: 4 })
  const numberOf = (bytes: readonly number[]) => bytes.reduce((sum, each) => sum * 256n + BigInt(each), 0n)
  fc.assert(
    fc.property(anyAddress, anyAddress, fc.integer({ min: 0, max: 32 }), (one, other, length) => {
      const shift = BigInt(32 - length)
      const isSame = numberOf(one) >> shift === numberOf(other) >> shift
      const range = rangesOf([`${one.join('.')}/${length}`])[0] ?? ''
      expect(bitsOf(other.join('.')).startsWith(range)).toBe(isSame)
    }),
  )
})

test('All spellings of an IPv6 address have the same bits', () => {
  const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }))
  fc.assert(
    fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
      const whole = groups.map((each) => each.toString(16)).join(':')
      const short = new URL(`http://[${whole}]`).hostname.slice(1, -1)
      const bits = `6${groups.map((each) => each.toString(2).padStart(16, '0')).join('')}`
      expect([bitsOf(whole), bitsOf(short)]).toEqual([bits, bits])
    }),
  )
})

test('The code is plain ASCII, only uses CloudFront’s runtime, and stays within its limit', () => {
  for (const code of paths.map((path) => codeFor(everything, path) ?? '')) {
    expect(code).toMatch(/^[\n\x20-\x7e]+$/)
    expect(code).not.toMatch(/\?\.|\?\?|\.\.\.|\bclass |\bimport |for \([^;]* of |const \{|const \[|\(\{ /)
    expect(code.length).toBeLessThan(EDGE_CODE_BYTES)
  }
})
