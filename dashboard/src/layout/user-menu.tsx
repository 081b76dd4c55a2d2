import { ActionIcon, Menu } from '@mantine/core'
import { use } from 'react'
import { useMe } from '../api/me-query.ts'
import { Icon } from '../components/icon.tsx'
import { SignOutContext } from '../session/sign-in-context.ts'

/** The signed-in person, with sign-out. Absent without sign-in. */
export function UserMenu() {
  const signOut = use(SignOutContext)
  const me = useMe()
  if (signOut === undefined) return null
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Your account">
          <Icon name="user" size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {me.data !== undefined && (
          <Menu.Label>
            {me.data.name ?? me.data.subject} · {me.data.role}
          </Menu.Label>
        )}
        <Menu.Item leftSection={<Icon name="signOut" />} onClick={signOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
