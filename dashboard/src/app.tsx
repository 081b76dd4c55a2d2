import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { CenteredCard } from './components/centered-card.tsx'
import { CONFIG_QUERY } from './config.ts'
import { Routes } from './routes.tsx'
import { TokenGate } from './session/token-gate.tsx'

const SignInGate = lazy(() => import('./session/sign-in-gate.tsx'))

/** Reads the sign-in configuration, signs the person in, and shows the pages. */
export function App() {
  const config = useQuery(CONFIG_QUERY)
  if (config.isPending) return null
  if (config.isError) {
    return (
      <CenteredCard title="The dashboard could not start">
        <p>
          Its settings, /config.json, could not be read. Try again; if it keeps failing, contact the operator of
          Rollcall.
        </p>
        <Button onClick={() => void config.refetch()}>Try again</Button>
      </CenteredCard>
    )
  }
  const { signIn } = config.data
  if (signIn === null) {
    return (
      <TokenGate>
        <Routes />
      </TokenGate>
    )
  }
  return (
    <Suspense fallback={null}>
      <SignInGate config={signIn}>
        <Routes />
      </SignInGate>
    </Suspense>
  )
}
