import { BadUserInput } from '@strata/domain/shared'

const token = '[a-z0-9][a-z0-9!#$&^_.+-]{0,126}'
const mediaType = new RegExp(`^${token}/${token}$`)

/**
 * The media type of a Content-Type header, without its parameters except the charset of text. Undefined without a header, or
 * for the values that programs send by default, which do not describe the file.
 */
export function parseMediaType(header: string | undefined): string | undefined {
  const [type = '', ...parameters] = (header ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim())
  if (type === '' || saysNothing.has(type)) return undefined
  if (!mediaType.test(type)) throw new BadUserInput(`"${type.slice(0, 80)}" is not a media type like text/csv.`, 'content-type')
  const charset = parameters.map((parameter) => /^charset="?([a-z0-9._-]{1,40})"?$/.exec(parameter)?.[1]).find((name) => name !== undefined)
  return charset !== undefined && type.startsWith('text/') ? `${type}; charset=${charset}` : type
}

const saysNothing = new Set(['application/octet-stream', 'application/x-www-form-urlencoded'])
