import { InMemoryWebStorage, UserManager, WebStorageStateStore, type User } from 'oidc-client-ts'
import type { Credentials } from '../api/api-client.ts'
import { type DashboardSignIn, SIGNED_IN_PATH } from '../../../shared/contracts/dashboard-config.ts'
import { endSession } from './end-session.ts'

/** A token that is refused this soon after it was issued will not be better the next time. */
const JUST_NOW_MS = 60_000

/** How long the issuer may take for an answer: nobody who signs out waits for more. */
const ANSWERS_WITHIN_SECONDS = 10

/**
 * Signs in at the issuer with the authorization code flow and PKCE. Tokens live in session storage, so that a reload
 * does not sign out; at sign-out they are gone, and the one that could get new ones is revoked.
 */
export class OidcSession implements Credentials {
  readonly #manager: UserManager
  readonly #config: DashboardSignIn
  #started: Promise<User | undefined> | undefined
  #signedInAtMs = 0
  #isSignedOut = false

  constructor(config: DashboardSignIn) {
    this.#config = config
    this.#manager = new UserManager({
      authority: config.issuer,
      client_id: config.clientId,
      scope: config.scopes.join(' '),
      redirect_uri: `${location.origin}${SIGNED_IN_PATH}`,
      response_type: 'code',
      extraQueryParams: { ...config.authorizeParameters },
      loadUserInfo: false,
      automaticSilentRenew: false,
      requestTimeoutInSeconds: ANSWERS_WITHIN_SECONDS,
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
    // A call that was still under way must not sign in anew.
    if (this.#isSignedOut || Date.now() - this.#signedInAtMs < JUST_NOW_MS) return
    void this.#manager.removeUser().then(() => this.signIn())
  }

  /** Leaves for the issuer, and comes back to the same page. */
  async signIn(): Promise<void> {
    const page = location.pathname === SIGNED_IN_PATH ? '/' : location.pathname + location.search
    await this.#manager.signinRedirect({ state: page })
  }

  /** Ends the session here, and leaves for the issuer to end it there; false when the issuer offers no way to. */
  async signOut(): Promise<boolean> {
    this.#isSignedOut = true
    const address = await endSession(this.#manager, { signIn: this.#config, homeUrl: `${location.origin}/` })
    if (address === undefined) return false
    location.assign(address)
    return true
  }

  async #begin(): Promise<User | undefined> {
    if (location.pathname === SIGNED_IN_PATH && location.search !== '') {
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
