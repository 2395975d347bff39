import { PayloadTooLarge } from './refusal.ts'

/** How much one operation may read and answer. */
export interface AnswerLimits {
  /** Fields of the answer, each time they occur, and members of its lists. */
  readonly values: number
  /** Bytes of the answer. */
  readonly bytes: number
  /** Bytes of the rows that are read for it. */
  readonly readBytes: number
}

/** One GraphQL query while it is carried out. What works for it counts here what it reads and answers, as it does so. */
export interface Operation {
  /** Aborted when nobody waits for the answer any more, or when it grew too large. */
  readonly signal: AbortSignal
  /** Throws when the answer is too large with this. */
  answered(values: number, bytes: number): void
  /** A row came from the database. Does not throw: `signal` is aborted when it is one too many. */
  read(bytes: number): void
  /** Something else has found the answer too large, and says why. */
  tooLarge(why: string): void
  /** How many bytes the answer may still grow by. */
  bytesLeft(): number
}

interface OperationOptions {
  readonly limits: AnswerLimits
  readonly signal: AbortSignal
  /** Ends the operation for this reason; false when it must be carried out whatever comes. */
  giveUp(reason: PayloadTooLarge): boolean
}

export function startOperation({ limits, signal, giveUp }: OperationOptions): Operation {
  // A row that is answered is an item of a list, and has fields: what more of them would be made into is too large anyway.
  const mostRows = Math.floor(limits.values * 0.4)
  let values = 0
  let bytes = 0
  let readBytes = 0
  let rows = 0
  /** Found too large once: given up, or carried out all the same. */
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
