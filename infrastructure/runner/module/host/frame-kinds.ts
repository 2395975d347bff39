/** The kinds of frames between the worker and a program's process. The numbers are part of the protocol. */
export const fromHost = {
  /** The host runs; the program's code is not loaded yet. */
  hello: 1,
  /** The program is loaded and ready. */
  loaded: 2,
  /** The module cannot be used; the body says why. */
  unusable: 3,
  /** Each of the following begins with the token of its record or batch. */
  rows: 4,
  rejection: 5,
  error: 6,
  listFiles: 7,
  readFile: 8,
  /** Of an ingester: a record, the bytes of its files in their order, and the end of the batch. */
  pulled: 9,
  fileBytes: 10,
  batch: 11,
} as const

export const toHost = { config: 20, record: 21, done: 22, files: 23, bytes: 24, refused: 25, pull: 26 } as const

/** Random for each record or batch, so that the process cannot answer for one before it is given it. */
export const tokenBytes = 8

export const maxFrameBytes = 16 * 2 ** 20

/** The most bytes of a file sent at once. */
export const maxReadBytes = 2 ** 20

/** Below both the reader's limit on a line and the limit on a frame. */
export const maxResultBytes = 15 * 2 ** 20
