import { Link } from 'wouter'
import { EmptyState } from '../components/empty-state.tsx'
import { useTitle } from '../layout/use-title.ts'

/** The page for unknown addresses. */
export function NotFoundPage() {
  useTitle('Not found')
  return (
    <EmptyState title="There is no such page" level={1}>
      <p>The address may be incomplete.</p>
      <Link href="/">Go to the overview</Link>
    </EmptyState>
  )
}
