import HappyDomEnvironment from '@happy-dom/jest-environment'

/**
 * The browser in which pages are tested. The environment's own `setTimeout` asks for a stack trace on each call, to find
 * out whether a test runner of the past calls it: a third of the work of these tests. This is the window's.
 */
export default class PageEnvironment extends HappyDomEnvironment {
  constructor(config, options) {
    super(config, options)
    this.global.setTimeout = Object.getPrototypeOf(this.global).setTimeout.bind(this.global)
  }
}
