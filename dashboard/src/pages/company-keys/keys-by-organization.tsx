import { useState } from 'react'
import { Link } from 'wouter'
import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import { useKeyCounts } from '../../api/key-count-queries.ts'
import { useProvider } from '../../api/provider-queries.ts'
import { Card } from '../../components/card.tsx'
import link from '../../components/cell-link.module.css'
import { MoreButton } from '../../components/more-button.tsx'
import { whyUnread } from '../../components/sources-of-use.ts'
import { formatNumber } from '../../format/format-number.ts'
import classes from './company-keys-page.module.css'

/** Each organization's keys are counted by calls of their own, so not all are at once. */
const SHOWN_AT_FIRST = 20

/** How many keys each organization has, and how many of them have a finding. */
export function KeysByOrganization({ integrations }: { integrations: readonly WireIntegration[] }) {
  const [shown, setShown] = useState(SHOWN_AT_FIRST)
  const pages = {
    hasNextPage: shown < integrations.length,
    isFetchingNextPage: false,
    fetchNextPage: async () => {
      const next = shown + SHOWN_AT_FIRST
      setShown(next)
      return { hasNextPage: next < integrations.length }
    },
  }
  return (
    <Card title="By organization" lead="Each leads to the keys of the organization, with their owners and last use.">
      <div role="table" aria-label="Keys by organization" tabIndex={-1}>
        <div role="rowgroup">
          <div role="row" className={classes.head}>
            <span role="columnheader">Organization</span>
            <span role="columnheader" className={classes.end}>
              Keys
            </span>
            <span role="columnheader" className={classes.end}>
              With a finding
            </span>
          </div>
        </div>
        <div role="rowgroup">
          {integrations.slice(0, shown).map((integration) => (
            <OrganizationRow key={integration.id} integration={integration} />
          ))}
        </div>
      </div>
      <MoreButton pages={pages}>Show more organizations</MoreButton>
    </Card>
  )
}

function OrganizationRow({
  integration: { id, name, provider: providerId, dataSets },
}: {
  integration: WireIntegration
}) {
  const provider = useProvider(providerId)
  const dataSet = dataSets.find((each) => each.id === 'keys')
  const wereRead = dataSet !== undefined && dataSet.syncedAt !== null
  const counts = useKeyCounts(id, wereRead)
  const address = `/integrations/${id}/keys`
  const show = (count: number | undefined) => (count === undefined ? '–' : formatNumber(count))
  return (
    <div role="row" className={classes.row}>
      <span role="cell" className={classes.name}>
        <Link className={link.link} href={address}>
          {name}
        </Link>
        <span className={classes.small}>{provider?.name}</span>
        {!wereRead && (
          <span className={classes.small}>
            Keys were not read: {dataSet === undefined ? 'the provider has none' : whyUnread(dataSet, provider)}.
          </span>
        )}
        {counts.isError && <span className={classes.small}>Its keys could not be counted. {counts.error.message}</span>}
      </span>
      <span role="cell" className={classes.end}>
        {show(counts.data?.total)}
      </span>
      <span role="cell" className={classes.end}>
        {counts.data === undefined ? (
          '–'
        ) : (
          <Link href={`${address}?finding=any`} aria-label={`${counts.data.withFinding} with a finding in ${name}`}>
            {formatNumber(counts.data.withFinding)}
          </Link>
        )}
      </span>
    </div>
  )
}
