import { Button } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { keyCheckRequest, type WireKeyCheck } from '../../../../shared/contracts/integration-contract.ts'
import type { WireProvider } from '../../../../shared/contracts/provider-contract.ts'
import { useKeyCheck } from '../../api/integration-mutations.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { KeyField } from '../../components/integration-fields.tsx'
import { KeyCheckMarks } from '../../components/key-check-marks.tsx'
import { KeyGuidance } from '../../components/key-guidance.tsx'
import { SteadyButton } from '../../components/steady-button.tsx'
import classes from './connect-page.module.css'
import { StepHeading } from './step-heading.tsx'

/** Takes the key and tries it. Goes on only with a key that reads everything. */
export function KeyStep({
  provider,
  onBack,
  onValid,
}: {
  provider: WireProvider
  onBack: () => void
  onValid: (adminApiKey: string, check: WireKeyCheck) => void
}) {
  const [key, setKey] = useState('')
  const [error, setError] = useState<string>()
  const check = useKeyCheck()
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const parsed = keyCheckRequest.safeParse({ provider: provider.id, adminApiKey: key })
    setError(parsed.success ? undefined : `This ${parsed.error.issues[0]?.message ?? 'is not a key'}.`)
    if (!parsed.success) return
    check.mutate(parsed.data, {
      onSuccess: (answer) => {
        if (answer.valid) onValid(parsed.data.adminApiKey, answer)
      },
    })
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <div>
        <StepHeading>{`Paste ${/^[aeiou]/i.test(provider.key.label) ? 'an' : 'a'} ${provider.key.label}`}</StepHeading>
        <KeyGuidance provider={provider} />
        <KeyField
          provider={provider}
          value={key}
          error={error}
          onChange={(text) => {
            setKey(text)
            setError(undefined)
          }}
        />
      </div>
      <div role="status">
        {check.isPending && `Trying the key at ${provider.name}: this takes up to 15 seconds.`}
        {check.data !== undefined && !check.data.valid && <KeyCheckMarks check={check.data} provider={provider} />}
      </div>
      {check.isError && <ErrorNotice error={check.error} />}
      <div className={classes.buttons}>
        <SteadyButton type="submit" busy={check.isPending} off={key.trim() === ''}>
          Continue
        </SteadyButton>
        <Button variant="default" onClick={onBack}>
          Back
        </Button>
      </div>
    </form>
  )
}
