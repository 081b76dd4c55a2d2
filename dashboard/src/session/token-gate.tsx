import { Button, PasswordInput } from '@mantine/core'
import { useState, useSyncExternalStore, type ReactNode, type SubmitEvent } from 'react'
import { ApiClient } from '../api/api-client.ts'
import { ApiContext } from '../api/api-context.ts'
import { queryClient } from '../api/query-client.ts'
import { CenteredCard } from '../components/centered-card.tsx'
import { TokenCredentials } from './token-credentials.ts'

const credentials = new TokenCredentials()
const api = new ApiClient(credentials)

/** One machine: no sign-in. Asks for the token when the API wants one. */
export function TokenGate({ children }: { children: ReactNode }) {
  const need = useSyncExternalStore(credentials.subscribe, credentials.need)
  return (
    <ApiContext value={api}>
      {need === 'none' ? children : <TokenForm wasRefused={need === 'another_token'} />}
    </ApiContext>
  )
}

function TokenForm({ wasRefused }: { wasRefused: boolean }) {
  const [token, setToken] = useState('')
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    credentials.useToken(token.trim())
    queryClient.clear()
  }
  return (
    <CenteredCard title="This Rollcall asks for a token">
      <p>It was started with ROLLCALL_TOKEN. Paste the same value here; it is kept until you close this tab.</p>
      <form onSubmit={submit}>
        <PasswordInput
          label="Token"
          autoComplete="off"
          value={token}
          error={
            wasRefused && token === ''
              ? 'That token was not accepted. Check it, or ask whoever started this Rollcall.'
              : undefined
          }
          visibilityToggleButtonProps={{ 'aria-label': 'Show the token' }}
          visibilityToggleFocusable
          onChange={(event) => setToken(event.currentTarget.value)}
          required
          withAsterisk={false}
          autoFocus
        />
        <Button type="submit" mt="md" disabled={token.trim() === ''}>
          Open the dashboard
        </Button>
      </form>
    </CenteredCard>
  )
}
