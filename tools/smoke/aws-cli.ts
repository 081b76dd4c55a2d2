import { execFile } from 'node:child_process'

const MOST_BYTES = 50_000_000
const NOT_THERE = 'the AWS command line is needed, and was not found.'

/** An AWS call failed. The message is the command line's error output, and nothing else that it printed. */
export class AwsCliError extends Error {
  constructor(command: string, said: string) {
    super(`aws ${command}: ${said.trim()}`)
    this.name = 'AwsCliError'
  }
}

/** The AWS command line with its user's configuration, in one region. */
export class AwsCli {
  private readonly region: readonly string[]

  constructor(region: string | undefined) {
    this.region = region === undefined ? [] : ['--region', region]
  }

  /** Runs a command and returns its output as text. Throws `AwsCliError`. */
  async text(service: string, operation: string, ...args: readonly string[]): Promise<string> {
    const all = [service, operation, ...args, '--output', 'text', ...this.region]
    return new Promise((resolve, reject) => {
      execFile(
        'aws',
        all,
        { maxBuffer: MOST_BYTES, env: { ...process.env, AWS_PAGER: '' } },
        (error, printed, complained) => {
          if (error === null) resolve(printed.trim())
          else reject(new AwsCliError(`${service} ${operation}`, error.code === 'ENOENT' ? NOT_THERE : complained))
        },
      )
    })
  }

  /** The physical ids of a stack's resources of a type, by a prefix of their logical ids. */
  async resource(stackName: string, beginning: string, type: string): Promise<string> {
    const query = `StackResources[?ResourceType=='${type}' && starts_with(LogicalResourceId, '${beginning}')].PhysicalResourceId`
    return this.text('cloudformation', 'describe-stack-resources', '--stack-name', stackName, '--query', query)
  }

  async output(stackName: string, name: string): Promise<string> {
    const query = `Stacks[0].Outputs[?OutputKey=='${name}'].OutputValue`
    return this.text('cloudformation', 'describe-stacks', '--stack-name', stackName, '--query', query)
  }
}
