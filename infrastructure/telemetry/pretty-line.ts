import { styleText } from 'node:util'
import { escapeControls } from './escape-controls.ts'

/** Formats a JSON line for people; an error's stack follows on separate lines. */
export function prettyLine(json: string, o: { colors: boolean }): string {
  const { level, time, service, msg, err, ...fields } = read(json)
  // All text passes through here. The only control characters added afterwards are the colours and line ends below.
  const paint = (style: Style, text: string) => {
    const printed = escapeControls(text)
    return o.colors ? styleText(style, printed, { validateStream: false }) : printed
  }
  const parts = [
    paint('dim', clock(time)),
    level === 'info' ? '' : paint(levelStyle(level), String(level)),
    paint('dim', String(service)),
    escapeControls(String(msg ?? '')),
    paint('dim', fieldsOf(fields)),
  ]
  const stack = err === undefined ? [] : stackOf(err).split('\n')
  return [parts.filter((part) => part !== '').join(' '), ...stack.map((line) => paint('dim', `  ${line}`)), ''].join('\n')
}

type Style = 'dim' | 'red' | 'yellow'

function read(json: string): Record<string, unknown> {
  const line: unknown = JSON.parse(json)
  return isObject(line) ? line : {}
}

function clock(time: unknown): string {
  return new Date(String(time)).toLocaleTimeString('en-GB')
}

function levelStyle(level: unknown): Style {
  if (level === 'error' || level === 'fatal') return 'red'
  return level === 'warn' ? 'yellow' : 'dim'
}

/** `name=value`, with quotes only around values that are not a single word. */
function fieldsOf(fields: Record<string, unknown>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${shown(value)}`)
    .join(' ')
}

function shown(value: unknown): string {
  return typeof value === 'string' && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value)
}

function stackOf(err: unknown): string {
  return isObject(err) ? String(err.stack ?? err.message) : String(err)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
