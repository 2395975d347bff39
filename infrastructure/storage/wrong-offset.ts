import { Conflict } from '@strata/domain/shared'

export function refuseOffset(at: number, is: number): void {
  if (at !== is) throw new Conflict(`This upload has ${is} bytes, not ${at}; continue from there.`, 'upload-offset')
}
