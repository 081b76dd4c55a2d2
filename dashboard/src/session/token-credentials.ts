import type { Credentials } from '../api/api-client.ts'

const STORAGE_KEY = 'rollcall.token'

/** The token of one machine (`ROLLCALL_TOKEN`), asked for only when the API wants one. Lives as long as the tab. */
export class TokenCredentials implements Credentials {
  readonly #listeners = new Set<() => void>()
  #needed = false

  async authorization(): Promise<string | undefined> {
    const token = sessionStorage.getItem(STORAGE_KEY)
    return token === null ? undefined : `Bearer ${token}`
  }

  refused(): void {
    sessionStorage.removeItem(STORAGE_KEY)
    this.#setNeeded(true)
  }

  /** Sends this token from now on. */
  useToken(token: string): void {
    sessionStorage.setItem(STORAGE_KEY, token)
    this.#setNeeded(false)
  }

  /** True after the API refused a call. */
  isNeeded = (): boolean => this.#needed

  /** Calls back when `isNeeded` changes; returns how to stop that. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #setNeeded(needed: boolean): void {
    this.#needed = needed
    for (const listener of this.#listeners) listener()
  }
}
