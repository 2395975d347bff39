import fc from 'fast-check'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { byteLines } from './byte-lines.ts'
import { csvRows, maxRowLines, type CsvRow } from './csv-rows.ts'

test('each record between two stray quotes has its own answer', async () => {
  const clean = ['2,b,2.5', '3,c,3.5', '4,d,4.5', '5,e,5.5']
  for (const [first, last] of [
    ['1,"a,1.5', '6,"f,6.5'],
    ['1,"a,1.5', '6,f,"6.5'],
    ['1,"a,1.5', '6,f,6.5"'],
    ['1,a,"1.5', '6,"f",6.5'],
  ]) {
    const rows = await read(['id,name,size', first, ...clean, last, '7,g,7.5'].join('\n'))
    expect(
      rows.map(({ line }) => line),
      `${first} … ${last}`,
    ).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(rows.slice(2, 6).map(shown)).toEqual(clean.map((line) => line.split(',')))
    expect(shown(rows[1])).toBe('fault')
    expect(shown(rows[7])).toEqual(['7', 'g', '7.5'])
  }
})

test('a lone quote within an unquoted cell is part of its value', async () => {
  const rows = await read('id,size\n1,5" pipe\n2,b\n3,6"\n4,d\r\n')
  expect(rows.slice(1).map(shown)).toEqual([
    ['1', '5" pipe'],
    ['2', 'b'],
    ['3', '6"'],
    ['4', 'd'],
  ])
})

test('a quote that never closes costs the record it opens in, at the end and at the limits', async () => {
  expect((await read('id,a\n1,"x\n2,y\n3,z')).map(shown)).toEqual([['id', 'a'], 'fault', ['2', 'y'], ['3', 'z']])
  const many = Array.from({ length: maxRowLines + 10 }, (_, i) => `${i},y`)
  const rows = await read(`id,a\n1,"x\n${many.join('\n')}`)
  expect(rows.map(shown).filter((one) => one === 'fault')).toHaveLength(1)
  expect(rows).toHaveLength(many.length + 2)
})

test('mutilated CSV reads as a second parser reads it, one record at a time', async () => {
  const cell = fc.oneof(
    fc.stringMatching(/^[ab1]{0,3}$/),
    fc.stringMatching(/^[ab",\n]{0,6}$/).map((text) => `"${text.replaceAll('"', '""')}"`),
  )
  const table = fc
    .integer({ min: 1, max: 3 })
    .chain((width) =>
      fc
        .array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 12 })
        .map((rows) => [Array.from({ length: width }, (_, i) => `h${i}`), ...rows]),
    )
  const damage = fc.array(fc.record({ at: fc.nat(), insert: fc.constantFrom('"', '"', '""', ',', '\n', '"\n', ',"', '",', '') }), {
    maxLength: 6,
  })
  await fc.assert(
    fc.asyncProperty(table, damage, fc.integer({ min: 1, max: 40 }), async (rows, wounds, pieceLength) => {
      const header = rows[0] ?? []
      let text = rows
        .slice(1)
        .map((row) => row.join(','))
        .join('\n')
      for (const { at, insert } of wounds) {
        const place = at % (text.length + 1)
        text = text.slice(0, place) + insert + text.slice(place + (insert === '' ? 1 : 0))
      }
      const whole = `${header.join(',')}\n${text}`
      expect((await read(whole, pieceLength)).map((row) => ({ line: row.line, is: shown(row) }))).toEqual(oracle(whole, header.length))
    }),
    { numRuns: 2_000 },
  )
})

test('text made to be read again and again is read in time in proportion to its length', async () => {
  for (const line of ['a",b,"c', '",', '","', '"', '",",', '"""', 'a,"']) {
    const rows = await read(`${'h,'.repeat(49)}h\n${`${line}\n\n\n\n`.repeat(50_000)}`, 65_536)
    expect(rows.length, line).toBeGreaterThan(1_000)
  }
})

/** Asks Papa Parse for one record, from the start of each line that no record before it has taken. */
function oracle(text: string, width: number) {
  const lines = text.split('\n')
  const found: { readonly line: number; readonly is: readonly string[] | 'fault' }[] = []
  for (let at = 0; at < lines.length;) {
    const line = at + 1
    if ((lines[at] ?? '').trim() === '') {
      at += 1
      continue
    }
    const parsed = Papa.parse<string[]>(lines.slice(at).join('\n'), { delimiter: ',', newline: '\n', preview: 1 })
    const cells = parsed.data[0] ?? []
    const count = cells.join('').split('\n').length
    const isFault = parsed.errors.some(({ type }) => type === 'Quotes') || (count > 1 && cells.length !== width)
    found.push({ line, is: isFault ? 'fault' : cells })
    at += isFault ? 1 : count
  }
  return found
}

async function read(text: string, pieceLength = text.length): Promise<CsvRow[]> {
  const bytes = Buffer.from(text)
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += pieceLength) yield bytes.subarray(at, at + pieceLength)
  }
  const rows: CsvRow[] = []
  for await (const some of csvRows(byteLines(pieces()))) for (const row of some) rows.push(row)
  return rows
}

function shown(row: CsvRow | undefined): readonly string[] | 'fault' | undefined {
  return row === undefined ? undefined : 'cells' in row ? row.cells : 'fault'
}
