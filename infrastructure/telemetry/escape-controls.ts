/**
 * Makes characters visible that a terminal would act on, like `\u001b`: control characters (C0 and C1, so every ANSI escape), line
 * separators and direction marks. Names and messages come from untrusted callers.
 */
export function escapeControls(text: string): string {
  return text.replaceAll(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

const unsafe = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu
