import { keysOf } from '../../local/simulated-openai/access.ts'

/** A request that holds a key where no key belongs. */
export interface MislaidKey {
  readonly name: string
  readonly key: string
  readonly method: string
  /** After `/v1`. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

const JSON_TYPE = { 'content-type': 'application/json' }

/**
 * Typical mistakes of people and clients. Each has its own key, so a leak can be traced. `goodKey` is in the right
 * place, so only the misplaced key can cause a refusal.
 */
export function mislaidKeys(integrationId: string, goodKey: string): MislaidKey[] {
  return [
    ...inBodies(),
    ...inFields(integrationId, goodKey),
    ...inAddresses(integrationId),
    ...inHeaders(integrationId),
  ]
}

function inBodies(): MislaidKey[] {
  const bodies: Readonly<Record<string, (key: string) => string>> = {
    'a body cut short': (key) => `{"provider":"openai","name":"Cut","adminApiKey":"${key}"`,
    'a body that is the key': (key) => key,
    'a body in single quotes': (key) => `{'adminApiKey':'${key}'}`,
    'a body that is a form': (key) => `provider=openai&adminApiKey=${key}`,
    'a body that is a text': (key) => JSON.stringify(key),
    'a body that is a list': (key) => JSON.stringify([key]),
    'a body with a control character': (key) => `{"adminApiKey":"${key}\n"}`,
  }
  return Object.entries(bodies).flatMap(([name, body]) => {
    const key = keysOf(name).admin
    return ['/key-checks', '/integrations'].map((path) => ({
      ...request(name, key, 'POST', path),
      headers: JSON_TYPE,
      body: body(key),
    }))
  })
}

function inFields(integrationId: string, goodKey: string): MislaidKey[] {
  const good = { provider: 'openai', name: 'Mislaid', adminApiKey: goodKey }
  const fields: Readonly<Record<string, (key: string) => Record<string, unknown>>> = {
    'the key as a list': (key) => ({ ...good, adminApiKey: [key] }),
    'the key with its header': (key) => ({ ...good, adminApiKey: `Authorization: Bearer ${key}` }),
    'the provider': (key) => ({ ...good, provider: key }),
    'the name': (key) => ({ ...good, name: key }),
    'words of the name': (key) => ({ ...good, name: `Our key: ${key}` }),
    'the schedule': (key) => ({ ...good, schedule: key }),
    'a domain': (key) => ({ ...good, companyDomains: [key] }),
    'a label of a domain': (key) => ({ ...good, companyDomains: [`${key}.example`] }),
    'the expiry': (key) => ({ ...good, keyExpiresAt: key }),
    'a field that is unknown': (key) => ({ ...good, apiKey: key }),
    'the name of a field': (key) => ({ ...good, [key]: key }),
  }
  return Object.entries(fields).flatMap(([name, body]) => {
    const key = keysOf(name).admin
    const { provider, adminApiKey, ...edit } = body(key)
    const sent = { headers: JSON_TYPE, body: JSON.stringify({ provider, adminApiKey, ...edit }) }
    const edited = { headers: JSON_TYPE, body: JSON.stringify(edit) }
    return [
      { ...request(name, key, 'POST', '/integrations'), ...sent },
      { ...request(`${name}, edited`, key, 'PATCH', `/integrations/${integrationId}`), ...edited },
    ]
  })
}

function inAddresses(id: string): MislaidKey[] {
  const addresses: Readonly<Record<string, (key: string) => readonly [method: string, path: string]>> = {
    'an integration’s id': (key) => ['GET', `/integrations/${key}`],
    'the id of what is deleted': (key) => ['DELETE', `/integrations/${key}`],
    'a user’s id': (key) => ['GET', `/integrations/${id}/users/${key}`],
    'a sync’s id': (key) => ['GET', `/integrations/${id}/syncs/${key}`],
    'a path that is not there': (key) => ['GET', `/keys/${key}`],
    'a path with another method': (key) => ['PUT', `/integrations/${key}`],
    'a parameter’s name': (key) => ['GET', `/integrations/${id}/users?${key}=1`],
    'a parameter': (key) => ['POST', `/integrations?adminApiKey=${key}`],
    'a search': (key) => ['GET', `/integrations/${id}/users?q=${key}&limit=1`],
    'a filter': (key) => ['GET', `/integrations/${id}/users?role=${key}`],
    'a cursor': (key) => ['GET', `/integrations/${id}/users?cursor=${key}`],
    'a day': (key) => ['GET', `/integrations/${id}/usage?from=${key}`],
    'a format': (key) => ['GET', `/integrations/${id}/users?format=${key}`],
  }
  return Object.entries(addresses).map(([name, addressOf]) => {
    const key = keysOf(name).admin
    return request(name, key, ...addressOf(key))
  })
}

function inHeaders(id: string): MislaidKey[] {
  const names = ['x-api-key', 'cookie', 'accept', 'accept-encoding', 'user-agent', 'referer', 'x-http-method-override']
  const ofEach = names.map((name) => {
    const key = keysOf(name).admin
    return { ...request(`the header ${name}`, key, 'GET', `/integrations/${id}/licenses`), headers: { [name]: key } }
  })
  const ofBodies = ['content-type', 'content-encoding'].map((name) => {
    const key = keysOf(name).admin
    const sent = request(`the header ${name}`, key, 'PATCH', `/integrations/${id}`)
    return { ...sent, headers: { ...JSON_TYPE, [name]: key }, body: '{"name":"Never"}' }
  })
  const key = keysOf('authorization').admin
  const asToken = request('the token', key, 'GET', '/integrations')
  return [...ofEach, ...ofBodies, { ...asToken, headers: { authorization: `Bearer ${key}` } }]
}

function request(name: string, key: string, method: string, path: string): MislaidKey {
  return { name: `a key in ${name}`, key, method, path, headers: {}, body: undefined }
}
