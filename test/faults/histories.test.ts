import { testHistories } from './compare-histories.ts'
import { extent } from './extent.ts'

testHistories('histories', { first: 1, count: extent({ quick: 2, whole: 500 }) })
