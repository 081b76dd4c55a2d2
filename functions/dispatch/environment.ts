import { environmentSchema } from '../../shared/aws/environment.ts'

/** The dispatch function's environment. */
export const dispatchEnvironment = environmentSchema.pick({
  DEPLOYMENT: true,
  TABLE_NAME: true,
  QUEUE_URL: true,
  SCHEDULE_NAMES: true,
})
