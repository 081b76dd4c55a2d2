import { Button } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import classes from './filter-bar.module.css'
import { SearchField } from './search-field.tsx'

/** Filters in one line. Each is labeled for screen readers, and on a phone for everybody. */
export function FilterBar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.bar} role="search" aria-label={label}>
      {children}
    </div>
  )
}

/** A search field before the filters, which a phone has behind a button. */
export function SearchBar({
  search,
  placeholder,
  onSearch,
  children,
}: {
  search: string | undefined
  placeholder: string
  onSearch: (search: string | undefined) => void
  /** The filters, and a `PhoneOnly` order. */
  children: ReactNode
}) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <div className={classes.bar} role="search" data-open={isOpen}>
      <SearchField value={search ?? ''} placeholder={placeholder} onChange={onSearch} />
      <Button
        className={classes.toggle ?? ''}
        variant="default"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        Filters and order
      </Button>
      {children}
    </div>
  )
}

/** A filter for phones, where columns have no heads. */
export function PhoneOnly({ children }: { children: ReactNode }) {
  return <div className={classes.phoneOnly}>{children}</div>
}
