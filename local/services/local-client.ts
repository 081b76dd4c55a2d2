/** Calls this Rollcall over HTTP, like any client. */
export function localClient(url: string, token: string) {
  const authorization = `Bearer ${token}`
  return { getJson, postJson, requirePage }

  /** Throws when the status is not 2xx. */
  async function getJson(path: string): Promise<unknown> {
    return (await requirePage(path)).json()
  }

  async function postJson(path: string, body: unknown): Promise<{ status: number; body: unknown }> {
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: answer.status, body: await answer.json() }
  }

  /** Throws when the status is not 2xx. */
  async function requirePage(path: string): Promise<Response> {
    const answer = await fetch(url + path, { headers: { authorization } })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}.`)
    return answer
  }
}
