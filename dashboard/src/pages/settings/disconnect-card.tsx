import { TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { useLocation } from 'wouter'
import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import type { WireProvider } from '../../../../shared/contracts/provider-contract.ts'
import { useDisconnect } from '../../api/integration-mutations.ts'
import { Card } from '../../components/card.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { SteadyButton } from '../../components/steady-button.tsx'
import classes from './settings.module.css'

/** Removes the integration after its name was typed. */
export function DisconnectCard({ integration, provider }: { integration: WireIntegration; provider: WireProvider }) {
  const [, navigate] = useLocation()
  const [name, setName] = useState('')
  const disconnect = useDisconnect(integration.id)
  const isSure = name.trim().normalize('NFC') === integration.name
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (isSure) disconnect.mutate(undefined, { onSuccess: () => navigate('/organizations') })
  }
  return (
    <Card title="Disconnect">
      <p className={classes.text}>
        This deletes the key, all members with their seats, and all usage that Rollcall has read from this organization.
        It cannot be undone. Nothing changes at {provider.name}: revoke the key there as well. The audit events stay for
        400 days.
      </p>
      <form className={classes.form} onSubmit={submit}>
        <TextInput
          label={`To confirm, type the name: ${integration.name}`}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {disconnect.isError && <ErrorNotice error={disconnect.error} />}
        <div className={classes.buttons}>
          <SteadyButton type="submit" color="red" off={!isSure} busy={disconnect.isPending}>
            Disconnect and delete
          </SteadyButton>
        </div>
      </form>
    </Card>
  )
}
