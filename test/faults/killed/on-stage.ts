import { startSimulatedOrganization } from '../../../local/simulated-openai/server.ts'
import { KillableProduct } from './killable-product.ts'
import type { Stage } from './life.ts'

const MEMBERS = 8

/**
 * Runs a test on a product, and an organization as it is at one instant, which only the test's changes alter: noon, so
 * that no day ends meanwhile. `compiled`: a folder for compiled code, shared by all products of a suite.
 */
export async function onStage(
  { name, compiled }: { readonly name: string; readonly compiled: string },
  act: (stage: Stage) => Promise<void>,
): Promise<void> {
  const now = new Date(`${new Date().toISOString().slice(0, 10)}T12:00:00.000Z`)
  const organization = await startSimulatedOrganization({ members: MEMBERS, seed: name, now: () => now })
  const { company } = organization
  const people = company.usersAt(now)
  company.auditLog.replaceAll(people.slice(1).map(({ id }, index) => ({ userId: id, at: secondsBefore(now, index) })))
  const product = new KillableProduct(organization, { now, compiled })
  try {
    await product.start()
    await act({ organization, product, now })
  } finally {
    await product.stop()
    await organization.close()
  }
}

/** Somebody signs in every eight days. Who was covered once is not read again, so nothing is added to the log later. */
function secondsBefore(now: Date, index: number): number {
  return Math.floor(now.getTime() / 1000) - 3_600 - index * 8 * 86_400
}
