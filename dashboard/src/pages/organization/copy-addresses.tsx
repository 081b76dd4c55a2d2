import { useMutation } from '@tanstack/react-query'
import type { ApiClient } from '../../api/api-client.ts'
import { useApi } from '../../api/api-context.ts'
import { readIdlePeople } from '../../api/data-queries.ts'
import { Icon } from '../../components/icon.tsx'
import { SteadyButton } from '../../components/steady-button.tsx'
import { formatCount } from '../../format/format-number.ts'
import classes from './no-recent-use.module.css'

/** Copies the email addresses of everybody without recent use, one per line, including people who are not shown. */
export function CopyAddresses({ integrationId, idleDays }: { integrationId: string; idleDays: number }) {
  const api = useApi()
  const copy = useMutation({ mutationFn: () => copyAddresses(api, integrationId, idleDays) })
  return (
    <>
      <SteadyButton
        variant="default"
        size="xs"
        leftSection={<Icon name="copy" size={15} />}
        busy={copy.isPending}
        onClick={() => copy.mutate()}
      >
        Copy addresses
      </SteadyButton>
      <span className={classes.copied} role="status">
        {copy.data !== undefined && `Copied ${formatCount(copy.data, 'address', 'addresses')}, one per line.`}
        {copy.isError && 'The addresses could not be copied. The members list has them, as a file too.'}
      </span>
    </>
  )
}

/** Returns the number of addresses. Some people have none. */
async function copyAddresses(api: ApiClient, integrationId: string, idleDays: number): Promise<number> {
  const addresses = readIdlePeople(api, integrationId, idleDays).then((people) =>
    people.flatMap(({ email }) => email ?? []),
  )
  const text = addresses.then((list) => new Blob([list.join('\n')], { type: 'text/plain' }))
  // Passes the promise instead of its result: Safari only allows clipboard writes that start directly after a click.
  await navigator.clipboard.write([new ClipboardItem({ 'text/plain': text })])
  return (await addresses).length
}
