import { Link } from 'wouter'
import { Button } from '@mantine/core'
import { useMayWrite } from '../api/me-query.ts'
import { EmptyState } from './empty-state.tsx'
import { Icon } from './icon.tsx'

/** Shown by pages about all organizations while there is none. It leads admins to connecting one. */
export function NothingConnected() {
  const mayWrite = useMayWrite()
  return (
    <EmptyState title="No organization is connected yet" icon="key">
      <p>
        Connect one with a key that can read it, and Rollcall reads its members and the last 60 days of usage, then
        keeps both up to date. It takes about two minutes.
      </p>
      {mayWrite ? (
        <Button component={Link} href="/connect" leftSection={<Icon name="plus" />}>
          Connect an organization
        </Button>
      ) : (
        <p>Ask an admin of this Rollcall to connect one.</p>
      )}
    </EmptyState>
  )
}
