import { TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import type { EditRequest, WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import { useEdit } from '../../api/integration-mutations.ts'
import { Card } from '../../components/card.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { parseDomains } from '../../components/field-values.ts'
import { fieldError, isShownAtField, useFocusOnError } from '../../components/form-errors.ts'
import { DomainsField, ScheduleField } from '../../components/integration-fields.tsx'
import { SteadyButton } from '../../components/steady-button.tsx'
import classes from './settings.module.css'

const FIELDS = ['name', 'companyDomains', 'schedule'] as const

/** Name, company domains and schedule. Only changed fields are sent. */
export function SettingsForm({ integration }: { integration: WireIntegration }) {
  const inEffect = integration.companyDomainsInferred ? '' : integration.companyDomains.join(', ')
  const [name, setName] = useState(integration.name)
  const [domains, setDomains] = useState(inEffect)
  const [schedule, setSchedule] = useState(integration.schedule)
  const edit = useEdit(integration.id)
  const form = useFocusOnError(edit.error)
  const changes: EditRequest = {
    ...(name !== integration.name && { name }),
    ...(domains !== inEffect && { companyDomains: parseDomains(domains) }),
    ...(schedule !== integration.schedule && { schedule }),
  }
  const isChanged = Object.keys(changes).length > 0
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!isChanged) return
    edit.mutate(changes, {
      onSuccess: (saved) => {
        setName(saved.name)
        setDomains(saved.companyDomainsInferred ? '' : saved.companyDomains.join(', '))
        setSchedule(saved.schedule)
      },
    })
  }
  return (
    <Card title="Settings">
      <form ref={form} className={classes.form} onSubmit={submit}>
        <TextInput
          label="Name"
          required
          withAsterisk={false}
          value={name}
          error={fieldError(edit.error, 'name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div>
          <DomainsField
            value={domains}
            onChange={setDomains}
            error={fieldError(edit.error, 'companyDomains', edit.variables?.companyDomains ?? [])}
          />
          {integration.companyDomainsInferred && (
            <p className={classes.note}>
              Taken from the owners:{' '}
              {integration.companyDomains.length === 0 ? 'none found' : integration.companyDomains.join(', ')}
            </p>
          )}
        </div>
        <ScheduleField value={schedule} onChange={setSchedule} error={fieldError(edit.error, 'schedule')} />
        {edit.isError && !isShownAtField(edit.error, FIELDS) && <ErrorNotice error={edit.error} />}
        <div className={classes.buttons}>
          <SteadyButton type="submit" off={!isChanged} busy={edit.isPending}>
            Save changes
          </SteadyButton>
          <span role="status" className={classes.saved}>
            {edit.isSuccess && !isChanged && 'Saved'}
          </span>
        </div>
      </form>
    </Card>
  )
}
