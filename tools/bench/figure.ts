import type { Timed } from './child.ts'

/** Times of Rollcall and of a baseline, measured alternately: baseline, ours, baseline, ours. */
export interface TimedFigure {
  readonly what: string
  readonly baseline: string
  /** The goal: Rollcall's time divided by the baseline's is at most this. Null: the two do different work, and are only compared. */
  readonly goal: number | null
  readonly rounds: readonly Round[]
}

export interface Round {
  readonly baseline: Timed
  readonly ours: Timed
}

/** A count, or a figure computed from counts. It is the same in every run. */
export interface CountFigure {
  readonly what: string
  readonly counted: number
  readonly goal: number
  /** Whether the goal is a maximum or the exact value. */
  readonly relation: 'at most' | 'equal'
  readonly unit?: string
}

export interface Figures {
  readonly timed: readonly TimedFigure[]
  readonly counted: readonly CountFigure[]
}

/** Merges several sets of figures. */
export function allFigures(sets: readonly Figures[]): Figures {
  return { timed: sets.flatMap(({ timed }) => timed), counted: sets.flatMap(({ counted }) => counted) }
}

export function isCountMet({ counted, goal, relation }: CountFigure): boolean {
  return relation === 'equal' ? counted === goal : counted <= goal
}

interface Sides {
  readonly baseline: () => Promise<Timed>
  readonly ours: () => Promise<Timed>
}

/** Measures alternately, so both sides meet the same load of the machine. */
export async function inTurn(rounds: number, sides: Sides): Promise<Round[]> {
  const measured: Round[] = []
  while (measured.length < rounds) measured.push({ baseline: await sides.baseline(), ours: await sides.ours() })
  return measured
}

/** The same after a warm-up round, for processes that are reused. */
export async function inTurnWarm(rounds: number, sides: Sides): Promise<Round[]> {
  await inTurn(1, sides)
  return inTurn(rounds, sides)
}

/** The median, the minimum and the maximum. */
export interface Spread {
  readonly median: number
  readonly least: number
  readonly most: number
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((left, right) => left - right)
  const at = (place: number) => sorted[place] ?? Number.NaN
  const middle = (sorted.length - 1) / 2
  return { median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2, least: at(0), most: at(sorted.length - 1) }
}

/** For each round, Rollcall's time divided by the baseline's. */
export function ratiosOf(rounds: readonly Round[], unit: keyof Timed): Spread {
  return spreadOf(rounds.map(({ baseline, ours }) => ours[unit] / baseline[unit]))
}
