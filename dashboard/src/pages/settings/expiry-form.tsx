import { Button } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import { useEdit } from '../../api/integration-mutations.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { expiryDay, expiryInstant } from '../../components/expiry-day.ts'
import { ExpiryField } from '../../components/expiry-field.tsx'
import { fieldError, isShownAtField } from '../../components/field-error.ts'
import classes from './settings.module.css'

/** When the key expires, for the warning ahead of it. */
export function ExpiryForm({ integration }: { integration: WireIntegration }) {
  const known = expiryDay(integration.keyExpiresAt)
  const [expiry, setExpiry] = useState(known)
  const edit = useEdit(integration.id)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    edit.mutate({ keyExpiresAt: expiryInstant(expiry) })
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <ExpiryField value={expiry} onChange={setExpiry} error={fieldError(edit.error, 'keyExpiresAt')} />
      {edit.isError && !isShownAtField(edit.error, ['keyExpiresAt']) && <ErrorNotice error={edit.error} />}
      {expiry !== known && (
        <div className={classes.buttons}>
          <Button type="submit" variant="default" loading={edit.isPending}>
            Save the expiry
          </Button>
        </div>
      )}
    </form>
  )
}
