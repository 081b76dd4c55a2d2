import { expect, test } from '@jest/globals'
import * as z from 'zod'
import { siteFilesSchema } from '../../functions/deploy-site/site-files.ts'
import { synthesize } from './synthesize.ts'

const oidc = { kind: 'oidc', issuer: 'https://id.example.com', audiences: ['rollcall'] } as const
const roles = { claim: 'roles', viewer: ['viewer'], admin: ['admin'] }

/** What the deployed site is to be made of; what is known only while deploying reads as its reference. */
function site(dashboard?: { clientId: string; scopes: string[] }) {
  const template = synthesize({ signIn: { ...oidc, ...(dashboard !== undefined && { dashboard }) }, roles })
  const [resource] = Object.values(template.findResources('Custom::RollcallSite'))
  const properties = z.record(z.string(), z.unknown()).parse(resource?.['Properties'])
  return siteFilesSchema.parse({ ...properties, bucket: 'files', assetBucket: 'assets' })
}

test('The page that describes the API is deployed under docs/, with its types', () => {
  const files = new Map(site().files.map(({ name, type }) => [name, type]))
  expect(files.get('docs/index.html')).toBe('text/html; charset=utf-8')
  expect(files.get('docs/start.js')).toBe('text/javascript; charset=utf-8')
  expect(files.get('docs/swagger-ui.css')).toBe('text/css; charset=utf-8')
  expect(files.get('index.html')).toBe('text/html; charset=utf-8')
})

test('config.json tells the dashboard how to sign in, and nothing secret', () => {
  const [config, ...others] = site({ clientId: 'rollcall-web', scopes: ['openid', 'email'] }).texts
  expect(others).toEqual([])
  expect([config?.name, config?.type]).toEqual(['config.json', 'application/json'])
  expect(JSON.parse(config?.body ?? '')).toEqual({
    signIn: {
      issuer: 'https://id.example.com',
      clientId: 'rollcall-web',
      scopes: ['openid', 'email'],
      signOutUrl: null,
    },
  })
})

test('Without a client for the dashboard, config.json says that there is no sign-in', () => {
  expect(JSON.parse(site().texts[0]?.body ?? '')).toEqual({ signIn: null })
})
