import { readdir } from 'node:fs/promises'
import { AttemptFailed } from '../shared/attempt-failed.ts'
import type { ImageAnswer, InfoAnswer } from './engine/answers.ts'

/** The machine's architecture as an engine reports it, and the name that images use for it. */
const architectures: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  aarch64: 'arm64',
  armv7l: 'arm',
  armv6l: 'arm',
  i686: '386',
  i386: '386',
}

/** Refuses an image for another platform, unless the machine has an emulator for it. */
export async function refuseOtherPlatform({ Os, Architecture }: ImageAnswer, info: InfoAnswer): Promise<void> {
  const machine = architectures[info.Architecture ?? ''] ?? info.Architecture
  const isSystem = !Os || !info.OSType || Os === info.OSType
  const isArchitecture = !Architecture || machine === undefined || Architecture === machine
  if (isSystem && (isArchitecture || (await hasEmulator()))) return
  throw new AttemptFailed(
    'IMAGE_PULL',
    `The image is for ${Os || 'linux'}/${Architecture || 'any'}, and this machine runs ${info.OSType ?? 'linux'}/${machine ?? 'unknown'}; build it for that platform and deploy again with the new digest.`,
  )
}

/** On systems other than Linux, the engine runs in a virtual machine. The worker cannot inspect it, and it usually has an emulator. */
async function hasEmulator(): Promise<boolean> {
  if (process.platform !== 'linux') return true
  const handlers = await readdir('/proc/sys/fs/binfmt_misc').catch(() => [])
  return handlers.some((name) => /^(qemu-|rosetta)/i.test(name))
}
