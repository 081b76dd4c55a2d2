import { useRef } from 'react'
import { SteadyButton } from './steady-button.tsx'

/** Loads the next page of a history. After the last page the button is removed, and the focus moves to the table. */
export function MoreButton({
  pages,
  children,
}: {
  pages: {
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    fetchNextPage(): Promise<{ readonly hasNextPage: boolean }>
  }
  children: string
}) {
  const place = useRef<HTMLDivElement>(null)
  const showMore = async () => {
    const { hasNextPage } = await pages.fetchNextPage()
    if (!hasNextPage)
      place.current?.closest('section')?.querySelector<HTMLElement>('[role=region], [role=table]')?.focus()
  }
  return (
    <div ref={place}>
      {pages.hasNextPage && (
        <SteadyButton
          variant="default"
          size="xs"
          mt="sm"
          busy={pages.isFetchingNextPage}
          onClick={() => void showMore()}
        >
          {children}
        </SteadyButton>
      )}
    </div>
  )
}
