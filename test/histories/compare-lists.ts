import { invitesAnswer, keysAnswer } from '../model/lists-answers.ts'
import { type Compared, compareRead } from './compared.ts'

/** Compares the lists of keys and invitations with the model's. Returns the number of compared answers. */
export async function compareLists(compared: Compared): Promise<number> {
  const { api, model } = compared
  const nowMs = api.clock.now.getTime()
  await compareRead(compared, '/keys?limit=1000', keysAnswer(model, nowMs))
  await compareRead(compared, '/invites?limit=1000', invitesAnswer(model, nowMs))
  return 2
}
