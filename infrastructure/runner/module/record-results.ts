import { hookFiles } from '@strata/domain/run'
import { jsonText, openBoundedOutput } from './bounded-output.ts'
import { fromHost } from './host/frame-kinds.ts'

/** The results of a module hook, which the worker writes from the answers of the process. */
export interface RecordResults {
  /** Writes one complete line about the record. An answer that is not JSON becomes an error of the record. */
  add(id: string, kind: number, answer: Buffer): Promise<void>
  progress(status: 'running' | 'done', message: string): Promise<void>
  close(): Promise<void>
}

export function openResults(outputDir: string, maxBytes: number): RecordResults {
  const output = openBoundedOutput('hook', outputDir, maxBytes)
  return {
    async add(id, kind, answer) {
      const text = jsonText(answer)
      const about = `{"id":${JSON.stringify(id)}`
      if (text === undefined)
        return output.append(
          hookFiles.errors,
          `${about},"error":"The hook's process answered with something that is no JSON.","retryable":false}`,
        )
      switch (kind) {
        case fromHost.rows:
          return output.append(hookFiles.features, `${about},"features":${text}}`)
        case fromHost.rejection:
          return output.append(hookFiles.rejections, `${about},"reason":${text}}`)
        default:
          return output.append(hookFiles.errors, `${about},${errorMembers(text)}}`)
      }
    },
    progress: (status, message) => output.progress('records', status, message),
    close: output.close,
  }
}

function errorMembers(text: string): string {
  const said: unknown = JSON.parse(text)
  const of = (name: string): unknown => (typeof said === 'object' && said !== null ? Reflect.get(said, name) : undefined)
  const error = of('error')
  return `"error":${JSON.stringify(typeof error === 'string' ? error : 'The hook gave no reason.')},"retryable":${of('retryable') === true}`
}
