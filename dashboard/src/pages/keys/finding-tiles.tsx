import { useFindingCounts } from '../../api/key-queries.ts'
import { KEY_FINDING_TYPES, type KeyFindingType } from '../../api/keys-view.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { FINDING_WORDS } from '../../components/key-labels.ts'
import { formatNumber } from '../../format/format-number.ts'
import classes from './finding-tiles.module.css'

/** What is found about keys, what it means and what to do. Pressing a finding shows its keys alone. */
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
      <ul className={classes.tiles}>
        {KEY_FINDING_TYPES.map((type) => {
          const keys = counts.data?.counts.find((each) => each.type === type)?.keys
          return (
            <Tile
              key={type}
              type={type}
              keys={keys}
              isSelected={selected === type}
              onSelect={() => onSelect(selected === type ? undefined : type)}
            />
          )
        })}
      </ul>
    </section>
  )
}

function Tile({
  type,
  keys,
  isSelected,
  onSelect,
}: {
  type: KeyFindingType
  keys: number | undefined
  isSelected: boolean
  onSelect: () => void
}) {
  const { label, kind, meaning, action } = FINDING_WORDS[type]
  return (
    <li className={classes.tile} data-selected={isSelected} data-empty={keys === 0}>
      <button type="button" className={classes.button} aria-pressed={isSelected} onClick={onSelect}>
        <span className={classes.count} data-kind={keys === 0 ? 'plain' : kind}>
          {keys === undefined ? '–' : formatNumber(keys)}
        </span>{' '}
        {label}
      </button>
      <p className={classes.meaning}>{meaning}</p>
      <p className={classes.action}>{action}</p>
    </li>
  )
}
