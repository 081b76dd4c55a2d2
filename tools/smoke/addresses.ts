/** Where the things of a deployment answer: by their own host names on AWS, by paths of its one address on an emulator. */
export interface Addresses {
  /** The API whose endpoint the stack's outputs name. */
  api(endpoint: string): string
  /** Where Cognito gives tokens for a user pool's domain. */
  token(domainPrefix: string, region: string): string
}

/** `emulatorUrl` is `AWS_ENDPOINT_URL`, when it leads to this machine. */
export function addressesFor(emulatorUrl: string | undefined): Addresses {
  if (emulatorUrl === undefined) {
    return {
      api: (endpoint) => endpoint,
      token: (domainPrefix, region) => `https://${domainPrefix}.auth.${region}.amazoncognito.com/oauth2/token`,
    }
  }
  return {
    // `http://<id>.execute-api.127.0.0.1:<port>`, which is no address that can be called.
    api: (endpoint) => `${emulatorUrl}/_aws/execute-api/${/^\w+:\/\/([^.]+)\./.exec(endpoint)?.[1]}/$default`,
    token: () => `${emulatorUrl}/oauth2/token`,
  }
}

/** The emulator that the environment points at; undefined for AWS itself. */
export function emulatorIn(environment: NodeJS.ProcessEnv): string | undefined {
  const url = URL.parse(environment['AWS_ENDPOINT_URL'] ?? '')
  return url?.hostname === '127.0.0.1' ? url.origin : undefined
}
