import { testHistories } from './compare-histories.ts'
import { extent } from './extent.ts'

// The other half, in a file of its own so that two cores share them.
testHistories('histories-continued', { first: 501, count: extent({ quick: 2, whole: 500 }) })
