/** The number that a provision bears in print, out of its element id: «8.» of a point, «1)» of a sub-point. */
export function provisionNumber(eid: string): string | null {
  const last = eid.split('__').at(-1) ?? ''
  const match = /^(?<kind>para|subpara)_(?<number>[0-9]+(?:_[0-9]+)*)$/.exec(last)
  const number = match?.groups?.['number']?.replaceAll('_', '-')
  if (number === undefined) return null
  return match?.groups?.['kind'] === 'para' ? `${number}.` : `${number})`
}
