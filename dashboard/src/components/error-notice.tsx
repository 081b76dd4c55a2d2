import { Button } from '@mantine/core'
import { Notice } from './notice.tsx'

/** What went wrong while reading or writing, in the API's words, and a way to try again. */
export function ErrorNotice({ error, retry }: { error: Error; retry?: () => void }) {
  return (
    <div role="alert">
      <Notice kind="bad" title="That did not work">
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
