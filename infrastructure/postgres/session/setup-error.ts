/** The database cannot be brought up as it is. The message says what to do; its stack would tell nobody more. */
export class DatabaseSetupError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DatabaseSetupError'
  }
}
