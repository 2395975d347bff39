import { z } from 'zod'

/** What is read of the engine's answers; Docker and Podman agree on this much. */

export const imageAnswer = z.object({
  Id: z.string(),
  /** The unpacked size of all its layers. */
  Size: z.number().nullish(),
  RepoDigests: z.array(z.string()).nullish(),
  Os: z.string().nullish(),
  Architecture: z.string().nullish(),
  Config: z
    .object({
      Volumes: z.record(z.string(), z.unknown()).nullish(),
      WorkingDir: z.string().nullish(),
      Entrypoint: z.array(z.string()).nullish(),
      Cmd: z.array(z.string()).nullish(),
      Env: z.array(z.string()).nullish(),
    })
    .nullish(),
})
export type ImageAnswer = z.output<typeof imageAnswer>

export const createdAnswer = z.object({ Id: z.string() })

/** `Error` means that the wait itself failed; then ignore the code. */
export const waitAnswer = z.object({ StatusCode: z.number().int(), Error: z.object({ Message: z.string().nullish() }).nullish() })

export const containerAnswer = z.object({
  Id: z.string(),
  Image: z.string(),
  State: z.object({
    Running: z.boolean(),
    ExitCode: z.number().int(),
    OOMKilled: z.boolean(),
    Error: z.string().nullish(),
  }),
  Config: z.object({ User: z.string() }),
  HostConfig: z.object({
    Memory: z.number(),
    MemorySwap: z.number(),
    PidsLimit: z.number().nullish(),
    NanoCpus: z.number().nullish(),
    CpuQuota: z.number().nullish(),
    ReadonlyRootfs: z.boolean(),
    NetworkMode: z.string(),
    Privileged: z.boolean(),
    CapAdd: z.array(z.string()).nullish(),
    CapDrop: z.array(z.string()).nullish(),
    SecurityOpt: z.array(z.string()).nullish(),
  }),
})
export type ContainerAnswer = z.output<typeof containerAnswer>

export const listAnswer = z.array(z.object({ Id: z.string(), Labels: z.record(z.string(), z.string()).nullish() }))

export const infoAnswer = z.object({
  NCPU: z.number(),
  OSType: z.string().nullish(),
  Architecture: z.string().nullish(),
  SecurityOptions: z.array(z.string()).nullish(),
  DockerRootDir: z.string().nullish(),
})
export type InfoAnswer = z.output<typeof infoAnswer>

export const versionAnswer = z.object({ Components: z.array(z.object({ Name: z.string() })).nullish() })

/** One line of the progress of a pull; a fault comes in the middle of a success. */
export const pullLine = z.object({
  error: z.string().nullish(),
  /** The id of a layer. */
  id: z.string().nullish(),
  progressDetail: z.object({ total: z.number().nullish() }).nullish(),
})
export type PullProgress = z.output<typeof pullLine>

/** A file in a container, as described in a response header. The mode uses Go's bits. */
export const statHeader = z.object({ mode: z.number() })

export const eventLine = z.object({ Action: z.string() })
