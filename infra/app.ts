import { App } from 'aws-cdk-lib'
import { RollcallStack } from './rollcall-stack.ts'

const app = new App()
export const stack = new RollcallStack(app, 'Rollcall', {
  description: 'Rollcall: who is in your OpenAI organizations',
})
