import { useState } from 'react'
import type { WireKeyCheck } from '../../../../shared/contracts/integration-contract.ts'
import type { WireProvider } from '../../../../shared/contracts/provider-contract.ts'
import { useMe } from '../../api/me-query.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useTitle } from '../../layout/use-title.ts'
import classes from './connect-page.module.css'
import { DetailsStep } from './details-step.tsx'
import { KeyStep } from './key-step.tsx'
import { ProviderStep } from './provider-step.tsx'
import { StepList } from './step-list.tsx'

type Step =
  | { name: 'provider' }
  | { name: 'key'; provider: WireProvider }
  | { name: 'details'; provider: WireProvider; adminApiKey: string; check: WireKeyCheck }

/** Connects an organization in three steps. The key lives in this component only, and goes with it. */
export default function ConnectPage() {
  useTitle('Connect an organization')
  const me = useMe()
  const [step, setStep] = useState<Step>({ name: 'provider' })
  if (me.data !== undefined && me.data.role !== 'admin') {
    return (
      <EmptyState title="Only an admin can connect an organization" icon="key" level={1}>
        <p>Ask an admin of this Rollcall to do it.</p>
      </EmptyState>
    )
  }
  return (
    <div className={classes.page}>
      <PageHeader title="Connect an organization" />
      <StepList current={step.name} />
      {step.name === 'provider' && <ProviderStep onChoose={(provider) => setStep({ name: 'key', provider })} />}
      {step.name === 'key' && (
        <KeyStep
          provider={step.provider}
          onBack={() => setStep({ name: 'provider' })}
          onValid={(adminApiKey, check) => setStep({ ...step, name: 'details', adminApiKey, check })}
        />
      )}
      {step.name === 'details' && (
        <DetailsStep
          provider={step.provider}
          adminApiKey={step.adminApiKey}
          check={step.check}
          onBack={() => setStep({ name: 'key', provider: step.provider })}
        />
      )}
    </div>
  )
}
