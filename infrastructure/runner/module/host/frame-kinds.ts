/** What a frame between the worker and a hook's process says. The numbers are the protocol's. */
export const fromHost = {
  /** The host runs; the hook's code is not loaded yet. */
  hello: 1,
  /** The hook is there and may be given records. */
  loaded: 2,
  /** The module cannot be a hook; the body says why. */
  unusable: 3,
  /** The rest begin with the token of the record that they are about. */
  rows: 4,
  rejection: 5,
  error: 6,
  listFiles: 7,
  readFile: 8,
} as const

export const toHost = { config: 20, record: 21, done: 22, files: 23, bytes: 24, refused: 25 } as const

/** Made for each record, so that nothing can be said of a record before it was given. */
export const tokenBytes = 8

export const maxFrameBytes = 16 * 2 ** 20

/** So much of a file is sent at once. */
export const maxReadBytes = 2 ** 20

/** Below the reader's bound on a line, and the bound on a frame. */
export const maxResultBytes = 15 * 2 ** 20
