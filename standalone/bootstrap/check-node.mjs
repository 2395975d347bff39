const oldest = 20

/** Ends with a message on a machine that cannot run this project. */
export function checkNode() {
  const major = Number(process.versions.node.split('.')[0])
  if (major < oldest)
    end(`Strata needs Node ${oldest} or newer to start; this is Node ${process.versions.node}. Get it from https://nodejs.org.`)
  const supported = ['linux', 'darwin'].includes(process.platform) && ['x64', 'arm64'].includes(process.arch)
  if (!supported) end(`Strata runs on Linux and macOS, on x64 and arm64; this is ${process.platform} on ${process.arch}.`)
}

function end(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}
