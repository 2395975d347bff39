import { PayloadTooLarge } from './refusal.ts'

/** How much one operation may read and return. */
export interface AnswerLimits {
  /** Fields of the answer, counted each time they occur, and items of its lists. */
  readonly values: number
  /** Bytes of the answer. */
  readonly bytes: number
  /** Bytes of the rows read for it. */
  readonly readBytes: number
}

/** A running GraphQL query. Code that works for it reports here what it reads and returns. */
export interface Operation {
  /** Aborted when the caller stops waiting for the answer, or when the answer grows too large. */
  readonly signal: AbortSignal
  /** Throws when this makes the answer too large. */
  answered(values: number, bytes: number): void
  /** Counts a row from the database. Does not throw: it aborts `signal` when the row exceeds the limit. */
  read(bytes: number): void
  /** Another component found the answer too large, for this reason. */
  tooLarge(why: string): void
  /** How many bytes the answer may still grow by. */
  bytesLeft(): number
}

interface OperationOptions {
  readonly limits: AnswerLimits
  readonly signal: AbortSignal
  /** Aborts the operation for this reason. False when the operation must run to its end. */
  giveUp(reason: PayloadTooLarge): boolean
}

export function startOperation({ limits, signal, giveUp }: OperationOptions): Operation {
  // A row in the answer is a list item and has fields, so more rows than this would make the answer too large anyway.
  const mostRows = Math.floor(limits.values * 0.4)
  let values = 0
  let bytes = 0
  let readBytes = 0
  let rows = 0
  /** The answer was found too large: the operation is aborted or, if it must finish, continues. */
  let isDecided = false

  return {
    signal,
    answered(moreValues, moreBytes) {
      if (isDecided) return
      values += moreValues
      bytes += moreBytes
      if (values > limits.values) refuse(`This answer has more than ${limits.values.toLocaleString('en-US')} values`)
      if (bytes > limits.bytes) refuse(`This answer has more than ${limits.bytes.toLocaleString('en-US')} bytes`)
    },
    read(more) {
      readBytes += more
      rows++
      if (isDecided || (readBytes <= limits.readBytes && rows <= mostRows)) return
      isDecided = true
      if (rows > mostRows) return void giveUp(tooLarge(`This operation reads more than ${mostRows.toLocaleString('en-US')} rows`))
      giveUp(tooLarge(`This operation reads more than ${limits.readBytes.toLocaleString('en-US')} bytes of rows`))
    },
    tooLarge: (why) => void giveUp(new PayloadTooLarge(why)),
    bytesLeft: () => Math.max(0, limits.bytes - bytes),
  }

  function refuse(what: string): void {
    isDecided = true
    const reason = tooLarge(what)
    if (giveUp(reason)) throw reason
  }
}

function tooLarge(what: string): PayloadTooLarge {
  return new PayloadTooLarge(`${what}, which is the limit; ask for fewer items at once ("first"), or for fewer fields.`)
}
