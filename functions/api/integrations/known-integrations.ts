import type { Integration } from '../../../shared/integrations/integration.ts'
import type { IntegrationRepository } from '../../../shared/storage/integrations.ts'

/** Of more than so many changed ones, all are read. */
const READ_ALONE = 10

type Reader = Pick<IntegrationRepository, 'listIntegrations' | 'listRevisions' | 'findIntegration'>

/**
 * Keeps all integrations in memory, with their revisions. Each list asks for the current revisions, so what has changed is never
 * returned. Parsing a hundred integrations for each answer took longer than the rest of it.
 */
export class KnownIntegrations {
  private readonly reader: Reader
  private known: ReadonlyMap<string, Integration> = new Map()

  constructor(reader: Reader) {
    this.reader = reader
  }

  /** All integrations, in every lifecycle. */
  async list(): Promise<readonly Integration[]> {
    const { known } = this
    const listed = known.size === 0 ? await this.reader.listIntegrations() : await this.listAfter(known)
    this.known = new Map(listed.map((integration) => [integration.id, integration]))
    return listed
  }

  private async listAfter(known: ReadonlyMap<string, Integration>): Promise<readonly Integration[]> {
    const revisions = await this.reader.listRevisions()
    const isKnown = ({ id, revision }: { readonly id: string; readonly revision: number }) =>
      known.get(id)?.revision === revision
    if (revisions.filter((each) => !isKnown(each)).length > READ_ALONE) return this.reader.listIntegrations()
    const found = await Promise.all(
      revisions.map(async (each) => (isKnown(each) ? known.get(each.id) : this.reader.findIntegration(each.id))),
    )
    return found.filter((integration) => integration !== undefined)
  }
}
