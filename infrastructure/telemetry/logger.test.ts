import { expect, test } from 'vitest'
import { createLogger } from './logger.ts'
import { runWithRequest } from './request.ts'

test('a line is one JSON object with its level in words, its service and its time', () => {
  const lines = written((log) => log.info({ count: 3 }, 'ready'))
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0]!)).toMatchObject({
    level: 'info',
    service: 'gateway',
    msg: 'ready',
    count: 3,
    time: expect.stringMatching(/Z$/),
  })
})

test('lines below the level are not written', () => {
  expect(written((log) => log.debug('no'))).toEqual([])
})

test('every line within a request carries its id, after an await too, and none outside', async () => {
  const lines: string[] = []
  const log = createLogger({ level: 'info', format: 'json' }, 'gateway', { write: (line) => lines.push(line) })
  await Promise.all(
    ['a', 'b'].map((requestId) =>
      runWithRequest({ requestId }, async () => {
        await new Promise((resolve) => setTimeout(resolve, 5))
        log.child({ part: requestId }).info('inside')
      }),
    ),
  )
  log.info('outside')
  const read = lines.map((line) => JSON.parse(line))
  expect(read.map(({ part, requestId }) => [part, requestId])).toEqual([
    ['a', 'a'],
    ['b', 'b'],
    [undefined, undefined],
  ])
})

test('tokens and secrets are never printed, however deep and however spelled', () => {
  const [line] = written((log) =>
    log.info(
      {
        token: 'tok-1',
        req: { headers: { authorization: 'Bearer tok-2', 'x-strata-gateway': 'tok-3' } },
        list: [{ a: { b: { access_token: 'tok-4' } } }],
      },
      'x',
    ),
  )
  expect(line).not.toContain('tok-')
  expect(JSON.parse(line!).req.headers.authorization).toBe('[redacted]')
})

test('what an error carries besides its message is redacted as well', () => {
  const err = Object.assign(new Error('refused'), { request: { headers: { Authorization: 'Bearer tok-6' } } })
  const [line] = written((log) => log.error({ err }, 'x'))
  expect(line).toContain('refused')
  expect(line).not.toContain('tok-')
})

test('a cyclic object does not stop the line', () => {
  const cycle: Record<string, unknown> = { token: 'tok-7' }
  cycle.self = cycle
  const [line] = written((log) => log.info({ cycle }, 'x'))
  expect(line).toContain('"msg":"x"')
  expect(line).not.toContain('tok-')
})

test('what a child logger is bound to is redacted as well', () => {
  const [line] = written((log) => log.child({ secret: 'tok-5' }).info('x'))
  expect(line).not.toContain('tok-5')
})

test('an error is written with its message and stack', () => {
  const [line] = written((log) => log.error({ err: new Error('no such file') }, 'failed'))
  expect(JSON.parse(line!).err).toMatchObject({ message: 'no such file', stack: expect.stringContaining('logger.test') })
})

test('the format for people is one calm line', () => {
  const [line] = written((log) => log.info({ url: 'http://127.0.0.1:4000', note: 'two words' }, 'ready'), 'pretty')
  expect(line).toMatch(/^\d\d:\d\d:\d\d gateway ready url=http:\/\/127\.0\.0\.1:4000 note="two words"\n$/)
})

test('the format for people names the level when it is not info, and shows the stack below', () => {
  const [line] = written((log) => log.error({ err: new Error('no such file') }, 'failed'), 'pretty')
  expect(line).toMatch(/^\d\d:\d\d:\d\d error gateway failed\n {2}Error: no such file\n {2} {4}at /)
})

const hostile = ['\u001b[2J', '\u009b31m', '\u202e', '\u2066', '\u200f', '\u2028', '\u0007', '\r', '\n']

test.each(hostile)('the format for people escapes %j in every field', (character) => {
  const name = `a${character}b`
  const err = new Error(name)
  err.stack = name
  const [line] = written((log) => log.error({ name, [name]: 'x', deep: { list: [name] }, err }, name), 'pretty')
  const shown = `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  expect(line).toContain(`a${shown}`)
  expect(line!.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u)
  // A stack has line breaks of its own. No other text may start a new line.
  expect(line!.trimEnd().split('\n')).toHaveLength(character === '\n' ? 3 : 2)
})

function written(speak: (log: ReturnType<typeof createLogger>) => void, format: 'json' | 'pretty' = 'json'): string[] {
  const lines: string[] = []
  speak(createLogger({ level: 'info', format }, 'gateway', { write: (line) => lines.push(line) }))
  return lines
}
