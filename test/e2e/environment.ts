import { dirname } from 'node:path'

/** Marks every process of a run, so that one left behind can be found. */
export const RUN_MARK = `ROLLCALL_E2E_RUN`

/**
 * The environment of the processes under test: nothing of the caller's but the search path, with this Node first in it.
 * Above all no AWS_*, which would reach a real account, and no variables of the providers.
 */
export function bareEnvironment(home: string, added: Readonly<Record<string, string>> = {}): Record<string, string> {
  const path = [dirname(process.execPath), process.env['PATH'] ?? ''].join(':')
  return { PATH: path, HOME: home, LANG: 'C.UTF-8', ...added }
}

/** The caller's environment without AWS_* and the providers' variables: for tools that need its proxies and certificates, such as pip. */
export function callersEnvironment(): Record<string, string> {
  const kept: Record<string, string> = {}
  const left = ['AWS_', 'OPENAI_', 'ANTHROPIC_']
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !left.some((prefix) => name.startsWith(prefix))) kept[name] = value
  }
  return kept
}
