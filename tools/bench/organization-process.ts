import * as z from 'zod'
import { startSimulatedOrganization } from '../../local/simulated-openai/server.ts'
import { serve } from './child.ts'
import { fillCompany, MEASURED_AT, reviseDay } from './measured-company.ts'
import { RecordingServer } from './recording-server.ts'

// The simulated organization and the server that replays its pages, in their own process.
const clock = { now: MEASURED_AT }
// The company starts empty; the measured people are added.
const organization = await startSimulatedOrganization({ members: 0, now: () => clock.now })
let ids: readonly string[] = []
let revisions = 0
let server: RecordingServer | undefined

const recording = (): RecordingServer => {
  if (server === undefined) throw new Error('The organization is not open.')
  return server
}

serve({
  open: async (argument) => {
    const { members, isRecording } = z.object({ members: z.int(), isRecording: z.boolean() }).parse(argument)
    ids = fillCompany(organization.company, members)
    server = new RecordingServer(new URL(organization.baseUrl).origin, { isRecording })
    return { baseUrl: `${await server.start()}/v1`, key: organization.adminKey }
  },
  setNow: async (argument) => {
    clock.now = z.date().parse(argument)
    recording().forget()
  },
  /** Everybody who was active on the day gets more usage. */
  reviseDay: async (argument) => {
    const { day, people } = z.object({ day: z.string(), people: z.int() }).parse(argument)
    reviseDay(organization.company, ids.slice(0, people), day, (revisions += 1))
    recording().forget()
  },
  setDelay: async (argument) => {
    recording().delayMs = z.number().parse(argument)
  },
  takeRequestCount: async () => recording().takeRequestCount(),
})
