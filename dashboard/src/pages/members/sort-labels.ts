/** The orders offered on a phone, which has no column heads. */
export const SORT_LABELS = {
  lastActiveOn: 'Longest without use',
  '-lastActiveOn': 'Last activity',
  '-requests': 'Most requests',
  requests: 'Fewest requests',
  '-addedAt': 'Newest',
  addedAt: 'Oldest',
  '-removedAt': 'Removed last',
}
