import { PayloadTooLarge, startOperation } from '@strata/domain/shared'
import { expect, test } from 'vitest'
import { fewErrors } from './few-errors.ts'
import { readSubgraphResponse } from './subgraph-response.ts'

function operation(bytes: number) {
  return startOperation({
    limits: { values: Infinity, bytes, readBytes: Infinity },
    signal: new AbortController().signal,
    giveUp: () => true,
  })
}

test('an answer that grows too large is aborted while it arrives, even if it never ends', async () => {
  let sent = 0
  let isCancelled = false
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent++
      controller.enqueue(new TextEncoder().encode(`{"data":"${'x'.repeat(1_000)}`))
    },
    cancel: () => void (isCancelled = true),
  })
  await expect(readSubgraphResponse(new Response(endless), operation(10_000))).rejects.toBeInstanceOf(PayloadTooLarge)
  expect([sent < 20, isCancelled]).toEqual([true, true])
})

test('an answer within its limit is read completely, wherever its chunks end', async () => {
  const bytes = new TextEncoder().encode('{"data":{"name":"Ærøskøbing"}}')
  const pieces = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
      controller.close()
    },
  })
  expect(await readSubgraphResponse(new Response(pieces), operation(1_000))).toEqual({ data: { name: 'Ærøskøbing' } })
})

test('the first hundred errors are shown, with the number of the others', () => {
  const errors = Array.from({ length: 250 }, (_, i) => ({ message: `no ${i}`, extensions: { code: 'NOT_FOUND' } }))
  const shown = fewErrors(errors, (error) => error)
  expect(shown).toHaveLength(101)
  expect(shown.at(-1)).toEqual({ message: '150 more errors are left out; correct these first.', extensions: { code: 'NOT_FOUND' } })
  expect(fewErrors(errors.slice(0, 100), (error) => error)).toHaveLength(100)
})
