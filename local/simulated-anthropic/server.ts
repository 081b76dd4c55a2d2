import { ApiError } from '../simulation/api-error.ts'
import { type Simulation, type SimulationOptions, startSimulation } from '../simulation/server.ts'
import { keyIn, keysOf, type SimulatedKeys } from './access.ts'
import { Company, type CompanyOptions } from './company.ts'
import { replyFor } from './routes.ts'
import { AS_DOCUMENTED, type Switches } from './switches.ts'

const OTHER_MEMBERS_AT_MOST = 40
/** Nobody of the other simulated organization with its default number of people. */
const NOBODY_IN_COMMON = { share: 0, members: 240 }

const ERROR_TYPES: ReadonlyMap<number, string> = new Map([
  [400, 'invalid_request_error'],
  [401, 'authentication_error'],
  [402, 'billing_error'],
  [403, 'permission_error'],
  [404, 'not_found_error'],
  [429, 'rate_limit_error'],
  [504, 'timeout_error'],
  [529, 'overloaded_error'],
])

const MESSAGES: ReadonlyMap<number, string> = new Map([
  [429, 'Number of requests has exceeded your rate limit.'],
  [529, 'Overloaded'],
])

export interface SimulatedOrganizationOptions extends SimulationOptions<Switches> {
  /** Who is in the other simulated organization too. Default: nobody. */
  readonly inCommon?: CompanyOptions['inCommon']
}

/** A running stand-in for Anthropic's Admin API. */
export interface SimulatedOrganization extends Simulation<Switches> {
  /** Such as `http://127.0.0.1:4011`. */
  readonly baseUrl: string
  /** The key that may read everything; also `keys.admin`. */
  readonly adminKey: string
  readonly keys: SimulatedKeys
  readonly company: Company
  /** The organization of the key `keys.otherOrganization`. */
  readonly otherCompany: Company
}

/** Starts a simulated organization on 127.0.0.1. The same seed and clock give the same answers. */
export async function startSimulatedOrganization(
  options: SimulatedOrganizationOptions = {},
): Promise<SimulatedOrganization> {
  const { seed = 'northwind', members = 120, inCommon = NOBODY_IN_COMMON } = options
  const company = new Company({ seed, members, inCommon })
  const otherMembers = Math.min(members, OTHER_MEMBERS_AT_MOST)
  const otherCompany = new Company({ seed: `${seed}, another`, members: otherMembers, inCommon: NOBODY_IN_COMMON })
  const keys = keysOf(seed)
  let refusals = 0
  const simulation = await startSimulation<Switches>(
    {
      asDocumented: AS_DOCUMENTED,
      answer: (asked) => {
        const isOther = keyIn(asked.headers) === keys.otherOrganization
        return replyFor({ ...asked, keys, company: isOther ? otherCompany : company })
      },
      faultOf: (status) => new ApiError(status, MESSAGES.get(status) ?? 'Internal server error'),
      refusalOf: (error) => {
        refusals += 1
        return refusal(error, `req_01simulated${refusals}`)
      },
    },
    options,
  )
  return Object.assign(simulation, {
    baseUrl: simulation.address,
    adminKey: keys.admin,
    keys,
    company,
    otherCompany,
  })
}

/** The code of an error is in its details. */
function refusal({ status, message, code }: ApiError, requestId: string) {
  const type = ERROR_TYPES.get(status) ?? 'api_error'
  const details = code === null ? {} : { details: { error_code: code } }
  return {
    headers: { 'request-id': requestId },
    body: { type: 'error', error: { type, message, ...details }, request_id: requestId },
  }
}
