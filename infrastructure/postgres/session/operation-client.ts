import { turn, type Operation } from '@strata/domain/shared'
import pg from 'pg'
import { cancelStatement, type Cancellable } from './cancel-statement.ts'
import { currentOperation } from './current-operation.ts'

/**
 * A connection that belongs to an operation. It counts each row as it arrives, before buffering it, and cancels the running statement
 * when the operation is aborted. Queries need no code for either.
 */
export class OperationClient extends pg.Client {
  #operation: Operation | undefined

  constructor(config?: string | pg.ClientConfig) {
    super(config)
    this.connection.on('dataRow', (row: { readonly length: number }) => this.#operation?.read(row.length))
    this.once('connect', () => this.#readInTurns())
  }

  /**
   * While a socket has data, one round of the event loop reads up to 32 chunks from it, and the driver parses each immediately. A large
   * result would therefore block the loop for long. Here the socket emits one chunk, then waits for its turn.
   */
  #readInTurns(): void {
    const { stream } = this.connection
    // COPY removes and restores the stream's only data listener, so there is still only one.
    const [parse] = stream.listeners('data')
    stream.removeAllListeners('data').on('data', (chunk: Buffer) => {
      parse?.(chunk)
      if (this.#operation === undefined || chunk.length < largeChunk || stream.isPaused()) return
      stream.pause()
      void turn().then(() => stream.resume())
    })
  }

  // The driver's own overloads: a statement that returns a promise, a statement with a callback, or a submittable object.
  // oxlint-disable-next-line typescript/no-explicit-any -- the driver's own signature
  override query(statement: any, values?: any, callback?: any): any {
    const operation = currentOperation()
    this.#operation = operation
    if (operation === undefined || typeof statement?.submit === 'function') return super.query(statement, values, callback)
    if (operation.signal.aborted && !endsTransaction(statement)) return failed(operation.signal.reason, callback ?? values)
    const run = this.#follow(operation)
    const answer = typeof callback === 'function' ? callback : typeof values === 'function' ? values : undefined
    if (answer === undefined) return run.settled(super.query(statement, values))
    const parameters = typeof values === 'function' ? undefined : values
    // The callback gets the result or the error, as with the driver.
    run.settled(super.query(statement, parameters)).then(
      (result) => answer(null, result),
      (error: unknown) => answer(error, undefined),
    )
  }

  /** Cancels the statement if its operation is aborted before the statement ends. */
  #follow({ signal }: Operation): { settled<T>(statement: Promise<T>): Promise<T> } {
    let cancelling: Promise<void> | undefined
    const cancel = () => void (cancelling ??= cancelStatement(this as unknown as Cancellable))
    if (!signal.aborted) signal.addEventListener('abort', cancel, { once: true })
    return {
      settled: async (statement) => {
        try {
          return await statement
        } catch (error) {
          throw signal.aborted && isCancelled(error) ? signal.reason : error
        } finally {
          signal.removeEventListener('abort', cancel)
          // Return the connection only when the cancel request can no longer hit the next statement.
          await cancelling
        }
      },
    }
  }
}

/** Smaller chunks belong to answers that end soon. */
const largeChunk = 32_768

/** The transaction of an aborted operation must still be rolled back, or its connection would stay in it. */
function endsTransaction(statement: unknown): boolean {
  const text = typeof statement === 'string' ? statement : (statement as { readonly text?: unknown } | null)?.text
  return typeof text === 'string' && /^\s*(rollback|commit)\b/i.test(text)
}

function failed(reason: unknown, callback: unknown): Promise<never> | undefined {
  if (typeof callback !== 'function') return Promise.reject(reason)
  process.nextTick(() => callback(reason))
}

function isCancelled(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '57014'
}
