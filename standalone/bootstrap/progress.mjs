/** Shows one line that is rewritten on a terminal; elsewhere, prints a line whenever the step changes. */
export function showProgress(title) {
  const started = Date.now()
  const out = process.stderr
  let step = ''
  const draw = () => out.write(`\r\u001b[2K${title}: ${step} (${elapsed(started)})`)
  const ticking = out.isTTY ? setInterval(draw, 250) : undefined

  return {
    say(next) {
      const changed = withoutNumbers(next) !== withoutNumbers(step)
      step = next
      if (out.isTTY) draw()
      else if (changed) out.write(`${title}: ${step}\n`)
    },
    end(how = 'done') {
      clearInterval(ticking)
      out.write(`${out.isTTY ? '\r\u001b[2K' : ''}${title}: ${how} in ${elapsed(started)}\n`)
    },
  }
}

/** The step that a line of pnpm's output reports; undefined if it reports none. */
export function describe(line) {
  const counts = /^Progress: resolved (\d+), reused (\d+), downloaded (\d+), added (\d+)(, done)?/.exec(line)
  if (counts?.[5] !== undefined) return 'finishing'
  if (counts) return `${counts[4]} of ${counts[1]} packages`
  if (line.includes('Verifying lockfile')) return 'checking the lockfile'
  return undefined
}

function withoutNumbers(step) {
  return step.replace(/\d+/g, '')
}

function elapsed(started) {
  return `${Math.round((Date.now() - started) / 1000)} s`
}
