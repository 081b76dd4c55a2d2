import { useRef, useState, type SubmitEvent } from 'react'
import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import { useEdit } from '../../api/integration-mutations.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { expiryDay, expiryInstant } from '../../components/field-values.ts'
import { fieldError, isShownAtField } from '../../components/form-errors.ts'
import { ExpiryField } from '../../components/integration-fields.tsx'
import { RestoreFocus } from '../../components/restore-focus.tsx'
import { SteadyButton } from '../../components/steady-button.tsx'
import classes from './settings.module.css'

/** Sets when the key expires, for the warning. */
export function ExpiryForm({ integration }: { integration: WireIntegration }) {
  const known = expiryDay(integration.keyExpiresAt)
  const [expiry, setExpiry] = useState(known)
  const form = useRef<HTMLFormElement>(null)
  const edit = useEdit(integration.id)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (expiry === known) return
    edit.mutate({ keyExpiresAt: expiryInstant(expiry) })
  }
  return (
    <form ref={form} className={classes.form} onSubmit={submit}>
      <ExpiryField value={expiry} onChange={setExpiry} error={fieldError(edit.error, 'keyExpiresAt')} />
      {edit.isError && !isShownAtField(edit.error, ['keyExpiresAt']) && <ErrorNotice error={edit.error} />}
      {expiry !== known && (
        <RestoreFocus className={classes.buttons} target={() => form.current?.querySelector('input')}>
          <SteadyButton type="submit" variant="default" busy={edit.isPending}>
            Save the expiry
          </SteadyButton>
        </RestoreFocus>
      )}
    </form>
  )
}
