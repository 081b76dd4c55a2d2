import { InMemoryWebStorage, UserManager, WebStorageStateStore, type User } from 'oidc-client-ts'
import type { Credentials } from '../api/api-client.ts'
import type { SignInConfig } from '../config.ts'

/** Where the issuer sends people back to. */
const CALLBACK_PATH = '/signed-in'

/** A token that is refused this soon after it was issued will not be better the next time. */
const JUST_NOW_MS = 60_000

/**
 * Signs in at the issuer with the authorization code flow and PKCE. Tokens live in session storage, so that a reload
 * does not sign out, and are revoked at sign-out.
 */
export class OidcSession implements Credentials {
  readonly #manager: UserManager
  readonly #config: SignInConfig
  #started: Promise<User | undefined> | undefined
  #signedInAtMs = 0

  constructor(config: SignInConfig) {
    this.#config = config
    this.#manager = new UserManager({
      authority: config.issuer,
      client_id: config.clientId,
      scope: config.scopes.join(' '),
      redirect_uri: `${location.origin}${CALLBACK_PATH}`,
      post_logout_redirect_uri: `${location.origin}/`,
      response_type: 'code',
      loadUserInfo: false,
      automaticSilentRenew: false,
      revokeTokensOnSignout: true,
      userStore: new WebStorageStateStore({ store: storage() }),
      stateStore: new WebStorageStateStore({ store: storage() }),
    })
  }

  /** Ends a sign-in that the issuer just came back from, or finds the one there is; undefined when it left for the issuer. */
  start(): Promise<User | undefined> {
    this.#started ??= this.#begin()
    return this.#started
  }

  async authorization(): Promise<string | undefined> {
    const user = await this.#current()
    return user === undefined ? undefined : `Bearer ${user.access_token}`
  }

  refused(): void {
    if (Date.now() - this.#signedInAtMs < JUST_NOW_MS) return
    void this.#manager.removeUser().then(() => this.signIn())
  }

  /** Leaves for the issuer, and comes back to the same page. */
  async signIn(): Promise<void> {
    const page = location.pathname === CALLBACK_PATH ? '/' : location.pathname + location.search
    await this.#manager.signinRedirect({ state: page })
  }

  /** Revokes the tokens and ends the session at the issuer; at its own address where it names no standard one. */
  async signOut(): Promise<void> {
    const { clientId, signOutUrl } = this.#config
    if (signOutUrl === null) return this.#manager.signoutRedirect()
    await this.#manager.revokeTokens()
    await this.#manager.removeUser()
    location.assign(`${signOutUrl}?${new URLSearchParams({ client_id: clientId, logout_uri: `${location.origin}/` })}`)
  }

  async #begin(): Promise<User | undefined> {
    if (location.pathname === CALLBACK_PATH && location.search !== '') {
      const user = await this.#manager.signinCallback()
      this.#signedInAtMs = Date.now()
      const page = typeof user?.state === 'string' && /^\/(?!\/)/.test(user.state) ? user.state : '/'
      history.replaceState(null, '', page)
      if (user !== undefined) return user
    }
    const user = await this.#current()
    if (user === undefined) await this.signIn()
    return user
  }

  /** The user with tokens that still hold, renewed where they had run out. */
  async #current(): Promise<User | undefined> {
    const user = await this.#manager.getUser()
    if (user === null) return undefined
    if (user.expired !== true) return user
    if (user.refresh_token === undefined) return undefined
    return (await this.#manager.signinSilent().catch(() => null)) ?? undefined
  }
}

/** Some browsers refuse session storage; memory signs out at a reload, and works. */
function storage(): Storage {
  try {
    sessionStorage.setItem('rollcall.probe', '')
    sessionStorage.removeItem('rollcall.probe')
    return sessionStorage
  } catch {
    return new InMemoryWebStorage()
  }
}
