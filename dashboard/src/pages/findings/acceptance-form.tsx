import { Button, TextInput } from '@mantine/core'
import { useEffect, useState, type SubmitEvent } from 'react'
import { REASON_LENGTH, type WireFinding } from '../../../../shared/contracts/findings-contract.ts'
import { useAcceptFinding } from '../../api/company-queries.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { fieldError, isShownAtField, useFocusOnError } from '../../components/form-errors.ts'
import { SteadyButton } from '../../components/steady-button.tsx'
import classes from './findings-page.module.css'

/** Asks for the reason of an acceptance, and for its last day. */
export function AcceptanceForm({
  finding,
  onDone,
  onCancel,
}: {
  finding: WireFinding
  onDone: () => void
  onCancel: () => void
}) {
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState('')
  const accept = useAcceptFinding(finding.id)
  const form = useFocusOnError(accept.error)
  useEffect(() => form.current?.querySelector('input')?.focus(), [form])
  const isEmpty = reason.trim() === ''
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (isEmpty || accept.isPending) return
    accept.mutate({ reason, until: until === '' ? null : until }, { onSuccess: onDone })
  }
  return (
    <form ref={form} className={classes.form} aria-label={`Accept ${finding.subject.label}`} onSubmit={submit}>
      <TextInput
        label="Why is this all right?"
        description="Everybody who can open Rollcall can read it."
        maxLength={REASON_LENGTH}
        value={reason}
        error={fieldError(accept.error, 'reason')}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label="Last day, if it ends"
        description="In UTC. After it, the finding is open again."
        value={until}
        error={fieldError(accept.error, 'until')}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      {accept.isError && !isShownAtField(accept.error, ['reason', 'until']) && <ErrorNotice error={accept.error} />}
      <div className={classes.buttons}>
        <SteadyButton type="submit" size="xs" off={isEmpty} busy={accept.isPending}>
          Accept this finding
        </SteadyButton>
        <Button variant="default" size="xs" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
