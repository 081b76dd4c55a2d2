import { Button, PasswordInput } from '@mantine/core'
import { useState, useSyncExternalStore, type ReactNode, type SubmitEvent } from 'react'
import { ApiClient } from '../api/api-client.ts'
import { ApiContext } from '../api/api-context.ts'
import { queryClient } from '../api/query-client.ts'
import { CenteredCard } from '../components/centered-card.tsx'
import { isSendable, TokenCredentials } from './token-credentials.ts'

const credentials = new TokenCredentials()
const MALFORMED = 'This is not a token: it contains spaces or special characters. Copy it again.'
const REFUSED = 'That token was not accepted. Check it, or ask the operator of this Rollcall.'

const api = new ApiClient(credentials)

/** One machine: there is no sign-in. Asks for the token when the API requires one. */
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
  const [isMalformed, setIsMalformed] = useState(false)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsMalformed(!isSendable(token.trim()))
    if (!isSendable(token.trim())) return
    credentials.useToken(token.trim())
    queryClient.clear()
  }
  return (
    <CenteredCard title="This Rollcall asks for a token">
      <p>
        It was started with ROLLCALL_TOKEN. Paste that token. If there are several, paste yours, without the role and
        the colon. It is kept until you close this tab.
      </p>
      <form onSubmit={submit}>
        <PasswordInput
          label="Token"
          autoComplete="off"
          value={token}
          error={isMalformed ? MALFORMED : wasRefused && token === '' ? REFUSED : undefined}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the token' }}
          visibilityToggleFocusable
          onChange={(event) => {
            setToken(event.currentTarget.value)
            setIsMalformed(false)
          }}
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
