import { availableParallelism } from 'node:os'
import {
  type CountFigure,
  type Figures,
  isCountMet,
  ratiosOf,
  type Spread,
  spreadOf,
  type TimedFigure,
} from './figure.ts'

const BEGIN = '<!-- Measured by `npm run bench`: do not edit. -->'
const END = '<!-- End of what is measured. -->'
const LARGE_BEGIN = '<!-- Measured by `npm run bench -- --large`: do not edit. -->'
const LARGE_END = '<!-- End of what is measured with --large. -->'

/** The page with newly measured figures. */
export function withFigures(page: string, { timed, counted }: Figures): string {
  return between(page, BEGIN, END, `${conditions()}\n\n${timedTable(timed)}\n\n${countedTable(counted)}`)
}

/** The page with new figures for an organization of 50,000. */
export function withLargeFigures(page: string, { counted }: Figures): string {
  return between(page, LARGE_BEGIN, LARGE_END, `${conditions()}\n\n${countedTable(counted)}`)
}

/** One line for a terminal. */
export function lineOf(figure: TimedFigure | CountFigure): string {
  if ('counted' in figure) {
    const mark = isCountMet(figure) ? 'met' : 'NOT MET'
    return `${figure.what}: ${countOf(figure)}, ${figure.relation} ${figure.goal.toLocaleString('en')}: ${mark}`
  }
  const { baseline, ours, ratio, cpu, isMet } = timesOf(figure)
  const verdict = figure.goal === null ? 'no goal' : `goal ${figure.goal}: ${isMet ? 'met' : 'NOT MET'}`
  return `${figure.what}: baseline ${baseline}, ours ${ours}, ratio ${ratio}, of CPU ${cpu}, ${verdict}`
}

function conditions(): string {
  const day = new Date().toISOString().slice(0, 10)
  return `Measured on ${day} with Node ${process.versions.node}, ${process.arch}, ${availableParallelism()} CPUs.`
}

function timedTable(figures: readonly TimedFigure[]): string {
  const rows = figures.map((figure) => {
    const { baseline, ours, ratio, cpu, isMet } = timesOf(figure)
    const verdict = figure.goal === null ? ['–', '–'] : [`≤ ${figure.goal}`, isMet ? 'yes' : '**no**']
    return [figure.what, figure.baseline, baseline, ours, ratio, cpu, ...verdict]
  })
  return table(['Figure', 'Baseline', 'Baseline, ms', 'Ours, ms', 'Ratio', 'Ratio of CPU', 'Goal', 'Met'], rows)
}

function countedTable(figures: readonly CountFigure[]): string {
  const rows = figures.map((figure) => {
    const goal = `${figure.relation === 'equal' ? '=' : '≤'} ${figure.goal.toLocaleString('en')}`
    return [figure.what, countOf(figure), goal, isCountMet(figure) ? 'yes' : '**no**']
  })
  return table(['Figure', 'Counted', 'Goal', 'Met'], rows)
}

function countOf({ counted, unit }: CountFigure): string {
  return `${counted.toLocaleString('en')}${unit === undefined ? '' : ` ${unit}`}`
}

function timesOf({ rounds, goal }: TimedFigure) {
  const ratio = ratiosOf(rounds, 'ms')
  return {
    baseline: spreadText(spreadOf(rounds.map(({ baseline }) => baseline.ms))),
    ours: spreadText(spreadOf(rounds.map(({ ours }) => ours.ms))),
    ratio: spreadText(ratio),
    cpu: spreadText(ratiosOf(rounds, 'cpuMs')),
    isMet: goal !== null && ratio.median <= goal,
  }
}

/** The median, with minimum and maximum in brackets. */
function spreadText({ median, least, most }: Spread): string {
  return least === most ? numberText(median) : `${numberText(median)} (${numberText(least)}–${numberText(most)})`
}

function numberText(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)))
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function between(page: string, begin: string, end: string, text: string): string {
  const from = page.indexOf(begin)
  const to = page.indexOf(end)
  if (from < 0 || to < from) throw new Error(`The page has no “${begin}” … “${end}”.`)
  return `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`
}
