const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

/** Imported before everything else: from 22.18 on, Node runs TypeScript without a flag. */
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Rollcall needs Node 22.18 or newer; this is ${process.versions.node}. Run \`npm ci\`, which brings one along on Linux, and start with \`npm start\`; or install Node 24.\n`,
  )
  process.exit(1)
}
