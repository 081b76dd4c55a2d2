import { Button } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import classes from './filter-bar.module.css'
import { SearchField } from './search-field.tsx'

/**
 * Search and filters in one line. On a phone, the filters are behind a button. Each filter is labeled for screen
 * readers.
 */
export function FilterBar({
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
