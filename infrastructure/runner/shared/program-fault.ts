/** An image whose program is missing or cannot be executed; engines put it in their runtime's words. */
export function isAboutTheProgram(message: string): boolean {
  return /exec format error|executable file not found|no command specified|exec: .*(no such file|permission denied|not found)/is.test(message)
}
