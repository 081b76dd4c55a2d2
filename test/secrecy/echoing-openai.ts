import { keysOf } from '../../local/simulated-openai/access.ts'
import { type Scripted, startScriptedServer } from '../providers/scripted-server.ts'

/** A wait longer than the client's deadline, so that it gives up at once. */
const TOO_LONG = { 'retry-after': '86400' }

/** What comes back, with the request's Authorization header in it. */
type Echo = (authorization: string) => Scripted

const refusing =
  (status: number): Echo =>
  (sent) => ({
    status,
    headers: TOO_LONG,
    json: { error: { message: `Bad header Authorization: ${sent}`, type: sent, code: sent, param: sent } },
  })

/** What a provider, or a proxy before it, may send back. */
const ECHOES: Readonly<Record<string, Echo>> = {
  'a 400 that repeats it': refusing(400),
  'a 401 that repeats it': refusing(401),
  'a 403 that repeats it': refusing(403),
  'a 404 that repeats it': refusing(404),
  'a 409 that repeats it': refusing(409),
  'a 429 that repeats it': refusing(429),
  'a 500 that repeats it': refusing(500),
  'a 401 that is the bare text': (sent) => ({ status: 401, json: { error: `Incorrect API key: ${sent}` } }),
  'a 403 that is HTML': (sent) => ({ status: 403, text: `<pre>${sent}</pre>` }),
  'a list whose fields are named by it': (sent) => ({ json: { data: [{ [sent]: sent, id: { [sent]: 1 } }] } }),
  'a list that holds it in a field of another type': (sent) => ({ json: { data: sent, has_more: sent } }),
  'text that is no JSON': (sent) => ({ text: `{"data":[{"id":"${sent}` }),
  'a redirect to an address that holds it': (sent) => ({
    status: 302,
    headers: { location: `http://127.0.0.1:1/?key=${encodeURIComponent(sent)}` },
  }),
  'half of it': (sent) => ({ json: { data: [sent] }, ending: 'cut' }),
  'a header that holds it': (sent) => ({ status: 503, headers: { 'retry-after': sent, 'x-request-id': sent } }),
}

/**
 * A stand-in for OpenAI that sends back its input, in another way for each key. Other keys are forwarded to `behind`.
 */
export async function startEchoingOpenAi(behind: { readonly baseUrl: string }) {
  const server = await startScriptedServer()
  const keys = Object.fromEntries(Object.keys(ECHOES).map((name) => [name, keysOf(`echo: ${name}`).admin]))
  const echoes = new Map(Object.entries(ECHOES).map(([name, echo]) => [`Bearer ${keys[name]}`, echo]))
  const origin = new URL(behind.baseUrl).origin
  let overruling: Echo | undefined
  server.answers(async (url, index) => {
    const authorization = server.requests[index]?.headers.authorization ?? ''
    const echo = overruling ?? echoes.get(authorization)
    if (echo !== undefined) return echo(authorization)
    const answer = await fetch(origin + url.pathname + url.search, { headers: { authorization } })
    return { status: answer.status, text: await answer.text() }
  })
  return {
    baseUrl: server.baseUrl,
    /** A key for each way, by what it gets back. */
    keys,
    /** From now on all keys are answered in one way. Undefined restores the individual ways. */
    answerAll: (name: string | undefined) => {
      overruling = name === undefined ? undefined : ECHOES[name]
    },
    close: () => server.close(),
  }
}
