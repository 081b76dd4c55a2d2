/** Types of resources that the emulator refuses a template for: the smoke test is deployed to it without them. */
export const UNKNOWN_TO_EMULATOR: readonly string[] = [
  'AWS::Cognito::ManagedLoginBranding',
  'AWS::Cognito::UserPoolUser',
  'AWS::Cognito::UserPoolUserToGroupAttachment',
]

/** What a deployment to the emulator does not show of AWS; printed at the end of the step, so that nobody takes it for shown. */
export const EMULATOR_LIMITS: readonly string[] = [
  'IAM: the emulator lets every call pass. The least-privilege tests evaluate the synthesized policies instead.',
  'CloudFront: files, functions and headers are asked for; `/v1/*` on the site’s origin, caching, TLS and edges are not.',
  'Own domain: deployed without a hosted zone, with certificates that do not exist; the closed execute-api endpoint is set, and the emulator answers there all the same.',
  'Access: calls carry CloudFront’s secret as the run read it, since the emulator’s CloudFront does not reach the API; no web ACL is attached.',
  'The key that signs: it signs as KMS does; the emulator lets everybody use it, whatever its policy says.',
  'The customer’s KMS key: logs, queues and the secret name it; the emulator lets every call use it, and tells neither of the table nor of roles’ boundaries.',
  'An existing topic, a bootstrap qualifier, dead letters of schedules and of asynchronous calls: looked at in the templates only.',
  'The preflight: its calls are made; a region that is not enabled, credentials that may not ask, and CloudFront’s verification are not there.',
  'Sign-in by Cognito: both stages are synthesized and linted; the smoke test signs in as a script. Its pages, its mails, TOTP and people are not tried.',
  `Unknown to it, and left out for the smoke test: ${UNKNOWN_TO_EMULATOR.join(', ')}.`,
  'Throttling, concurrency limits, memory and arm64: set, but not those of AWS.',
  'Time limits of the functions: deployed, then raised to minutes, since this machine may be slower than AWS.',
  'Metrics from the log (EMF) and alarms: the alarms are deployed; the emulator counts nothing for them.',
  'Alarms on metric math: refused by the emulator, and deployed to it as alarms on a plain metric; looked at in the templates only.',
  'The access log of the API: deployed; the emulator writes nothing into it.',
  'Updates of a stack: only that a second deployment without change changes nothing, and a changed schedule little.',
  'The rule that the site’s bucket takes requests over TLS only: deployed, looked at, and taken off, since the emulator fetches without.',
  'Applied after the deployment, from the template: point-in-time recovery of the table, throttling of the API.',
  'Restoring: the emulator restores the present, at once, and keeps no backup of a deleted table.',
  'For how many days the table can be restored: looked at in the template; the emulator keeps no number.',
]
