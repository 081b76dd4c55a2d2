import { ApiError } from '../simulation/api-error.ts'
import { type Simulation, type SimulationOptions, startSimulation } from '../simulation/server.ts'
import { keyIn, keysOf, type SimulatedKeys } from './access.ts'
import { Company } from './company.ts'
import { pageFor, projectOf } from './routes.ts'
import { AS_DOCUMENTED, type Switches } from './switches.ts'

const OTHER_MEMBERS_AT_MOST = 40

export type SimulatedOrganizationOptions = SimulationOptions<Switches>

/** A running stand-in for OpenAI's Admin API. */
export interface SimulatedOrganization extends Simulation<Switches> {
  /** Such as `http://127.0.0.1:4010/v1`. */
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
  const seed = options.seed ?? 'northwind'
  const { members = 240 } = options
  const company = new Company({ seed, members })
  const otherCompany = new Company({ seed: `${seed}, another`, members: Math.min(members, OTHER_MEMBERS_AT_MOST) })
  const keys = keysOf(seed)
  const simulation = await startSimulation<Switches>(
    {
      asDocumented: AS_DOCUMENTED,
      answer: (asked) => {
        const isOther = keyIn(asked.headers.authorization) === keys.otherOrganization
        return pageFor({ ...asked, keys, company: isOther ? otherCompany : company })
      },
      isHanging: (path, { hangingProjects }) => hangingProjects.some((id) => id === projectOf(path)),
      faultOf,
      refusalOf: (error, switches) => ({ body: bodyOf(error, switches) }),
    },
    options,
  )
  return Object.assign(simulation, {
    baseUrl: `${simulation.address}/v1`,
    adminKey: keys.admin,
    keys,
    company,
    otherCompany,
  })
}

function faultOf(status: number): ApiError {
  return status === 429
    ? new ApiError(429, "You're making too many requests, please slow down.", 'rate_limit_exceeded')
    : new ApiError(status, 'The server had an error while processing your request. Sorry about that!')
}

function bodyOf({ message, code, status }: ApiError, { bareStringErrors }: Switches): unknown {
  const type = status >= 500 ? 'server_error' : 'invalid_request_error'
  return { error: bareStringErrors ? message : { message, type, param: null, code } }
}
