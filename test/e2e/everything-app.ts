import { App } from 'aws-cdk-lib'
import { RollcallStack } from '../../infra/rollcall-stack.ts'
import { STACKS } from '../infra/stacks.ts'

/** A CDK app with the tests' stack that has every option switched on. It is linted, and deployed nowhere. */
const { id, config } = STACKS.everything
export const stack = new RollcallStack(new App(), id, { config })
