import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface Certificates {
  readonly authority: string
  /** The API server's client certificate for the kubelet. */
  readonly client: { readonly cert: string; readonly key: string }
  readonly server: { readonly cert: string; readonly key: string }
  /** The key that signs the tokens of service accounts. */
  readonly tokens: string
}

/** A temporary certificate authority, deleted with the directory, so that no other program on the machine gets access. */
export async function makeCertificates(dir: string): Promise<Certificates> {
  const at = (name: string) => join(dir, name)
  const openssl = (...args: readonly string[]) => run('openssl', args, { cwd: dir })
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  await openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.crt', '-subj', '/CN=strata-test', '-days', '2')
  const signed = async (name: string, subject: string, extensions: string) => {
    await writeFile(at(`${name}.ext`), extensions)
    await openssl('req', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', subject)
    await openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-CA',
      'ca.crt',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-out',
      `${name}.crt`,
      '-days',
      '2',
      '-extfile',
      `${name}.ext`,
    )
    return { cert: at(`${name}.crt`), key: at(`${name}.key`) }
  }
  const server = await signed('server', '/CN=kube-apiserver', 'subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage=serverAuth')
  const client = await signed('client', '/O=system:masters/CN=kube-apiserver', 'extendedKeyUsage=clientAuth')
  await openssl('genrsa', '-out', 'tokens.key', '2048')
  return { authority: at('ca.crt'), client, server, tokens: at('tokens.key') }
}
