/** The addresses of a deployment: host names on AWS, paths of one address on an emulator. */
export interface Addresses {
  /** The API whose endpoint the stack's outputs name. */
  api(endpoint: string): string
  /** Cognito's token endpoint for a user pool's domain. */
  token(domainPrefix: string, region: string): string
}

/** `emulatorUrl` is `AWS_ENDPOINT_URL`, when it points to this machine. */
export function addressesFor(emulatorUrl: string | undefined): Addresses {
  if (emulatorUrl === undefined) {
    return {
      api: (endpoint) => endpoint,
      token: (domainPrefix, region) => `https://${domainPrefix}.auth.${region}.amazoncognito.com/oauth2/token`,
    }
  }
  return {
    // `http://<id>.execute-api.127.0.0.1:<port>`, an address that cannot be called.
    api: (endpoint) => `${emulatorUrl}/_aws/execute-api/${/^\w+:\/\/([^.]+)\./.exec(endpoint)?.[1]}/$default`,
    token: () => `${emulatorUrl}/oauth2/token`,
  }
}

/** The emulator that the environment names. Undefined for AWS itself. */
export function emulatorIn(environment: NodeJS.ProcessEnv): string | undefined {
  const url = URL.parse(environment['AWS_ENDPOINT_URL'] ?? '')
  return url?.hostname === '127.0.0.1' ? url.origin : undefined
}
