import { Button } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { keyCheckRequest } from '../../../../shared/contracts/integration-contract.ts'
import type { WireProvider } from '../../../../shared/contracts/provider-contract.ts'
import { useEdit, useKeyCheck } from '../../api/integration-mutations.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { KeyField } from '../../components/integration-fields.tsx'
import { KeyCheckMarks } from '../../components/key-check-marks.tsx'
import { KeyGuidance } from '../../components/key-guidance.tsx'
import { SteadyButton } from '../../components/steady-button.tsx'
import classes from './settings.module.css'

/**
 * Checks another key and saves it if it can read all that is required. A sync then starts at once. The previous key stays in
 * use until then. If the new key cannot read something optional, the form stays open to say so.
 */
export function ReplaceKeyForm({
  integrationId,
  provider,
  onEnd,
}: {
  integrationId: string
  provider: WireProvider
  onEnd: () => void
}) {
  const [key, setKey] = useState('')
  const [error, setError] = useState<string>()
  const check = useKeyCheck()
  const edit = useEdit(integrationId)
  const replace = async () => {
    const parsed = keyCheckRequest.safeParse({ provider: provider.id, adminApiKey: key })
    setError(parsed.success ? undefined : `This ${parsed.error.issues[0]?.message ?? 'is not a key'}.`)
    if (!parsed.success) return
    const answer = await check.mutateAsync(parsed.data)
    if (!answer.valid) return
    await edit.mutateAsync({ adminApiKey: parsed.data.adminApiKey, keyExpiresAt: answer.keyExpiresAt })
    if (answer.checks.every(({ ok }) => ok)) onEnd()
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    // Errors come from the two mutations.
    replace().catch(() => undefined)
  }
  const isPending = check.isPending || edit.isPending
  const failure = check.error ?? edit.error
  return (
    <form className={classes.form} onSubmit={submit}>
      <KeyGuidance provider={provider} />
      <KeyField provider={provider} value={key} onChange={setKey} error={error} />
      <div role="status">
        {isPending && `Trying the key at ${provider.name}: this takes up to 15 seconds.`}
        {edit.isSuccess && 'The key was replaced.'}
        {check.data !== undefined && <KeyCheckMarks check={check.data} provider={provider} />}
      </div>
      {failure !== null && <ErrorNotice error={failure} />}
      <div className={classes.buttons}>
        <SteadyButton type="submit" busy={isPending} off={key.trim() === ''}>
          Check and replace
        </SteadyButton>
        <Button variant="default" onClick={onEnd}>
          {edit.isSuccess ? 'Close' : 'Keep the old key'}
        </Button>
      </div>
    </form>
  )
}
