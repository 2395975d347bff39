/** A file that a program wrote and that cannot be read as what it should be. Nothing of its attempt may be used. */
export class InvalidOutput extends Error {
  readonly file: string
  readonly line: number | undefined
  readonly reason: string

  constructor(file: string, line: number | undefined, reason: string) {
    super(line === undefined ? `${file}: ${reason}.` : `${file}, line ${line}: ${reason}.`)
    this.name = 'InvalidOutput'
    this.file = file
    this.line = line
    this.reason = reason
  }
}
