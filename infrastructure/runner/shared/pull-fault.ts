import { told, type ToldFailure } from './attempt-failed.ts'

/**
 * Classifies a failed pull from the words of the engine or the node. Those words may have anything that the registry answered, so none of
 * them is passed on: only the class, and the error code if it is one of the standard's.
 */
export function failureOfPull(reference: string, said: string): ToldFailure {
  // Registries may answer megabytes. The fault is at the beginning.
  const start = said.slice(0, 8_192)
  const fault = faults.find(({ words }) => words.test(start)) ?? unknown
  const code = standardCode(start)
  return told(fault.kind, `${fault.sentence(reference)}${code === undefined ? '' : ` The registry's error code: ${code}.`}`, said)
}

interface PullFault {
  readonly kind: 'IMAGE_PULL' | 'UPSTREAM' | 'RUNTIME'
  readonly words: RegExp
  readonly sentence: (reference: string) => string
}

/** The first match counts. */
const faults: readonly PullFault[] = [
  {
    kind: 'RUNTIME',
    words: /no space left on device|disk quota exceeded/i,
    sentence: (reference) => `There was no room on the disk for the image ${reference}.`,
  },
  {
    kind: 'IMAGE_PULL',
    words:
      /no matching manifest|no match for platform|cannot be used on this platform|does not match the (specified|detected|expected) platform|no image found in (manifest|image index)/i,
    sentence: (reference) =>
      `The image ${reference} is not built for the platform of the machines that run programs; build it for that platform and deploy again with the new digest.`,
  },
  {
    kind: 'IMAGE_PULL',
    words: /schema ?(version )?1\b|manifest\.v1\+|v1\+prettyjws|v2s1|missing signature key|invalid manifest schema/i,
    sentence: (reference) =>
      `The image ${reference} has a manifest of the outdated schema 1; push the image again with a current tool and deploy again with the new digest.`,
  },
  {
    kind: 'IMAGE_PULL',
    words:
      /verification failed|error verifying|digest (mismatch|did not match|does not match|invalid)|mismatched digest|unexpected (commit )?digest|does(n't| not) match (the )?(provided |expected |manifest )?digest|invalid checksum|size (mismatch|validation)|unexpected (commit )?size|failed precondition|layers? from manifest don't match/i,
    sentence: (reference) =>
      `What the registry gives for the image ${reference} is not what its digest says: it is damaged or forged. Push the image again.`,
  },
  {
    kind: 'UPSTREAM',
    words:
      /HTTP (status: |code: )?(5\d\d|429)|status( code)?:? (5\d\d|429)|HTTP 5\d\d response|toomanyrequests|connection (refused|reset)|i\/o timeout|no such host|TLS handshake|deadline exceeded|Client\.Timeout|server misbehaving|network is unreachable|no route to host|: EOF\b/i,
    sentence: (reference) => `The image ${reference} could not be pulled: its registry did not answer, or not sensibly.`,
  },
  {
    kind: 'IMAGE_PULL',
    words:
      /media ?type|unsupported manifest|unknown (manifest|schema)|failed to register layer|failed to (extract|unpack)|invalid tar|archive\/tar|gzip: invalid|unexpected end of JSON|cannot unmarshal|invalid rootfs|manifest invalid|invalid character|malformed|invalid config|unexpected EOF/i,
    sentence: (reference) =>
      `The image ${reference} cannot be run: its manifest, configuration or a layer cannot be read. Push the image again with a current tool.`,
  },
  {
    kind: 'IMAGE_PULL',
    words: /unauthorized|authentication required|denied|requested access|forbidden|no basic auth/i,
    sentence: (reference) =>
      `The registry does not give the image ${reference} to the engine: log in there (on Kubernetes, name its secret in STRATA_K8S_PULL_SECRET), or pull the image by its digest where programs run.`,
  },
  {
    kind: 'IMAGE_PULL',
    words: /manifest.*unknown|not found|name.unknown|does not exist|invalid reference|repository .*unknown|blob.unknown/i,
    sentence: (reference) =>
      `The registry has no image ${reference}: push that image again, or deploy again with a digest that the registry has.`,
  },
]

const unknown: Omit<PullFault, 'words'> = { kind: 'UPSTREAM', sentence: (reference) => `The image ${reference} could not be pulled.` }

/** The error codes of the OCI distribution specification, and Docker's code for rate limits. */
const standardCodes = [
  'BLOB_UNKNOWN',
  'BLOB_UPLOAD_INVALID',
  'BLOB_UPLOAD_UNKNOWN',
  'DIGEST_INVALID',
  'MANIFEST_BLOB_UNKNOWN',
  'MANIFEST_INVALID',
  'MANIFEST_UNKNOWN',
  'MANIFEST_UNVERIFIED',
  'NAME_INVALID',
  'NAME_UNKNOWN',
  'SIZE_INVALID',
  'TAG_INVALID',
  'UNAUTHORIZED',
  'DENIED',
  'UNSUPPORTED',
  'TOOMANYREQUESTS',
] as const

/** Engines print a code unchanged, or in lower case with spaces. */
function standardCode(said: string): (typeof standardCodes)[number] | undefined {
  const words = said.toUpperCase().replaceAll(/[^A-Z]+/g, '_')
  return standardCodes.find((code) => `_${words}_`.includes(`_${code}_`))
}
