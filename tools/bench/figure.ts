import type { Timed } from './child.ts'

/** Ours beside its baseline, measured in turn: baseline, ours, baseline, ours. */
export interface TimedFigure {
  readonly what: string
  readonly baseline: string
  /** Ours, at most so many times the baseline. */
  readonly goal: number
  readonly rounds: readonly Round[]
}

export interface Round {
  readonly baseline: Timed
  readonly ours: Timed
}

/** Something counted, or computed of what was counted: the same whenever it is counted again. */
export interface CountFigure {
  readonly what: string
  readonly counted: number
  readonly goal: number
  /** Counted figures are at most the goal, or equal to it. */
  readonly relation: 'at most' | 'equal'
  readonly unit?: string
}

export interface Figures {
  readonly timed: readonly TimedFigure[]
  readonly counted: readonly CountFigure[]
}

/** Several sets of figures as one. */
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

/** Measures in turn, so that both meet the same neighbours. */
export async function inTurn(rounds: number, sides: Sides): Promise<Round[]> {
  const measured: Round[] = []
  while (measured.length < rounds) measured.push({ baseline: await sides.baseline(), ours: await sides.ours() })
  return measured
}

/** The same after a round that only warms up: for processes that are used again. */
export async function inTurnWarm(rounds: number, sides: Sides): Promise<Round[]> {
  await inTurn(1, sides)
  return inTurn(rounds, sides)
}

/** The middle one, the least and the greatest. */
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

/** Of each round, how many times the baseline ours took. */
export function ratiosOf(rounds: readonly Round[], unit: keyof Timed): Spread {
  return spreadOf(rounds.map(({ baseline, ours }) => ours[unit] / baseline[unit]))
}
