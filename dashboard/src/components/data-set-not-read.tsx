import { Link } from 'wouter'
import { useDataSet } from '../api/integration-queries.ts'
import { useMayWrite } from '../api/me-query.ts'
import { useProviderOf } from '../api/provider-queries.ts'
import { capitalize } from '../format/list-in-words.ts'
import { EmptyState } from './empty-state.tsx'
import { whyUnread } from './sources-of-use.ts'

/** The states that a permission or setting changes. What the last sync could not read, and why, is said above each page. */
const MENDED_BY_PERMISSION: ReadonlySet<string> = new Set(['not_permitted', 'never_read'])

/** Says why a data set has nothing to show, and which permission the key needs for it. */
export function DataSetNotRead({
  integrationId,
  dataSet,
  title,
}: {
  integrationId: string
  dataSet: string
  title: string
}) {
  const found = useDataSet(integrationId, dataSet)
  const provider = useProviderOf(integrationId)
  const permission = provider?.dataSets.find(({ id }) => id === dataSet)?.permission
  return (
    <EmptyState title={title} icon="info">
      {found === undefined && provider !== undefined && <p>{provider.name} does not offer it.</p>}
      {found !== undefined && <p>{capitalize(whyUnread(found, provider))}.</p>}
      {found !== undefined && MENDED_BY_PERMISSION.has(found.state) && permission !== undefined && (
        <p>
          To read it, the {provider?.key.label} of this integration needs the permission <code>{permission}</code>
          {found.state === 'not_permitted' ? (
            <NewKey integrationId={integrationId} />
          ) : (
            <SwitchedOn dataSet={dataSet} />
          )}
        </p>
      )}
    </EmptyState>
  )
}

/** What to do about a permission that is missing. */
function NewKey({ integrationId }: { integrationId: string }) {
  const mayWrite = useMayWrite()
  const replace = mayWrite ? (
    <Link href={`/integrations/${integrationId}/settings#key`}>replace the key</Link>
  ) : (
    'ask an admin to replace the key'
  )
  return <>. Make a new one that grants it, since an edited key can keep failing, and {replace}.</>
}

function SwitchedOn({ dataSet }: { dataSet: string }) {
  return (
    <>
      , and the deployment must have the data set <code>{dataSet}</code> switched on.
    </>
  )
}
