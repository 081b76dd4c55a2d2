import type { FindingsView } from '../api/findings-view.ts'
import { writeView } from './address-view.ts'

/** The address of the findings of a view. */
export function findingsAddress(view: FindingsView): string {
  return `/findings?${writeView(view).toString()}`
}
