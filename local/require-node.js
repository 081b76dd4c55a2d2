// Runs before everything else, in JavaScript: an older Node cannot read TypeScript, and would fail without an
// explanation. From 22.18 on, Node runs TypeScript without a flag:
// https://nodejs.org/api/typescript.html
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Rollcall needs Node 22.18 or newer, and this is ${process.versions.node}. Install Node 24 from https://nodejs.org, then run \`npm ci\` again.\n`,
  )
  process.exit(1)
}
