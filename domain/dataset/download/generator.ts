/** Who wrote a download. The number grows whenever the same rows would become other bytes. */
export const generator = 'strata-downloads/1'
