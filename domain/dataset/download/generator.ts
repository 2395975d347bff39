/** The program that writes downloads. Increase the number when the same rows would give other bytes. */
export const generator = 'strata-downloads/1'
