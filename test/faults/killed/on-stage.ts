import { startSimulatedOrganization as startAnthropic } from '../../../local/simulated-anthropic/server.ts'
import { startSimulatedOrganization as startOpenAi } from '../../../local/simulated-openai/server.ts'
import type { SimulatedOpenAi } from '../../histories/shown-organization.ts'
import { KillableProduct } from './killable-product.ts'
import type { Stage } from './life.ts'

const MEMBERS = 8
/** Costs of this day begin on October 1, before the other data: they reach back to the beginning of the month before. */
const NOW = new Date('2026-11-30T12:00:00.000Z')

interface StageOptions {
  readonly name: string
  readonly compiled: string
  /** Default: OpenAI. */
  readonly provider?: Stage['provider']
}

/**
 * Runs a test on a product, and an organization as it is at one instant, which only the test's changes alter: noon, so
 * that no day ends meanwhile. `compiled`: a folder for compiled code, shared by all products of a suite.
 */
export async function onStage(
  { name, compiled, provider = 'openai' }: StageOptions,
  act: (stage: Stage) => Promise<void>,
): Promise<void> {
  const options = { members: MEMBERS, seed: name, now: () => NOW }
  const organization = provider === 'openai' ? signedIn(await startOpenAi(options), NOW) : await startAnthropic(options)
  const product = new KillableProduct({ provider, organization, now: NOW, compiled })
  try {
    await product.start()
    await act({ provider, organization, product, now: NOW })
  } finally {
    await product.stop()
    await organization.close()
  }
}

function signedIn(organization: SimulatedOpenAi, now: Date): SimulatedOpenAi {
  const people = organization.company.usersAt(now).slice(1)
  organization.company.auditLog.replaceAll(
    people.map(({ id }, index) => ({ userId: id, at: secondsBefore(now, index) })),
  )
  return organization
}

/** Somebody signs in every eight days. Who was covered once is not read again, so nothing is added to the log later. */
function secondsBefore(now: Date, index: number): number {
  return Math.floor(now.getTime() / 1000) - 3_600 - index * 8 * 86_400
}
