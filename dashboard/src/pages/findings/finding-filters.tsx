import { FINDING_TYPES, SEVERITIES } from '../../../../shared/domain/finding.ts'
import type { FindingsView } from '../../api/findings-view.ts'
import { useIntegrations } from '../../api/integration-queries.ts'
import { filterOf } from '../../components/address-view.ts'
import { FilterBar } from '../../components/filter-bar.tsx'
import { FilterSelect } from '../../components/filter-select.tsx'
import { FINDING_TYPE_WORDS, SEVERITY_WORDS } from '../../components/finding-words.ts'
import { readFindingsView } from './findings-view.ts'

const TYPES = Object.fromEntries(FINDING_TYPES.map((type) => [type, FINDING_TYPE_WORDS[type].title]))
const SEVERITY_LABELS = Object.fromEntries(SEVERITIES.map((severity) => [severity, SEVERITY_WORDS[severity].label]))

/** Filters of findings. Changing one keeps the others. */
export function FindingFilters({ view, onChange }: { view: FindingsView; onChange: (view: FindingsView) => void }) {
  const integrations = useIntegrations().data ?? []
  const names = Object.fromEntries(integrations.map(({ id, name }) => [id, name]))
  const filter = filterOf(view, readFindingsView, onChange)
  return (
    <FilterBar label="Filter findings">
      <FilterSelect label="Finding" all="All kinds" choices={TYPES} {...filter('type')} />
      <FilterSelect label="Severity" all="Any severity" choices={SEVERITY_LABELS} {...filter('severity')} />
      <FilterSelect
        label="State"
        all="Open findings"
        {...filter('state')}
        value={view.state === 'open' ? undefined : view.state}
        choices={{ accepted: 'Accepted findings', any: 'Open and accepted' }}
      />
      {(integrations.length > 1 || view.integrationId !== undefined) && (
        <FilterSelect label="Organization" all="All organizations" choices={names} {...filter('integrationId')} />
      )}
    </FilterBar>
  )
}
