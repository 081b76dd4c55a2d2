import HappyDomEnvironment from '@happy-dom/jest-environment'
import { movedClock } from '../moved-clock.ts'

/** Of the answers that the pages show: they say days of this year without it. */
const BEGINS_AT = Date.parse('2026-11-24T12:00:00.000Z')

/**
 * The browser in which pages are tested, with a clock of its own. The environment's own `setTimeout` asks for a stack trace on each call,
 * to find out whether a test runner of the past calls it: a third of the work of these tests. This is the window's.
 */
export default class PageEnvironment extends HappyDomEnvironment {
  constructor(config, options) {
    super(config, options)
    this.global.setTimeout = Object.getPrototypeOf(this.global).setTimeout.bind(this.global)
    this.global.Date = movedClock(this.global.Date, BEGINS_AT - Date.now())
  }
}
