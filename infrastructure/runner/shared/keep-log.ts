import { closeSync, openSync, writeSync } from 'node:fs'

/** Keeps what a program prints, up to a bound, and hands it to those who follow. */
export interface LogKeeper {
  add(chunk: Uint8Array): void
  /** The last of it, for a message. */
  tail(): string
  /** May be called again. */
  end(): { readonly bytes: number; readonly truncated: boolean }
}

const tailBytes = 8 * 1024

export function keepLog(path: string, maxBytes: number, onLog: ((chunk: Uint8Array) => void) | undefined): LogKeeper {
  const fd = openSync(path, 'w', 0o600)
  let bytes = 0
  let truncated = false
  let tail = Buffer.alloc(0)
  let open = true
  return {
    add(chunk) {
      if (!open) return
      tail = Buffer.from(Buffer.concat([tail, chunk]).subarray(-tailBytes))
      const kept = chunk.subarray(0, Math.max(0, maxBytes - bytes))
      if (kept.length < chunk.length) truncated = true
      if (kept.length === 0) return
      bytes += kept.length
      for (let written = 0; written < kept.length;) written += writeSync(fd, kept, written)
      onLog?.(kept)
    },
    tail: () => tail.toString('utf8').replaceAll('\0', '').toWellFormed(),
    end() {
      if (open) closeSync(fd)
      open = false
      return { bytes, truncated }
    },
  }
}
