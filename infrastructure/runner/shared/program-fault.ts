import { told, type ToldFailure } from './attempt-failed.ts'

/**
 * Explains why a created container could not start, when the image is at fault. Reads the words of the engine or its runtime from before the
 * program had a process. Never use it on text that the program printed.
 */
export function failureOfImagesStart(said: string): ToldFailure | undefined {
  if (isAboutTheProgram(said)) {
    return told(
      'CONFIG',
      'The image’s program could not be started: the image names none, does not have it, or has a file that is not a program.',
      said,
    )
  }
  if (isAboutTheDirectory(said)) {
    return told('CONFIG', 'The image’s WORKDIR could not be entered; build the image with another one, like /work.', said)
  }
  return undefined
}

function isAboutTheProgram(said: string): boolean {
  return /exec format error|executable file not found|no command specified|exec: .*(no such file|permission denied|not found)/is.test(said)
}

function isAboutTheDirectory(said: string): boolean {
  return /chdir to cwd|mkdir \/?(proc|sys|dev|osa)\b|cwd.*(not a directory|no such file|permission denied)|working directory.*(invalid|absolute|not)|is not a directory/is.test(
    said,
  )
}
