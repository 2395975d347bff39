import { describe, expect, test } from 'vitest'
import { countCpuTime } from '../../../../test/support/cpu-time.ts'
import { digestOf } from '@strata/domain/shared'
import { fault, line, read, spec, useOutputDirectory, write } from '../../../../test/support/hook-output.ts'

useOutputDirectory()

describe('what a hook wrote as it should', () => {
  test('is read with its rows in the order of the columns, and what is missing was empty', async () => {
    const features = line('a', [
      { text: 'x', score: 1.5 },
      { score: 2, json: { deep: [1] }, integer: 7 },
    ])
    await write('features.jsonl', features)
    await write('rejections.jsonl', '{"id":"b","reason":"too low"}\n')
    const { results, files, of } = await read()
    expect(of('a')).toEqual({
      id: 'a',
      outcome: { status: 'PASSED' },
      rows: [
        [1.5, 'x', null, null, null, null, null, null, null],
        [2, null, null, 7, null, null, null, null, { deep: [1] }],
      ],
    })
    expect(of('b')?.outcome).toEqual({ status: 'REJECTED', reason: 'too low' })
    expect(of('c')?.outcome).toEqual({ status: 'EMPTY' })
    expect(results).toHaveLength(3)
    expect(files[0]).toEqual({ file: 'features.jsonl', bytes: features.length, digest: digestOf(features) })
  })

  test('may be nothing at all', async () => {
    expect((await read()).results.map(({ outcome }) => outcome.status)).toEqual(['EMPTY', 'EMPTY', 'EMPTY'])
  })

  test('may lack the last newline when the hook ended well', async () => {
    await write('features.jsonl', line('a', [{ score: 1 }]).trimEnd())
    expect((await read()).of('a')?.outcome).toEqual({ status: 'PASSED' })
  })

  test('keeps errors with whether another try is worth it', async () => {
    await write('errors.jsonl', '{"id":"a","error":"no atoms","retryable":true}\n{"id":"b","error":"broken"}\n{"id":"c"}\n')
    expect((await read()).results.map(({ outcome }) => outcome)).toEqual([
      { status: 'ERRORED', reason: 'no atoms', retryable: true },
      { status: 'ERRORED', reason: 'broken', retryable: false },
      { status: 'ERRORED', reason: 'The hook gave no reason.', retryable: false },
    ])
  })

  test.each([
    'TypeError: fetch failed',
    'requests.exceptions.ConnectionError: [Errno -3] Temporary failure in name resolution',
    'Error: a hook may not import "node:https"; allowed are node:util',
  ])('explains %s', async (error) => {
    await write('errors.jsonl', `${JSON.stringify({ id: 'a', error })}\n`)
    expect((await read()).of('a')?.outcome).toMatchObject({
      reason: `${error}. Hooks have no network: what a hook needs has to be in its record, its files, its config or its image.`,
    })
  })

  test('is one row or none when the contract says ONE', async () => {
    const feature = spec('ONE', [{ name: 'score', type: 'NUMBER', required: true }])
    await write('features.jsonl', line('a', { score: 1 }) + line('b', [{ score: 2 }]) + line('c', [{ score: 1 }, { score: 2 }]))
    const { of } = await read({ feature })
    expect([of('a')?.rows, of('b')?.rows]).toEqual([[[1]], [[2]]])
    expect(of('c')).toMatchObject({
      outcome: {
        status: 'ERRORED',
        reason: 'The hook returned 2 rows, but its cardinality is ONE: return one object, or declare the hook as MANY.',
      },
      rows: [],
    })
  })
})

describe('a row that breaks the contract costs its record alone', () => {
  test.each([
    ['a missing column', [{ text: 'x' }], 'Row 1 has no "score", which is required; it has "text".'],
    ['no column at all', [{}], 'Row 1 has no "score", which is required; it has none.'],
    ['null where a value is required', [{ score: null }], 'Row 1 has null in "score", which is required.'],
    ['a wrong type', [{ score: 1 }, { score: '1' }], 'Row 2 has a wrong "score": it should be a finite number, not "1".'],
    ['a fraction', [{ score: 1, integer: 1.5 }], 'Row 1 has a wrong "integer": it should be a whole number up to 2^53, not 1.5.'],
    [
      'a day that never was',
      [{ score: 1, date: '2026-02-30' }],
      'Row 1 has a wrong "date": it should be a date like 2026-01-31, not "2026-02-30".',
    ],
    ['a time without a zone', [{ score: 1, datetime: '2026-01-31T12:00:00' }], expect.stringContaining('with its zone')],
    ['no UUID', [{ score: 1, uuid: 'x' }], expect.stringContaining('should be a UUID')],
    [
      'an unknown column',
      [{ score: 1, scor: 2 }],
      expect.stringMatching(
        /^Row 1 has "scor", which is not a column of this hook; its columns are "score", "text", .*\. Did you mean "score"\?$/,
      ),
    ],
    ['a row that is none', [7], 'Row 1 is not an object with columns.'],
    [
      'one row for many',
      { score: 1 },
      'The hook returned one object, but its cardinality is MANY: return a list of rows, like [{ … }]. In features.jsonl, "features" is that list.',
    ],
    ['rows that are none', 'x', expect.stringContaining('its cardinality is MANY: return a list of rows')],
  ])('%s', async (_, features, reason) => {
    await write('features.jsonl', line('a', features) + line('b', [{ score: 1 }]))
    const { of } = await read()
    expect(of('a')).toEqual({ id: 'a', outcome: { status: 'ERRORED', reason, retryable: false }, rows: [] })
    expect(of('b')?.outcome).toEqual({ status: 'PASSED' })
  })

  test.each([
    ['NUL in a text', '"text":"a\\u0000b"', 'NUL'],
    ['half a character', '"text":"\\ud83d"', 'lone surrogate'],
    ['NUL deep in JSON', '"json":[{"a":"\\u0000"}]', 'NUL'],
    ['a number beyond all', '"score":1e999', '1e999 is too large'],
    ['a number that would be rounded', '"integer":9007199254740993', 'kept exactly'],
  ])('%s', async (_, member, reason) => {
    await write(
      'features.jsonl',
      `{"id":"a","features":[{"score":1,${member}}]}\n`.replace('"score":1,"score"', '"score"') + line('b', [{ score: 1 }]),
    )
    const { of } = await read()
    expect(of('a')).toMatchObject({ outcome: { status: 'ERRORED', reason: expect.stringContaining(reason) }, rows: [] })
    expect(of('b')?.outcome).toEqual({ status: 'PASSED' })
  })

  test('a reason without end is cut', async () => {
    await write('rejections.jsonl', `${JSON.stringify({ id: 'a', reason: '🦠'.repeat(9_000) })}\n`)
    const outcome = (await read()).of('a')?.outcome
    expect(outcome?.status === 'REJECTED' && outcome.reason.length <= 2_000 && outcome.reason.isWellFormed()).toBe(true)
  })
})

