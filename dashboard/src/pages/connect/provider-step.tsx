import { Skeleton } from '@mantine/core'
import type { WireProvider } from '../../../../shared/contracts/provider-contract.ts'
import { useProviders } from '../../api/provider-queries.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Icon } from '../../components/icon.tsx'
import classes from './provider-step.module.css'

/** Chooses whose organization to connect. */
export function ProviderStep({ onChoose }: { onChoose: (provider: WireProvider) => void }) {
  const providers = useProviders()
  if (providers.isError) return <ErrorNotice error={providers.error} retry={() => void providers.refetch()} />
  if (providers.isPending) return <Skeleton height={80} />
  return providers.data.map((provider) => (
    <button key={provider.id} type="button" className={classes.provider} onClick={() => onChoose(provider)}>
      <span className={classes.text}>
        <strong>{provider.name}</strong>
        <span>An organization: its members, their seats, and 60 days of usage by person and model.</span>
      </span>
      <Icon name="chevronRight" size={18} />
    </button>
  ))
}
