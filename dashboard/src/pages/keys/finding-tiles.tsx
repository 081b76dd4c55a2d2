import { useFindingCounts } from '../../api/key-queries.ts'
import type { KeyFindingType } from '../../api/keys-view.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { KeyFindingTiles } from '../../components/key-finding-tiles.tsx'

/** What is found about an organization's keys. Pressing a finding shows its keys alone, and pressing it again shows all. */
export function FindingTiles({
  id,
  selected,
  onSelect,
}: {
  id: string
  selected: KeyFindingType | undefined
  onSelect: (finding: KeyFindingType | undefined) => void
}) {
  const counts = useFindingCounts(id)
  return (
    <section aria-label="Findings">
      {counts.isError && <ErrorNotice error={counts.error} retry={() => void counts.refetch()} />}
      <KeyFindingTiles
        label="Findings about keys"
        countOf={(type) => counts.data?.counts.find((each) => each.type === type)?.keys}
        selected={selected}
        headOf={(type, head) => (
          <button
            type="button"
            aria-pressed={selected === type}
            onClick={() => onSelect(selected === type ? undefined : type)}
            {...head}
          />
        )}
      />
    </section>
  )
}