describe('a file that is not what it should be is refused with its line and the reason', () => {
  const good = line('a', [{ score: 1 }])
  test.each([
    ['no JSON', '{"id":"b",', 'features.jsonl, line 2: it is not JSON: {"id":"b",.'],
    ['NaN', '{"id":"b","features":[{"score":NaN}]}', 'line 2: it is not JSON'],
    ['Infinity', '{"id":"b","features":[{"score":-Infinity}]}', 'line 2: it is not JSON'],
    ['a key twice', '{"id":"b","features":[{"score":1,"score":2}]}', 'line 2: the key "score" appears twice'],
    ['a key twice, spelt differently', '{"id":"b","features":[{"score":1,"sc\\u006fre":2}]}', 'line 2: the key "score" appears twice'],
    ['the id twice', '{"id":"b","id":"a","features":[]}', 'line 2: the key "id" appears twice'],
    ['__proto__', '{"id":"b","features":[{"__proto__":{"score":1}}]}', 'line 2: the key "__proto__" is not allowed'],
    ['__proto__ in disguise', '{"id":"b","features":[{"\\u005f_proto__":{}}]}', 'line 2: the key "__proto__" is not allowed'],
    ['constructor', '{"id":"b","features":[{"json":{"constructor":{"prototype":1}}}]}', 'line 2: the key "constructor" is not allowed'],
    ['bottomless JSON', `{"id":"b","features":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'line 2: it is nested deeper than 64'],
    ['bottomless JSON that never ends', '['.repeat(5_000_000), 'line 2: it is nested deeper than 64'],
    ['a foreign id', '{"id":"z","features":[]}', 'line 2: the record "z" was not in the input'],
    ['an id that is none', '{"id":7,"features":[]}', 'line 2: it has no "id"'],
    ['a list', '[]', 'line 2: it is not an object'],
    ['an empty line', '', 'line 2: it is empty'],
    ['two results for a record', good.trim(), 'line 2: there is another result for the record "a"'],
  ])('%s', async (_, second, message) => {
    await write('features.jsonl', `${good}${second}\n`)
    expect(await fault()).toContain(message)
  })

  test('two results for a record in two files', async () => {
    await write('features.jsonl', good)
    await write('rejections.jsonl', '{"id":"a","reason":"no"}\n')
    expect(await fault()).toBe('rejections.jsonl, line 1: there is another result for the record "a".')
  })

  test('bytes that are no UTF-8', async () => {
    await write('features.jsonl', Buffer.concat([Buffer.from(good), Buffer.from([0x22, 0xff, 0xfe, 0x22, 0x0a])]))
    expect(await fault()).toBe('features.jsonl, line 2: it is not UTF-8.')
  })

  test('more lines than records', async () => {
    await write('features.jsonl', '{"id":"a","features":[]}\n'.repeat(4))
    expect(await fault()).toMatch(/another result/)
    await write('features.jsonl', '\n'.repeat(50_000_000))
    expect(await fault()).toBe('features.jsonl, line 1: it is empty.')
  })

  test('an object with a hundred thousand keys is read without looking through all for each', async () => {
    const keys = Array.from({ length: 100_000 }, (_, i) => `"k${i}":${i}`).join()
    await write(
      'features.jsonl',
      `{"id":"a","features":[{"score":1,"json":{${keys}}}]}\n{"id":"b","features":[{"score":1,"json":{${keys},"k5":1}}]}\n`,
    )
    const cpuTime = countCpuTime()
    expect(await fault()).toContain('line 2: the key "k5" appears twice')
    expect(cpuTime()).toBeLessThan(3_000)
  })
})

describe('of a hook that was killed', () => {
  test('whole lines count, a half one does not, and nothing is taken for empty', async () => {
    await write('features.jsonl', `${line('a', [{ score: 1 }])}{"id":"b","features":[{"score":2`)
    expect((await read({ complete: false })).results.map(({ id }) => id)).toEqual(['a'])
  })

  test('a whole line without its newline does not count either: more might have come', async () => {
    await write('features.jsonl', line('a', [{ score: 1 }]) + line('b', [{ score: 2 }]).trimEnd())
    expect((await read({ complete: false })).results.map(({ id }) => id)).toEqual(['a'])
  })

  test('a cut in the middle of a character does not hurt what came before', async () => {
    await write('features.jsonl', Buffer.concat([Buffer.from(line('a', [{ score: 1 }])), Buffer.from('{"id":"b","x":"é').subarray(0, -1)]))
    expect((await read({ complete: false })).results.map(({ id }) => id)).toEqual(['a'])
  })

  test('errors are computed again', async () => {
    await write('errors.jsonl', '{"id":"a","error":"x"}\n')
    await write('features.jsonl', line('b', [{ score: 'x' }]) + line('c', []))
    expect((await read({ complete: false })).results.map(({ id, outcome }) => [id, outcome.status])).toEqual([['c', 'EMPTY']])
  })

  test('the same half line after an exit with 0 is a fault', async () => {
    await write('features.jsonl', `${line('a', [{ score: 1 }])}{"id":"b","features":[{"score":2`)
    expect(await fault()).toMatch(/^features.jsonl, line 2: it is not JSON/)
  })
})
