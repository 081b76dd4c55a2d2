import { Button, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { useLocation } from 'wouter'
import type { WireKeyCheck } from '../../../../shared/contracts/integration-contract.ts'
import type { WireProvider } from '../../../../shared/contracts/provider-contract.ts'
import { useConnect } from '../../api/integration-mutations.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { expiryDay, expiryInstant, parseDomains } from '../../components/field-values.ts'
import { fieldError, isShownAtField, useFocusOnError } from '../../components/form-errors.ts'
import { DomainsField, ExpiryField, ScheduleField } from '../../components/integration-fields.tsx'
import { KeyCheckMarks } from '../../components/key-check-marks.tsx'
import { SteadyButton } from '../../components/steady-button.tsx'
import classes from './connect-page.module.css'
import { StepHeading } from './step-heading.tsx'

const FIELDS = ['name', 'companyDomains', 'schedule', 'keyExpiresAt'] as const

/** Names the integration and saves it; then its page follows the first sync. */
export function DetailsStep({
  provider,
  adminApiKey,
  check,
  onBack,
}: {
  provider: WireProvider
  adminApiKey: string
  check: WireKeyCheck
  onBack: () => void
}) {
  const [, navigate] = useLocation()
  const [name, setName] = useState(`${provider.name} Organization`)
  const [domains, setDomains] = useState('')
  const [schedule, setSchedule] = useState('')
  const [expiry, setExpiry] = useState(expiryDay(check.keyExpiresAt))
  const connect = useConnect()
  const form = useFocusOnError(connect.error)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const body = {
      provider: provider.id,
      name,
      adminApiKey,
      companyDomains: parseDomains(domains),
      schedule: schedule === '' ? null : schedule,
      keyExpiresAt: expiry === expiryDay(check.keyExpiresAt) ? check.keyExpiresAt : expiryInstant(expiry),
    }
    connect.mutate(body, { onSuccess: ({ id }) => navigate(`/integrations/${id}`) })
  }
  const error = (field: (typeof FIELDS)[number]) => fieldError(connect.error, field)
  return (
    <form ref={form} className={classes.form} onSubmit={submit}>
      <div>
        <StepHeading>{`The key ending in ${check.keyHint} works`}</StepHeading>
        <KeyCheckMarks check={check} provider={provider} />
      </div>
      <TextInput
        label="Name"
        description="What this organization is called in Rollcall."
        required
        withAsterisk={false}
        value={name}
        error={error('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <DomainsField
        value={domains}
        onChange={setDomains}
        error={fieldError(connect.error, 'companyDomains', connect.variables?.companyDomains ?? [])}
      />
      <ScheduleField value={schedule} onChange={setSchedule} error={error('schedule')} />
      <ExpiryField value={expiry} onChange={setExpiry} error={error('keyExpiresAt')} />
      {connect.isError && !isShownAtField(connect.error, FIELDS) && <ErrorNotice error={connect.error} />}
      <div className={classes.buttons}>
        <SteadyButton type="submit" busy={connect.isPending}>
          Save
        </SteadyButton>
        <Button variant="default" onClick={onBack}>
          Use another key
        </Button>
      </div>
    </form>
  )
}
