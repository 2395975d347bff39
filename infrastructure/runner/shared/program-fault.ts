import { told, type ToldFailure } from './attempt-failed.ts'

/**
 * Why a container that was made could not be started, when that is the image's fault: in the words of the engine or its
 * runtime, from before the hook had a process. Never use it on what a hook printed.
 */
export function failureOfImagesStart(said: string): ToldFailure | undefined {
  if (isAboutTheProgram(said)) {
    return told('CONFIG', 'The image’s program could not be started: the image names none, does not have it, or has a file that is no program.', said)
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
  return /chdir to cwd|mkdir \/?(proc|sys|dev|osa)\b|cwd.*(not a directory|no such file|permission denied)|working directory.*(invalid|absolute|not)|is not a directory/is.test(said)
}
