import * as anthropic from '../../local/simulated-anthropic/server.ts'
import type { Company as AnthropicCompany } from '../../local/simulated-anthropic/company.ts'
import { AS_DOCUMENTED as ANTHROPIC_AS_DOCUMENTED } from '../../local/simulated-anthropic/switches.ts'
import * as openai from '../../local/simulated-openai/server.ts'
import type { Company as OpenAiCompany } from '../../local/simulated-openai/company.ts'
import { AS_DOCUMENTED as OPENAI_AS_DOCUMENTED } from '../../local/simulated-openai/switches.ts'
import type { ModelOrganization, ModelPerson } from '../model/organization.ts'
import { addedExecutions, addedUsage } from './anthropic-attribution.ts'

/** A simulated organization without people of its own, that shows what a test has it show. */
export interface ShownOrganization<Simulated> {
  readonly simulated: Simulated
  /** Sets what the provider answers from now on. */
  readonly show: (organization: ModelOrganization) => void
  /** The same of the organization of the key `otherOrganization`. */
  readonly showOther: (organization: ModelOrganization) => void
  /** Sets every switch to the documented behavior. */
  readonly behave: () => void
}

export type SimulatedOpenAi = openai.SimulatedOrganization
export type SimulatedAnthropic = anthropic.SimulatedOrganization

/** At OpenAI, a test's organization can be shown whole. */
export async function startOpenAi(
  options: openai.SimulatedOrganizationOptions,
): Promise<ShownOrganization<SimulatedOpenAi>> {
  const simulated = await openai.startSimulatedOrganization({ ...options, members: 0 })
  return {
    simulated,
    show: (organization) => showOpenAi(simulated.company, organization),
    showOther: (organization) => showOpenAi(simulated.otherCompany, organization),
    behave: () => simulated.set(OPENAI_AS_DOCUMENTED),
  }
}

/** At Anthropic, nothing is said of accounts, and code execution is the only other kind. */
export async function startAnthropic(
  options: anthropic.SimulatedOrganizationOptions,
): Promise<ShownOrganization<SimulatedAnthropic>> {
  const simulated = await anthropic.startSimulatedOrganization({ ...options, members: 0 })
  return {
    simulated,
    show: (organization) => showAnthropic(simulated.company, organization),
    showOther: (organization) => showAnthropic(simulated.otherCompany, organization),
    behave: () => simulated.set(ANTHROPIC_AS_DOCUMENTED),
  }
}

function showOpenAi(company: OpenAiCompany, { people, usage, otherUsage = [] }: ModelOrganization): void {
  company.replaceAll(people.map((person) => openAiPerson(person)))
  company.replaceUsage(usage, otherUsage)
}

/** A person in the form of OpenAI's directory; what is not said is left out. */
function openAiPerson(person: ModelPerson) {
  const { enabled, banned, projects } = person
  const account = {
    object: 'user',
    id: person.id,
    ...(enabled !== null && { enabled }),
    ...(banned !== null && { banned }),
  }
  return {
    id: person.id,
    email: person.email,
    name: person.name,
    role: person.role,
    // What is undefined is left out of JSON.
    added_at: person.addedAt ?? undefined,
    ...(person.isServiceAccount && { is_service_account: true }),
    ...(person.isScimManaged && { is_scim_managed: true }),
    ...((enabled !== null || banned !== null) && { user: account }),
    ...(person.keyLastUsedAt !== null && { api_key_last_used_at: person.keyLastUsedAt }),
    ...(projects !== null && { projects: { object: 'list', data: projects } }),
  }
}

function showAnthropic(company: AnthropicCompany, { people, usage, otherUsage = [] }: ModelOrganization): void {
  company.replaceAll(
    people.map(({ id, email, name, role, addedAt }) => {
      return { id, email, name, role, added_at: addedAt === null ? null : new Date(addedAt * 1000).toISOString() }
    }),
  )
  company.replaceUsage([...usage.map((row) => addedUsage(row)), ...otherUsage.map((row) => addedExecutions(row))])
}
