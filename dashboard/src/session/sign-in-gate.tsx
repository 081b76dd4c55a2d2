import { Button } from '@mantine/core'
import { useEffect, useState, type ReactNode } from 'react'
import { ApiClient } from '../api/api-client.ts'
import { ApiContext } from '../api/api-context.ts'
import { CenteredCard } from '../components/centered-card.tsx'
import type { DashboardSignIn } from '../../../shared/contracts/dashboard-config.ts'
import { OidcSession } from './oidc-session.ts'
import { SignOutContext } from './sign-in-context.ts'

type State = { readonly kind: 'waiting' | 'in' | 'failed' | 'out' }

/** Requires sign-in at the issuer. This is a separate chunk, which is never loaded on one machine. */
export default function SignInGate({ config, children }: { config: DashboardSignIn; children: ReactNode }) {
  const [session] = useState(() => new OidcSession(config))
  const [api] = useState(() => new ApiClient(session))
  const [state, setState] = useState<State>({ kind: 'waiting' })
  useEffect(() => {
    let isCurrent = true
    const start = async () => {
      const user = await session.start()
      if (isCurrent && user !== undefined) setState({ kind: 'in' })
    }
    start().catch(() => {
      if (isCurrent) setState({ kind: 'failed' })
    })
    return () => {
      isCurrent = false
    }
  }, [session])

  const signIn = () => void session.signIn().catch(() => setState({ kind: 'failed' }))
  const signOut = async () => {
    const isLeaving = await session.signOut()
    if (!isLeaving) setState({ kind: 'out' })
  }

  if (state.kind === 'waiting') return <CenteredCard title="Signing in…" />
  if (state.kind === 'failed') {
    return (
      <CenteredCard title="Signing in did not work">
        <p>The sign-in service did not answer as expected. Try again; if it keeps failing, ask your administrator.</p>
        <Button onClick={signIn}>Try again</Button>
      </CenteredCard>
    )
  }
  if (state.kind === 'out') {
    return (
      <CenteredCard title="You are signed out of Rollcall">
        <p>
          You may still be signed in at your sign-in service, which Rollcall cannot change. Sign out there too if others
          use this browser.
        </p>
        <Button onClick={signIn}>Sign in again</Button>
      </CenteredCard>
    )
  }
  return (
    <ApiContext value={api}>
      <SignOutContext value={() => void signOut().catch(() => setState({ kind: 'failed' }))}>{children}</SignOutContext>
    </ApiContext>
  )
}
