import { useRef } from 'react'
import { SteadyButton } from '../../components/steady-button.tsx'

/** Adds the next page of a history to those above. With the last page it goes, and the focus to the table it belongs to. */
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
    if (!hasNextPage) place.current?.closest('section')?.querySelector<HTMLElement>('[role=region]')?.focus()
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
