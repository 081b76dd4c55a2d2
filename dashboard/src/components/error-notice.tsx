import { Button } from '@mantine/core'
import { Notice } from './notice.tsx'

/** An error in the API's words. With `retry` a read failed, without it an action. */
export function ErrorNotice({ error, retry }: { error: Error; retry?: () => void }) {
  return (
    <div role="alert">
      <Notice kind="bad" title={retry === undefined ? 'That did not work' : 'This could not be loaded'}>
        <div>{error.message}</div>
        {retry !== undefined && (
          <Button variant="default" size="xs" mt={10} onClick={retry}>
            Try again
          </Button>
        )}
      </Notice>
    </div>
  )
}
